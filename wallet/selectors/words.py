"""What people write beside coins, sealed by the city's key; and the mask by which one knows the other again."""

from uuid import UUID

import msgspec
from django.utils.crypto import salted_hmac

from kernel.keys import SealBroken, seal_message, unseal_message
from wallet.engine.sent import Words

WORDS = "wallet.transfer.words"


def sealed_words(words: Words) -> bytes:
    """Return the words sealed by the city's key; nothing where nothing was written."""
    return seal_message(msgspec.json.encode(words), WORDS) if words != Words() else b""


def read_words(sealed: bytes | memoryview | None) -> Words:
    """Open sealed words; what was forgotten is empty."""
    if not sealed:
        return Words()
    try:
        return msgspec.json.decode(unseal_message(bytes(sealed), WORDS), type=Words)
    except SealBroken:
        return Words()


def mask_of(account_id: UUID) -> str:
    """Return four signs by which the same person is known again, and from which nobody finds the account."""
    return salted_hmac("wallet.mask", str(account_id), algorithm="sha256").hexdigest()[:4].upper()
