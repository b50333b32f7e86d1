"""What is closed: shapes as in GeoJSON (RFC 7946), and the edges that they close.

An area closes every edge that enters it. A line closes what it runs along (ten metres to either side do not matter: it was drawn by
hand) and what it crosses away from junctions. A point closes what passes within ten metres.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from mobility.engine.streets.access import BICYCLE, CAR, FOOT
from mobility.engine.streets.arrays import Network
from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.timetable.arrays import Array

EVERYBODY = FOOT | BICYCLE | CAR
BESIDE_M, ALONG_M, SAMPLE_M = 10.0, 20.0, 2.0
MOST_POINTS, DEEPEST = 20_000, 3


class NoPlace(ValueError):
    """What was given is no geometry of GeoJSON, or has too many points."""


class Closure(NamedTuple):
    """A closed place: a GeoJSON geometry (longitude first), and bits of the modes that cannot pass (all, if not said)."""

    geometry: Mapping[str, Any]
    modes: int = EVERYBODY


def points_of(geometry: Mapping[str, Any]) -> int:
    """Return how many points a shape has; :raises NoPlace: where it is none."""
    return sum(len(part) for _shape, parts in _shapes(geometry) for part in parts)


def closed_edges(network: Network, closures: Sequence[Closure]) -> Array:
    """Return for each edge the bits of modes for which it is closed; :raises NoPlace: for a shape that is none."""
    closed = np.zeros(network.edges, dtype=np.uint8)
    for closure in closures:
        for shape, parts in _shapes(closure.geometry):
            closed[_TOUCHED[shape](network, parts)] |= closure.modes & EVERYBODY
    return closed


class _Pieces(NamedTuple):
    """Pieces of line near a shape: edge, the point before, and both ends as complex metres east and north of its middle."""

    edge: Array
    point: Array
    start: Array
    end: Array


def _shapes(geometry: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[str, list[Array]]]:
    """Yield points, lines and areas one by one, each as arrays of longitude and latitude."""
    kind = str(geometry.get("type")) if isinstance(geometry, Mapping) else ""
    if kind == "GeometryCollection" and depth < DEEPEST:
        for each in _listed(geometry.get("geometries")):
            yield from _shapes(each, depth + 1)
        return
    single = kind.removeprefix("Multi")
    if single not in _TOUCHED:
        raise NoPlace(f"type {kind!r}")
    given = geometry.get("coordinates")
    for each in [given] if kind == single else _listed(given):
        parts = {"Point": [[each]], "LineString": [each]}.get(single, each)
        yield single, [_positions(part) for part in _listed(parts)]


def _listed(given: Any) -> Sequence[Any]:
    if not isinstance(given, list | tuple) or not given:
        raise NoPlace("coordinates")
    return given


def _positions(part: Any) -> Array:
    try:
        told = np.array([(position[0], position[1]) for position in part], dtype=np.float64).reshape(-1, 2)
    except (TypeError, ValueError, IndexError, KeyError):
        raise NoPlace("coordinates") from None
    if not len(told) or len(told) > MOST_POINTS or not np.isfinite(told).all():
        raise NoPlace("coordinates")
    if np.abs(told[:, 0]).max() > 180 or np.abs(told[:, 1]).max() > 90:
        raise NoPlace("coordinates")
    return told


def _near(network: Network, parts: list[Array]) -> tuple[_Pieces, list[Array]]:
    """Return the pieces around a shape and the shape itself, both in metres."""
    corner = np.concatenate(parts)
    middle = (corner.min(axis=0) + corner.max(axis=0)) / 2
    narrowing = np.cos(np.radians(middle[1]))
    reach = np.array((BESIDE_M / max(0.01, narrowing), BESIDE_M)) / METRES_A_DEGREE
    low, high = ((corner.min(axis=0) - reach) * UNITS_A_DEGREE, (corner.max(axis=0) + reach) * UNITS_A_DEGREE)
    lon, lat, edge = network.shape_lon, network.shape_lat, network.shape_edge
    is_near = (
        (edge[:-1] == edge[1:])
        & (np.minimum(lon[:-1], lon[1:]) <= high[0])
        & (np.maximum(lon[:-1], lon[1:]) >= low[0])
        & (np.minimum(lat[:-1], lat[1:]) <= high[1])
        & (np.maximum(lat[:-1], lat[1:]) >= low[1])
    )
    point = np.flatnonzero(is_near)

    def metres(east: Array, north: Array) -> Array:
        placed: Array = ((east - middle[0]) * narrowing + 1j * (north - middle[1])) * METRES_A_DEGREE
        return placed

    ends = [metres(lon[each] / UNITS_A_DEGREE, lat[each] / UNITS_A_DEGREE) for each in (point, point + 1)]
    return _Pieces(edge[point], point, ends[0], ends[1]), [metres(part[:, 0], part[:, 1]) for part in parts]


def _by_point(network: Network, parts: list[Array]) -> Array:
    pieces, shape = _near(network, parts)
    return pieces.edge[_away(shape[0][0], pieces.start, pieces.end) <= BESIDE_M]


def _by_area(network: Network, parts: list[Array]) -> Array:
    """Return the edges that enter an area: an end lies inside it, or its border is crossed."""
    pieces, rings = _near(network, parts)
    is_inside, is_crossing = np.zeros((2, len(pieces.edge)), dtype=np.bool_)
    for ring in rings:
        for one, other in zip(ring, np.roll(ring, -1), strict=True):
            is_above = (one.imag > pieces.start.imag) != (other.imag > pieces.start.imag)
            if one.imag != other.imag:
                share = (pieces.start.imag - one.imag) / (other.imag - one.imag)
                is_inside ^= is_above & (pieces.start.real < one.real + share * (other.real - one.real))
            is_crossing |= _crossed(pieces, one, other)[0]
    return pieces.edge[is_inside | is_crossing]


def _by_line(network: Network, parts: list[Array]) -> Array:
    """Return the edges that a line runs along or crosses."""
    pieces, (line,) = _near(network, parts)
    along_m, crossed = np.zeros(network.edges), [np.zeros(0, dtype=np.int64)]
    np.add.at(along_m, pieces.edge, _beside(pieces, line))
    length_m = network.edge_cm / 100
    before_m = _before(network, pieces)
    for one, other in pairwise(line):
        is_crossing, share = _crossed(pieces, one, other)
        at_m = before_m + share * np.abs(pieces.end - pieces.start)
        margin = np.minimum(BESIDE_M, length_m[pieces.edge] / 4)
        is_away = (at_m > margin) & (length_m[pieces.edge] - at_m > margin)
        crossed.append(pieces.edge[is_crossing & is_away])
    is_along = along_m >= np.minimum(ALONG_M, length_m / 2)
    return np.concatenate((np.flatnonzero(is_along & (along_m > 0)), *crossed))


def _beside(pieces: _Pieces, line: Array) -> Array:
    """Return how many metres of each piece lie beside a line that goes in about the same direction."""
    length = np.abs(pieces.end - pieces.start)
    count = np.maximum(1, np.ceil(length / SAMPLE_M)).astype(np.int64)
    piece = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    heading = (pieces.end - pieces.start)[piece]
    sample = pieces.start[piece] + heading * (nth + 0.5) / count[piece]
    is_beside = np.zeros(len(sample), dtype=np.bool_)
    for one, other in pairwise(line):
        ahead = other - one
        turned = heading * np.conj(ahead)
        is_beside |= (_away_from(sample, one, other) <= BESIDE_M) & (np.abs(turned.real) >= np.abs(turned.imag))
    near: Array = np.bincount(piece[is_beside], minlength=len(count)) * length / count
    return near


def _before(network: Network, pieces: _Pieces) -> Array:
    """Return how many metres of its edge lie before each piece."""
    lat, lon = network.shape_lat / UNITS_A_DEGREE, network.shape_lon / UNITS_A_DEGREE
    across = np.diff(lon) * np.cos(np.radians(lat[:-1]))
    so_far = np.concatenate(([0.0], np.cumsum(np.hypot(across, np.diff(lat)) * METRES_A_DEGREE)))
    before: Array = so_far[pieces.point] - so_far[network.shape[pieces.edge]]
    return before


def _crossed(pieces: _Pieces, one: complex, other: complex) -> tuple[Array, Array]:
    """Tell which pieces cross a straight line between two points, and at which share of their length."""
    ahead, along = other - one, pieces.end - pieces.start
    turn = along.real * ahead.imag - along.imag * ahead.real
    off = one - pieces.start
    safe = np.where(turn == 0, 1, turn)
    share = (off.real * ahead.imag - off.imag * ahead.real) / safe
    theirs = (off.real * along.imag - off.imag * along.real) / safe
    return (turn != 0) & (share >= 0) & (share <= 1) & (theirs >= 0) & (theirs <= 1), share


def _away(point: complex, start: Array, end: Array) -> Array:
    """Return how far a point is from each piece."""
    along = end - start
    squared = np.maximum(np.abs(along) ** 2, 1e-9)
    share = np.clip(((point - start) * np.conj(along)).real / squared, 0, 1)
    distance: Array = np.abs(point - start - share * along)
    return distance


def _away_from(points: Array, one: complex, other: complex) -> Array:
    """Return how far each point is from one straight line."""
    along = other - one
    squared = max(abs(along) ** 2, 1e-9)
    share = np.clip(((points - one) * np.conj(along)).real / squared, 0, 1)
    distance: Array = np.abs(points - one - share * along)
    return distance


_TOUCHED = {"Point": _by_point, "LineString": _by_line, "Polygon": _by_area}

__all__ = ["EVERYBODY", "Closure", "NoPlace", "closed_edges", "points_of"]
