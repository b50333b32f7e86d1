"""Networks on disk: a folder of arrays a release, below ``MACHI_HOME/networks``, mapped into memory by every worker.

A folder is written beside its place, brought to the disk and renamed: it is there whole or not at all. Its arrays are opened
copy-on-write, so that all processes share the pages and none can change them for another.
"""

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
import numpy as np
from django.conf import settings

from mobility.engine.gtfs.storing import FORMAT, Stored
from mobility.engine.timetable.arrays import Array

TEXTS, BESIDE = "texts.msgpack", "beside"


class ReleaseMissing(Exception):
    """There is no such folder, or it was written in another format."""


def folder() -> Path:
    """Return where the networks of this city lie."""
    home: Path = settings.MACHI_HOME
    return home / "networks"


def write_release(release: UUID, given: Stored) -> Path:
    """Write a release. This function will leave one that stands there already as it is."""
    place = folder() / release.hex
    if place.exists():
        return place
    with _beside(place) as half:
        for name, array in given.arrays.items():
            with (half / f"{name}.npy").open("wb") as file:
                np.save(file, np.ascontiguousarray(array), allow_pickle=False)
                _sync(file.fileno())
        with (half / TEXTS).open("wb") as file:
            file.write(msgspec.msgpack.encode({"format": FORMAT, "texts": given.texts}))
            _sync(file.fileno())
    return place


def open_release(release: UUID) -> Stored:
    """Open a release; :raises ReleaseMissing: where it is not, or not in the format of today."""
    place = folder() / release.hex
    try:
        told = msgspec.msgpack.decode((place / TEXTS).read_bytes(), strict=False)
        if told["format"] != FORMAT:
            raise ReleaseMissing(f"format {told['format']}")
        return Stored({path.stem: _mapped(path) for path in sorted(place.glob("*.npy"))}, told["texts"])
    except (OSError, ValueError, KeyError, TypeError, msgspec.DecodeError) as fault:
        raise ReleaseMissing(str(fault)) from None


def write_beside(release: UUID, name: str, rows: Array) -> None:
    """Keep with a release what was reckoned from it and from something else that ``name`` names; it goes when the release does."""
    place = folder() / release.hex / BESIDE
    half = place / f"{name}.{secrets.token_hex(8)}.half"
    place.mkdir(mode=0o700, exist_ok=True)
    try:
        with half.open("wb") as file:
            np.save(file, np.ascontiguousarray(rows), allow_pickle=False)
            _sync(file.fileno())
        half.rename(place / f"{name}.npy")
    finally:
        half.unlink(missing_ok=True)


def open_beside(release: UUID, name: str) -> Array | None:
    """Return what was kept with a release; None where it is not, or not whole."""
    try:
        return _mapped(folder() / release.hex / BESIDE / f"{name}.npy")
    except (OSError, ValueError, EOFError):
        return None


def forget_release(release: UUID) -> None:
    """Delete a release's folder; processes that have it open keep what they have."""
    shutil.rmtree(folder() / release.hex, ignore_errors=True)


def forget_old(kept: Collection[UUID], *, before: datetime) -> int:
    """Delete every folder that was written before and is not among those, half written ones too; return how many."""
    names, count = {release.hex for release in kept}, 0
    for place in sorted(folder().iterdir()) if folder().is_dir() else []:
        if place.name not in names and place.stat().st_mtime < before.timestamp():
            shutil.rmtree(place, ignore_errors=True)
            count += 1
    return count


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """Give a folder to write to, and rename it when all is written; where another process was faster, its folder stands."""
    half = place.with_name(f"{place.name}.{secrets.token_hex(8)}.half")
    half.mkdir(mode=0o700, parents=True)
    try:
        yield half
        _sync_folder(half)
        try:
            half.rename(place)
        except OSError:
            if not place.is_dir():
                raise
        _sync_folder(place.parent)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _mapped(path: Path) -> Array:
    try:
        return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))
    except ValueError:  # nothing to map in an empty array
        empty = np.load(path, allow_pickle=False)
        if empty.size:
            raise
        return np.asarray(empty)


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        _sync(handle)
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    os.fsync(handle)
