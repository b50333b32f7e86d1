"""A person's copy as one ZIP: the files, an index with their hashes, and a page to read first."""

import hashlib
from collections.abc import Sequence
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
    """One file of the ZIP, its title in the person's language."""

    path: str
    title: str
    content: bytes


def index_of(files: Sequence[File], *, made_at: datetime) -> Index:
    """Return the index; :raises ValueError: for two files of one path, or a path that leads out of the folder."""
    paths = [file.path for file in files]
    if len(set(paths)) != len(paths) or any(path.startswith("/") or ".." in path.split("/") for path in paths):
        raise ValueError(f"these paths cannot stand in one ZIP: {paths}")
    entries = [
        Entry(file.path, file.title, len(file.content), hashlib.sha256(file.content).hexdigest()) for file in files
    ]
    return Index(SCHEMA, made_at, entries)
