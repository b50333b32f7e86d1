"""Street maps on disk: a folder of arrays a map, below ``MACHI_HOME/streets``, and a pointer to the one that is used.

A folder is written beside its place and renamed, and so is the pointer: each is there whole or not at all. Arrays are opened
copy-on-write, so that all processes share the pages and none can change them for another.
"""

import hashlib
import os
import secrets
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import structlog
from django.conf import settings

from mobility.engine.streets import Straight, StreetMap, Streets, Town
from mobility.engine.streets.arrays import Network, Unfit, network_of
from mobility.engine.streets.straight import FACTOR
from mobility.gateways.street_files import Area

FORMAT = 1
POINTER, ABOUT = "active", "about.json"
_log = structlog.get_logger(__name__)


class About(msgspec.Struct, frozen=True):
    """What is known of a map: the file that it was made of, whose it is, and how large it became."""

    format: int
    file: str
    attribution: str
    nodes: int
    edges: int
    kilometres: int


class MapMissing(Exception):
    """There is no such map, or it was written in another format, or it is damaged."""


def folder() -> Path:
    """Return where the maps of this city lie."""
    return Path(settings.MACHI_HOME) / "streets"


def digest_of(path: Path, area: Area) -> str:
    """Return the name under which the map made of a file and an area is kept."""
    sha = hashlib.sha256(f"{FORMAT} {tuple(area)}\n".encode())
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            sha.update(piece)
    return sha.hexdigest()


def write_map(digest: str, network: Network, *, file: str, attribution: str) -> About:
    """Write a map. This function will replace one of that name that cannot be opened, and leave one that can."""
    about = About(
        FORMAT, file, attribution, network.nodes, network.edges, round(int(network.edge_cm.sum(dtype=np.int64)) / 100_000)
    )  # fmt: skip
    place = folder() / digest
    half = folder() / f"{digest}.{secrets.token_hex(8)}.half"
    half.mkdir(mode=0o700, parents=True)
    try:
        for name, array in network._asdict().items():
            with (half / f"{name}.npy").open("wb") as out:
                np.save(out, np.ascontiguousarray(array), allow_pickle=False)
                os.fsync(out.fileno())
        _write(half / ABOUT, msgspec.json.encode(about))
        try:
            open_map(digest)
        except MapMissing:
            shutil.rmtree(place, ignore_errors=True)
            half.rename(place)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return about


def open_map(digest: str) -> StreetMap:
    """Open a map; :raises MapMissing: where it is not, not in the format of today, or not whole."""
    place = folder() / digest
    try:
        about = about_map(digest)
        return StreetMap(network_of(_Mapped(place)), attribution=about.attribution)
    except (OSError, ValueError, EOFError, Unfit) as fault:
        raise MapMissing(f"{digest}: {fault}") from None


def about_map(digest: str) -> About:
    """Return what is known of a map; :raises MapMissing: where there is none."""
    try:
        about = msgspec.json.decode((folder() / digest / ABOUT).read_bytes(), type=About)
    except (OSError, msgspec.DecodeError) as fault:
        raise MapMissing(f"{digest}: {fault}") from None
    if about.format != FORMAT:
        raise MapMissing(f"{digest}: format {about.format}")
    return about


def kept_maps() -> list[str]:
    """Return the names of all maps that are kept, the newest first."""
    found = [path.parent for path in folder().glob(f"*/{ABOUT}") if not path.parent.name.endswith(".half")]
    return [path.name for path in sorted(found, key=lambda each: -each.stat().st_mtime)]


def active() -> str | None:
    """Return the name of the map that is used."""
    try:
        return (folder() / POINTER).read_text("ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def activate(digest: str | None) -> None:
    """Use a map from now on, or none; every process sees it at its next question. :raises MapMissing: where it cannot be opened."""
    if digest is not None:
        open_map(digest)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    half = folder() / f"{POINTER}.{secrets.token_hex(8)}.half"
    _write(half, (digest or "").encode())
    half.rename(folder() / POINTER)


def streets_in_use(factor: float = FACTOR) -> Streets:
    """Return the city's streets: its map, with estimates by ``factor`` where the map ends, or estimates alone.

    A map that cannot be opened is as none, and said in the log once a process.
    """
    digest = active()
    return Straight(factor) if digest is None else _opened(str(folder()), digest, factor)


@lru_cache(maxsize=2)
def _opened(where: str, digest: str, factor: float) -> Streets:
    try:
        return Town(open_map(digest), Straight(factor))
    except MapMissing as missing:
        _log.warning("streets_not_opened", folder=where, fault=str(missing))
        return Straight(factor)


class _Mapped(dict[str, Any]):
    """The arrays of a folder, by name, mapped into memory."""

    def __init__(self, place: Path) -> None:
        super().__init__((path.stem, _array(path)) for path in place.glob("*.npy"))


def _array(path: Path) -> Any:
    try:
        return np.asarray(np.load(path, mmap_mode="c", allow_pickle=False))
    except ValueError:  # an empty array has nothing to map
        return np.load(path, allow_pickle=False)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        os.fsync(out.fileno())
