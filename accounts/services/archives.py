"""A person's copy as one ZIP: the files, an index, and a page to read first; made piece by piece, never whole in memory."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime

from accounts.engine.archive import INDEX, README, SCHEMA, Entry, File, Index, json_of, leads_out

Stamp = tuple[int, int, int, int, int, int]


def zipped(
    files: Iterable[File], *, made_at: datetime, stamp: Stamp, readme: Callable[[Index], str]
) -> Iterator[bytes]:
    """Yield the ZIP piece by piece; ``stamp`` is the local time that its files bear. Index and page come last, for they name all.

    :raises ValueError: for two files of one path, or a path that leads out of the folder.
    """
    out, entries, paths = _Out(), list[Entry](), {INDEX, README}
    with zipfile.ZipFile(out, "w") as archive:
        for file in files:
            if file.path in paths or leads_out(file.path):
                raise ValueError(f"this path cannot stand in the ZIP: {file.path}")
            paths.add(file.path)
            entries.append((yield from _added(archive, file, stamp, out)))
        index = Index(SCHEMA, made_at, entries)
        archive.writestr(_member(INDEX, stamp), json_of(index))
        archive.writestr(_member(README, stamp), readme(index))
    yield out.taken()


def _added(archive: zipfile.ZipFile, file: File, stamp: Stamp, out: "_Out") -> Generator[bytes, None, Entry]:
    """Add a file, yield what the ZIP has become longer by, and return how the index names the file."""
    size, digest = 0, hashlib.sha256()
    with archive.open(_member(file.path, stamp), "w") as member:
        for piece in [file.content] if isinstance(file.content, bytes) else file.content:
            member.write(piece)
            size += len(piece)
            digest.update(piece)
            yield out.taken()
    return Entry(file.path, file.title, size, digest.hexdigest())


class _Out(io.RawIOBase):
    """Where the ZIP is written: it keeps what nobody has taken yet."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._kept += piece
        return len(piece)

    def taken(self) -> bytes:
        piece = bytes(self._kept)
        self._kept.clear()
        return piece


def _member(path: str, stamp: Stamp) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(path, stamp)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
