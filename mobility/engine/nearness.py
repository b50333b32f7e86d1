"""How near lines come to shapes of GeoJSON (longitude first), over distances of a town."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.words import Point
from mobility.engine.timetable.arrays import Array

SAMPLE_M, AT_ONCE = 5.0, 512
AREAS = {"Polygon", "MultiPolygon"}


def metres_to(line: Sequence[Point], geometry: Mapping[str, Any], most_m: float) -> float:
    """Return how near a line of latitudes and longitudes comes to a shape, 0 where it enters an area; more than ``most_m`` is far.

    What is far is ``inf``: boxes tell it, and nothing is measured.
    """
    rings = list(_rows(geometry))
    corner = np.concatenate(rings).mean(axis=0)
    squeeze = float(np.cos(np.radians(corner[1])))

    def metres(lon: Array, lat: Array) -> Array:
        placed: Array = ((lon - corner[0]) * squeeze + 1j * (lat - corner[1])) * METRES_A_DEGREE
        return placed

    points = np.array(line, dtype=np.float64)
    way, shapes = metres(points[:, 1], points[:, 0]), [metres(ring[:, 0], ring[:, 1]) for ring in rings]
    if _are_apart(way, np.concatenate(shapes), most_m):
        return float("inf")
    samples = _sampled(way)
    if geometry.get("type") in AREAS and _inside(samples, shapes).any():
        return 0.0
    return min(_least(samples, shape) for shape in shapes)


def box_of(geometry: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return south, west, north and east of a shape."""
    points = np.concatenate(list(_rows(geometry)))
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return south, west, north, east


def _rows(geometry: Mapping[str, Any]) -> Iterator[Array]:
    """Give out the rows of points that a shape is made of."""
    if geometry.get("type") == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from _rows(each)
        return
    yield from _nested(geometry["coordinates"])


def _nested(coordinates: Any) -> Iterator[Array]:
    if not isinstance(coordinates[0], list | tuple):
        yield np.array([coordinates[:2]], dtype=np.float64)
    elif not isinstance(coordinates[0][0], list | tuple):
        yield np.array([position[:2] for position in coordinates], dtype=np.float64)
    else:
        for part in coordinates:
            yield from _nested(part)


def _are_apart(one: Array, other: Array, most_m: float) -> bool:
    return any(
        a.min() > b.max() + most_m or b.min() > a.max() + most_m
        for a, b in ((one.real, other.real), (one.imag, other.imag))
    )


def _sampled(way: Array) -> Array:
    """Return points all along a line, none farther than a few metres from the next."""
    pieces = [
        one + (other - one) * np.linspace(0, 1, int(abs(other - one) / SAMPLE_M) + 2) for one, other in pairwise(way)
    ]
    return np.concatenate(pieces) if pieces else way


def _inside(points: Array, rings: Sequence[Array]) -> Array:
    """Tell which points lie in an area: a line from each to the west crosses its rings an odd number of times."""
    inside = np.zeros(len(points), dtype=np.bool_)
    for ring in rings:
        for one, other in _pieces(ring, np.roll(ring, -1)):
            is_level = (one.imag > points[:, None].imag) != (other.imag > points[:, None].imag)
            height = np.where(one.imag == other.imag, 1, other.imag - one.imag)
            share = (points[:, None].imag - one.imag) / height
            is_west = points[:, None].real < one.real + share * (other.real - one.real)
            inside ^= np.count_nonzero(is_level & is_west, axis=1) % 2 == 1
    return inside


def _least(points: Array, shape: Array) -> float:
    """Return the least distance of any of the points from a row of lines, or from a single point."""
    ends = shape if len(shape) > 1 else np.repeat(shape, 2)
    least = float("inf")
    for one, other in _pieces(ends[:-1], ends[1:]):
        along = other - one
        share = np.clip(((points[:, None] - one) * np.conj(along)).real / np.maximum(np.abs(along) ** 2, 1e-9), 0, 1)
        least = min(least, float(np.abs(points[:, None] - one - share * along).min()))
    return least


def _pieces(begin: Array, end: Array) -> Iterator[tuple[Array, Array]]:
    """Give out the lines of a row, so many at a time."""
    for n in range(0, len(begin), AT_ONCE):
        yield begin[n : n + AT_ONCE], end[n : n + AT_ONCE]
