"""A map as it comes: nodes and ways with their tags, and nothing made of them yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mobility.engine.timetable.arrays import Array

Tags = Mapping[str, str]
UNITS_A_DEGREE = 10_000_000
"""Coordinates are whole numbers of so many parts of a degree, as in OpenStreetMap itself."""


class MapWay(NamedTuple):
    """A way of the map: its number, its nodes in drawing order, its tags."""

    id: int
    nodes: Sequence[int]
    tags: Tags


@dataclass(frozen=True)
class MapRecords:
    """All that a street map is made of: ``node_id`` rises, ``lat`` and ``lon`` are whole numbers, one a node.

    ``node_tags`` holds the nodes that say something about passing them.
    """

    node_id: Array
    lat: Array
    lon: Array
    node_tags: Mapping[int, Tags]
    ways: Sequence[MapWay]


WAY_KEYS = ("highway", "railway", "public_transport")
NODE_KEYS = ("barrier", "kerb", "highway")
NODE_HIGHWAYS = ("traffic_signals", "elevator")
PLATFORM = "platform"


def is_street(tags: Tags) -> bool:
    """Tell whether a way may be part of the streets at all."""
    return "highway" in tags or PLATFORM in (tags.get("railway"), tags.get("public_transport"))


def is_told(tags: Tags) -> bool:
    """Tell whether a node says something about passing it."""
    return "barrier" in tags or "kerb" in tags or tags.get("highway") in NODE_HIGHWAYS


def used_nodes(ways: Iterable[MapWay]) -> set[int]:
    """Return the nodes that ways are made of."""
    return {node for way in ways for node in way.nodes}
