"""A key per person, wrapped by the city's master key, which is kept outside the database; to destroy it shreds the person's data.

Everything is AES-256-GCM with a random nonce. The associated data ties a wrapped key to its subject, a sealed value to subject and
place, so that a row copied to another person or column does not open.
"""

import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FORMAT = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class Shredded(Exception):
    """The person's key was destroyed when the account was closed; what was sealed with it is gone."""


class SealBroken(Exception):
    """The bytes were not sealed for this person and place, or were changed since."""


@lru_cache(maxsize=4)
def _read_masters(text: str) -> dict[int, bytes]:
    try:
        pairs = (part.strip().split(":") for part in text.split(","))
        masters = {int(version): bytes.fromhex(key) for version, key in pairs}
    except ValueError:
        masters = {}
    if not masters or any(len(key) != KEY_BYTES or not 1 <= version <= 32767 for version, key in masters.items()):
        raise ImproperlyConfigured("MACHI_MASTER_KEY must read version:64 hexadecimal signs, several parted by commas.")
    return masters


def masters() -> dict[int, bytes]:
    """Return the master keys by version; the highest wraps new keys, the others still open old ones.

    :raises ImproperlyConfigured: where MACHI_MASTER_KEY is missing or of another shape.
    """
    return _read_masters(settings.MASTER_KEY)


def new_key() -> bytes:
    """Make a subject's key."""
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, subject: UUID) -> tuple[int, bytes]:
    """Return the newest master key's version and the subject's key wrapped by it."""
    version = max(masters())
    return version, _close(masters()[version], key, _for_key(subject, version))


def unwrap(version: int, wrapped: bytes, subject: UUID) -> bytes:
    """Return a subject's key; :raises SealBroken: where it is another's; :raises ImproperlyConfigured: without that master key."""
    master = masters().get(version)
    if master is None:
        raise ImproperlyConfigured(f"MACHI_MASTER_KEY has no version {version}, which wraps keys in this database.")
    return _open(master, wrapped, _for_key(subject, version))


def seal(key: bytes, subject: UUID, plain: bytes, context: str) -> bytes:
    """Seal ``plain`` for one subject and one place (``accounts.profile.name``)."""
    return _close(key, plain, _for_value(subject, context))


def unseal(key: bytes, subject: UUID, sealed: bytes, context: str) -> bytes:
    """Open what :func:`seal` sealed; :raises SealBroken: for another subject or place, or changed bytes."""
    return _open(key, sealed, _for_value(subject, context))


def _close(key: bytes, plain: bytes, associated: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, associated)


def _open(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    if sealed[:1] != FORMAT:
        raise SealBroken
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], associated)
    except (InvalidTag, ValueError):
        raise SealBroken from None


def _for_key(subject: UUID, version: int) -> bytes:
    return b"machi subject key\0" + subject.bytes + version.to_bytes(2, "big")


def _for_value(subject: UUID, context: str) -> bytes:
    return b"machi value\0" + subject.bytes + context.encode()
