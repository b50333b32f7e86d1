"""Private files: sealed at rest under ``MACHI_HOME/files``, read by whoever has the key, given out at addresses of one use.

:func:`keep` returns the file's name and a key of its own; the caller seals the key with the person's (``opened.seal``), so that the
file is gone with the person's key, in every backup too. The file itself is a row of AES-256-GCM chunks: prefix, number and a mark
of the last one make the nonce, so that no chunk can be left out, moved or cut off (STREAM: Hoang et al., 2015).
"""

import hmac
import math
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol
from uuid import UUID

import msgspec
import redis
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kernel import keys
from kernel.contributions import NamedFiles
from kernel.ids import new_id, secret_token
from kernel.problems import DomainError, _

PREFIX_BYTES = 7
TAG_BYTES = 16
CHUNK_BYTES = 256 * 1024
ADDRESS_LIVES = timedelta(minutes=2)
GIVEN_TIME = timedelta(days=1)  # from a file to the row that names it: far longer than any transaction lives
ASKED_AT_ONCE = 500
MOST_UNNAMED = 100  # what processes that die may leave in a night; more is another database, or half a restored one


class DownloadSpent(DomainError):
    """The address was used already, is too old, or was never given to this person."""

    code = "download_spent"
    status = 410
    is_kept = False
    title = _("このダウンロードの有効期限が切れました。もう一度お試しください。")


class DownloadsAway(DomainError):
    """Redis, which knows the addresses that were used, does not answer."""

    code = "downloads_away"
    status = 503
    is_kept = False
    title = _("ただいまダウンロードできません。しばらくしてからもう一度お試しください。")


class ManyUnnamed(Exception):
    """No row names more files than processes that die can leave; the message says how many. Nothing was deleted."""


class Kept(NamedTuple):
    """A file that was kept: its name, its key, and how many bytes it holds."""

    name: str
    key: bytes
    size: int


class Storage(Protocol):
    """Where sealed files lie: a folder, or an object store of the city."""

    def write(self, name: str, parts: Iterable[bytes]) -> None:
        """Write a whole file, or none."""
        ...

    def open(self, name: str) -> BinaryIO:
        """Open a file; :raises FileNotFoundError: where there is none."""
        ...

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is fine."""
        ...

    def older(self, area: str, *, than: datetime) -> Iterator[str]:
        """Yield the names of an area's files, half written ones among them, that nobody has written to since."""
        ...


