"""Signed heads as files outside the database: whoever can rewrite every table still cannot rewrite what stands here.

One file a day under ``MACHI_HOME/heads``, one JWS a line, only ever added to: the day's own head, and those signed on demand.
"""

import os
from datetime import date
from pathlib import Path

from django.conf import settings

TAIL_BYTES = 64 * 1024


def folder() -> Path:
    """Return where the files are."""
    return Path(settings.MACHI_HOME) / "heads"


def append(day: date, jws: str) -> None:
    """Add a line to the day's file; it is on the disk when this returns."""
    folder().mkdir(parents=True, exist_ok=True)
    descriptor = os.open(_path(day), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, f"{jws}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines(day: date) -> list[str]:
    """Return the day's lines, the oldest first."""
    try:
        return _path(day).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return []


def days() -> list[date]:
    """Return the days that have a file, the oldest first."""
    return sorted(_day(path) for path in folder().glob("????-??-??.jws"))


def newest_lines() -> list[str]:
    """Return the last lines of the newest file, the newest first."""
    found = days()
    if not found:
        return []
    with _path(found[-1]).open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
        cut = file.tell() > 0
        kept = file.read().decode("ascii", errors="replace").splitlines()
    return kept[:0:-1] if cut else kept[::-1]


def _path(day: date) -> Path:
    return folder() / f"{day.isoformat()}.jws"


def _day(path: Path) -> date:
    return date.fromisoformat(path.stem)
