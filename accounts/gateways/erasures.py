"""The erasure list: whose accounts were closed, kept outside the database, so that a restored backup brings nobody back.

One line for each closed account, in a file that is only ever appended to: the instant, and SHA-256 over the resident's key. A key
has 74 random bits, so the list tells nobody who is on it, and whoever holds a backup can find the people to erase again.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

_PLACE = b"machi erasure\0"


def fingerprint(resident_id: UUID) -> str:
    """Return how the list names a resident."""
    return hashlib.sha256(_PLACE + resident_id.bytes).hexdigest()


def append(resident_id: UUID, *, at: datetime) -> int:
    """Write a line to the disk itself, and return how many lines there are now.

    A half line, which a power cut left, is cut away first: its closing was never committed.
    """
    with _open(LOCK_EX) as file:
        whole = file.read()
        end = whole.rfind(b"\n") + 1
        file.truncate(end)
        file.seek(end)
        file.write(f"{at.isoformat()} {fingerprint(resident_id)}\n".encode())
        file.flush()
        os.fsync(file.fileno())
        return whole.count(b"\n") + 1


def fingerprints() -> list[str]:
    """Return everybody on the list, oldest first."""
    with _open(LOCK_SH) as file:
        return [line.split()[1].decode() for line in file.read().splitlines(keepends=True) if line.endswith(b"\n")]


@contextmanager
def _open(lock: int) -> Iterator[BinaryIO]:
    path: Path = settings.MACHI_HOME / "erasures"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+b") as file:
        flock(file, lock)
        yield file