class Folder:
    """Files below ``MACHI_HOME/files``, readable by the city's own user alone."""

    def __init__(self, root: Path) -> None:
        """Keep the place."""
        self.root = root

    def write(self, name: str, parts: Iterable[bytes]) -> None:
        """Write beside and rename: whoever dies in the middle leaves no half file."""
        path = self.root / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.half")
        try:
            with os.fdopen(os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            half.rename(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise

    def open(self, name: str) -> BinaryIO:
        """Open a file."""
        return (self.root / name).open("rb")

    def delete(self, name: str) -> None:
        """Delete a file."""
        with suppress(FileNotFoundError):
            (self.root / name).unlink()

    def older(self, area: str, *, than: datetime) -> Iterator[str]:
        """Yield the names of an area's old files."""
        with suppress(FileNotFoundError), os.scandir(self.root / area) as entries:
            for entry in entries:
                if _written_at(entry) < than.timestamp():
                    yield f"{area}/{entry.name}"


def _written_at(entry: os.DirEntry[str]) -> float:
    """Return when a file was last written to; the end of time where it is gone meanwhile."""
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def storage() -> Storage:
    """Return where this city's files lie."""
    return Folder(settings.MACHI_HOME / "files")


def keep(area: str, content: bytes | Iterable[bytes]) -> Kept:
    """Seal and keep a file; ``area`` (``accounts.exports``) names whose files they are. What is large comes in pieces."""
    name, key, size = f"{area}/{new_id().hex}", keys.new_key(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in [content] if isinstance(content, bytes) else content:
            size += len(piece)
            yield piece

    storage().write(name, _sealed(counted(), key, name))
    return Kept(name, key, size)


def read(name: str, key: bytes) -> Iterator[bytes]:
    """Yield what a file holds, piece by piece.

    :raises FileNotFoundError: where it is gone; :raises SealBroken: for another key, or a file that was changed or cut off.
    """
    with storage().open(name) as file:
        prefix, number = file.read(PREFIX_BYTES), 0
        piece = file.read(CHUNK_BYTES + TAG_BYTES)
        while True:
            following = file.read(CHUNK_BYTES + TAG_BYTES)
            nonce = _nonce(prefix, number, is_last=not following)
            try:
                yield AESGCM(key).decrypt(nonce, piece, name.encode())
            except (InvalidTag, ValueError):
                raise keys.SealBroken from None
            if not following:
                return
            piece, number = following, number + 1


def forget(name: str) -> None:
    """Delete a file."""
    storage().delete(name)


def forget_unnamed(area: str, named: NamedFiles, *, at: datetime, however_many: bool = False) -> int:
    """Delete an area's files that are a day old and that no row names; return how many.

    A file is older than the row that names it, by seconds, and gets no second row: one of a day without a row will never have one,
    whoever keeps files meanwhile. :raises ManyUnnamed: where there are more than a hundred and nobody said ``however_many``.
    """
    old, unnamed = storage().older(area, than=at - GIVEN_TIME), []
    while batch := list(islice(old, ASKED_AT_ONCE)):
        held = set(named(batch))
        unnamed += [name for name in batch if name not in held]
    if len(unnamed) > MOST_UNNAMED and not however_many:
        raise ManyUnnamed(f"{area}: {len(unnamed)}")
    for name in unnamed:
        forget(name)
    return len(unnamed)


def sign(subject: str, actor: UUID, *, at: datetime) -> str:
    """Return what makes the address of ``subject`` (``accounts.export/<id>``) good for one person, once, for two minutes."""
    payload = msgspec.json.encode([subject, str(actor), int((at + ADDRESS_LIVES).timestamp()), secret_token()])
    return f"{keys.base64url(payload)}.{keys.base64url(_signature(payload))}"


def redeem(token: str, actor: UUID, *, at: datetime) -> str:
    """Return the subject of an address, and make it worthless.

    :raises DownloadSpent: for one that was used, is too old or another person's; :raises DownloadsAway: where Redis is silent.
    """
    coded, _dot, signature = token.partition(".")
    try:
        payload, given = keys.from_base64url(coded), keys.from_base64url(signature)
        subject, whose, until, _salt = msgspec.json.decode(payload, type=tuple[str, str, int, str])
    except (ValueError, msgspec.MsgspecError):
        raise DownloadSpent from None
    if not hmac.compare_digest(_signature(payload), given) or whose != str(actor) or at.timestamp() > until:
        raise DownloadSpent
    try:
        first = _client(settings.REDIS_URL).set(
            f"machi:download:{sha256(payload).hexdigest()}", b"", nx=True, px=2 * ADDRESS_LIVES
        )
    except (redis.RedisError, OSError):
        raise DownloadsAway(retry_after=5) from None
    if not first:
        raise DownloadSpent
    return subject


def _sealed(pieces: Iterable[bytes], key: bytes, name: str) -> Iterator[bytes]:
    prefix, number, waiting = os.urandom(PREFIX_BYTES), 0, bytearray()
    yield prefix
    for piece in pieces:
        waiting += piece
        while len(waiting) > CHUNK_BYTES:  # one chunk is always held back, for the last bears a mark
            nonce = _nonce(prefix, number, is_last=False)
            yield AESGCM(key).encrypt(nonce, bytes(waiting[:CHUNK_BYTES]), name.encode())
            del waiting[:CHUNK_BYTES]
            number += 1
    yield AESGCM(key).encrypt(_nonce(prefix, number, is_last=True), bytes(waiting), name.encode())


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _signature(payload: bytes) -> bytes:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"machi.kernel.files.v1", sha256)
    return hmac.digest(key, payload, sha256)


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
