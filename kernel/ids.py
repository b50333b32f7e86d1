"""Keys for rows, numbers for people, secrets for codes."""

import hashlib
import os
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kernel import clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, none that is misread or misheard; 31 is prime
_RECEIPT_DIGITS = 9
_RECEIPTS = len(_RECEIPT_ALPHABET) ** _RECEIPT_DIGITS


def new_id(at: datetime | None = None) -> UUID:
    """Make a UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = ((at or clock.now()) - _EPOCH) // _MILLISECOND
    random = int.from_bytes(os.urandom(10), "big")
    high, low = random >> 62 & 0xFFF, random & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def receipt_number() -> str:
    """Make a number that a person can read aloud: nine signs and a check sign, ``XXXXX-XXXXX``.

    31^9 numbers; the column's unique constraint has the last word.
    """
    number, signs = secrets.randbelow(_RECEIPTS), ""
    for _ in range(_RECEIPT_DIGITS):
        number, sign = divmod(number, len(_RECEIPT_ALPHABET))
        signs += _RECEIPT_ALPHABET[sign]
    whole = signs + _check_sign(signs)
    return f"{whole[:5]}-{whole[5:]}"


def is_receipt_number(text: str) -> bool:
    """Tell whether ``text`` is well formed and its check sign fits.

    The weights 2…10 modulo the prime 31 catch every single wrong sign and every swap of two neighbours.
    """
    signs = text.replace("-", "").upper()
    if len(signs) != _RECEIPT_DIGITS + 1 or any(sign not in _RECEIPT_ALPHABET for sign in signs):
        return False
    return _check_sign(signs[:-1]) == signs[-1]


def secret_token(bits: int = 160) -> str:
    """Make an unguessable URL-safe token; keep only its :func:`token_hash`."""
    return secrets.token_urlsafe(bits // 8)


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: SHA-256, enough for values of 128 random bits and more."""
    return hashlib.sha256(token.encode()).digest()


def _check_sign(signs: str) -> str:
    total = sum(weight * _RECEIPT_ALPHABET.index(sign) for weight, sign in enumerate(signs, start=2))
    return _RECEIPT_ALPHABET[-total % len(_RECEIPT_ALPHABET)]
