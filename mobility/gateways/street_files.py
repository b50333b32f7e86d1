"""A town's map from an ``.osm.pbf``, by osmium, with limits: what is larger than a region's map is not read."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import osmium

from mobility.engine.streets.records import (
    NODE_KEYS,
    WAY_KEYS,
    MapRecords,
    MapWay,
    Tags,
    is_street,
    is_told,
    used_nodes,
)

MOST_BYTES, MOST_WAYS, MOST_NODES = 1_000_000_000, 5_000_000, 40_000_000
MOST_TAG, STEP = 255, 20_000
Progress = Callable[[str, int], None]
_CODE = re.compile(r"[^ -~]")


class MapRefused(Exception):
    """The file cannot be read as a map; ``code`` is why, ``about`` what it concerns."""

    def __init__(self, code: str, about: str = "") -> None:
        """Keep both."""
        super().__init__(f"{code}: {about}" if about else code)
        self.code, self.about = code, about


class Area(NamedTuple):
    """A box in degrees; what lies outside of it is left aside."""

    south: float
    west: float
    north: float
    east: float


WORLD = Area(-90, -180, 90, 180)


def read_map(path: Path, *, area: Area = WORLD, progress: Progress = lambda _what, _count: None) -> MapRecords:
    """Return the streets of an area in a file; ``progress`` hears what was read and how much of it so far.

    :raises MapRefused: ``not_found``, ``not_pbf``, ``too_large``, ``broken``, ``no_streets``.
    """
    if not path.is_file():
        raise MapRefused("not_found", str(path))
    if path.stat().st_size > MOST_BYTES:
        raise MapRefused("too_large", str(path.stat().st_size))
    with path.open("rb") as file:
        if b"OSMHeader" not in file.read(64):
            raise MapRefused("not_pbf", path.name)
    try:
        return _records(osmium.io.File(str(path), "pbf"), area, progress)
    except (RuntimeError, ValueError, IndexError, OverflowError, MemoryError) as error:
        raise MapRefused("broken", _CODE.sub("?", str(error))[:200]) from None


def _records(file: Any, area: Area, progress: Progress) -> MapRecords:
    ways = list(_counted(_ways(file), MOST_WAYS, "ways", progress))
    if not ways:
        raise MapRefused("no_streets")
    used = used_nodes(ways)
    if len(used) > MOST_NODES:
        raise MapRefused("too_large", f"{len(used)} nodes")
    rows, told = [], {}
    for node, tags in _counted(_nodes(file, used, area), MOST_NODES, "nodes", progress):
        rows.append(node)
        if tags:
            told[node[0]] = tags
    if not rows:
        raise MapRefused("no_streets")
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
    node_id, first = np.unique(table[:, 0], return_index=True)
    lat, lon = (table[first, column].astype(np.int32) for column in (1, 2))
    return MapRecords(node_id, lat, lon, told, ways)


def _ways(file: Any) -> Iterator[MapWay]:
    """Yield what may be a street, with short tags alone."""
    found: Any = osmium.FileProcessor(file, osmium.osm.WAY).with_filter(osmium.filter.KeyFilter(*WAY_KEYS))
    for way in found:
        tags = _tags(way)
        if is_street(tags):
            yield MapWay(way.id, tuple(node.ref for node in way.nodes), tags)


def _nodes(file: Any, used: set[int], area: Area) -> Iterator[tuple[tuple[int, int, int], Tags]]:
    """Yield the places of the nodes that are used, and the tags of those that say something."""
    found: Any = osmium.FileProcessor(file, osmium.osm.NODE).with_filter(osmium.filter.IdFilter(used))
    for node in found:
        if node.location.valid() and _is_within(node.location, area):
            tags = _tags(node) if any(key in node.tags for key in NODE_KEYS) else {}
            yield (node.id, node.location.y, node.location.x), tags if is_told(tags) else {}


def _is_within(location: Any, area: Area) -> bool:
    return bool(area.south <= location.lat <= area.north and area.west <= location.lon <= area.east)


def _tags(thing: Any) -> Tags:
    return {tag.k: tag.v for tag in thing.tags if len(tag.k) <= MOST_TAG and len(tag.v) <= MOST_TAG}


def _counted(things: Iterator[Any], most: int, what: str, progress: Progress) -> Iterator[Any]:
    """Let through no more than a map may have, and tell how many went by."""
    count = 0
    for count, thing in enumerate(things, start=1):
        if count > most:
            raise MapRefused("too_large", f"more than {most} {what}")
        if count % STEP == 0:
            progress(what, count)
        yield thing
    progress(what, count)


__all__ = ["WORLD", "Area", "MapRefused", "Progress", "read_map"]
