"""A person's copy: its files, and the index that names them with their hashes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

SCHEMA = "machi.export.v1"
INDEX, README = "index.json", "README.html"


class Entry(msgspec.Struct, frozen=True):
    """One file as the index names it."""

    path: str
    title: str
    bytes: int
    sha256: str


class Index(msgspec.Struct, frozen=True):
    """What a program reads first."""

    schema: str
    made_at: datetime
    files: list[Entry]


class File(NamedTuple):
    """One file of the ZIP, its title in the person's language; what is large comes in pieces."""

    path: str
    title: str
    content: bytes | Iterable[bytes]


def json_of(value: object) -> bytes:
    """Return JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


def json_pieces(pages: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield one JSON array from pages of records, a page a piece."""
    opening = b"[\n"
    for page in pages:
        if page:
            yield opening + b",\n".join(map(msgspec.json.encode, page))
            opening = b",\n"
    yield b"\n]\n" if opening == b",\n" else b"[]\n"


def leads_out(path: str) -> bool:
    """Tell whether a path leads out of the folder in which the ZIP is opened."""
    return path.startswith("/") or ".." in path.split("/")
