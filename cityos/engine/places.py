"""The box around a GeoJSON geometry (RFC 7946), in whole microdegrees (0.1 m)."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class Box(msgspec.Struct, frozen=True):
    """West, south, east and north edge in microdegrees (WGS 84); west <= east, as no town lies on the 180th meridian."""

    west: int
    south: int
    east: int
    north: int


def box_around(geometry: Any) -> Box:
    """Return the smallest box that holds the geometry.

    :raises ValueError: where it is no geometry of RFC 7946, 3.1.2 to 3.1.7, or a position lies outside the globe.
    """
    if not isinstance(geometry, Mapping) or geometry.get("type") not in _DEPTH:
        raise ValueError("no GeoJSON geometry")
    positions = list(_positions(geometry.get("coordinates"), _DEPTH[geometry["type"]]))
    if not positions:
        raise ValueError("a geometry without positions")
    longitudes, latitudes = zip(*positions, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _positions(coordinates: Any, depth: int) -> Iterator[tuple[int, int]]:
    if not isinstance(coordinates, list | tuple):
        raise ValueError("coordinates must be a list")  # noqa: TRY004 - one kind of fault for whatever is wrong in the data
    if depth:
        for part in coordinates:
            yield from _positions(part, depth - 1)
        return
    if len(coordinates) not in (2, 3) or not all(type(number) in (int, float) for number in coordinates):
        raise ValueError("a position is longitude, latitude and perhaps height")
    longitude, latitude = coordinates[:2]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError("a position outside the globe")
    yield round(longitude * 1_000_000), round(latitude * 1_000_000)
