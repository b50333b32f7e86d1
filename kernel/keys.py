"""A key per person, wrapped by the city's master key, which is kept outside the database; to destroy it shreds the person's data.

Everything is AES-256-GCM with a random nonce. The associated data ties a wrapped key to its subject, a sealed value to subject and
place, so that a row copied to another person or column does not open.
"""

import base64
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
VERSION_BYTES = 2


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
    return _open(_master(version), wrapped, _for_key(subject, version))


def seal(key: bytes, subject: UUID, plain: bytes, context: str) -> bytes:
    """Seal ``plain`` for one subject and one place (``accounts.profile.name``)."""
    return _close(key, plain, _for_value(subject, context))


def unseal(key: bytes, subject: UUID, sealed: bytes, context: str) -> bytes:
    """Open what :func:`seal` sealed; :raises SealBroken: for another subject or place, or changed bytes."""
    return _open(key, sealed, _for_value(subject, context))


def seal_for_city(plain: bytes, context: str) -> tuple[int, bytes]:
    """Seal what is the city's own secret by the newest master key, for one place; return the key's version and the sealed bytes."""
    version = max(masters())
    return version, _close(masters()[version], plain, b"machi city\0" + context.encode())


def unseal_for_city(version: int, sealed: bytes, context: str) -> bytes:
    """Open what :func:`seal_for_city` sealed; :raises SealBroken: elsewhere; :raises ImproperlyConfigured: without that key."""
    return _open(_master(version), sealed, b"machi city\0" + context.encode())


def seal_message(plain: bytes, context: str) -> bytes:
    """Seal what passes through a queue, a cache or a column of another's making; the key's version goes in front."""
    version, sealed = seal_for_city(plain, context)
    return version.to_bytes(VERSION_BYTES, "big") + sealed


def unseal_message(message: bytes, context: str) -> bytes:
    """Open what :func:`seal_message` sealed; :raises SealBroken: for anything else."""
    return unseal_for_city(int.from_bytes(message[:VERSION_BYTES], "big"), message[VERSION_BYTES:], context)


def base64url(plain: bytes) -> str:
    """Return base64url without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Return what :func:`base64url` wrote; :raises ValueError: for anything else."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _master(version: int) -> bytes:
    master = masters().get(version)
    if master is None:
        raise ImproperlyConfigured(f"MACHI_MASTER_KEY has no version {version}, which wraps keys in this database.")
    return master


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
