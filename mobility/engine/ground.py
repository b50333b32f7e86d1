"""What a map shows beneath everything else: the network's lines and the streets that matter, thinned to what a phone can carry."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.network import Network
from mobility.engine.streets import StreetMap, Town
from mobility.engine.streets.arrays import Network as StreetArrays
from mobility.engine.streets.kinds import Class
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.timetable.arrays import Array

MOST_LINE_POINTS, MOST_STREET_POINTS = 8_000, 12_000
"""So many points all lines, and all streets, have together: each about five letters of an answer."""
FINEST, COARSEST = 0.00005, 0.01
"""By how many degrees a thinned line may lie beside the true one: five metres, and as much more as the bounds above ask for."""
MARGIN = 0.02
"""Streets are shown so many degrees around the stops, about two kilometres."""
HEART = (20, 80)
"""The per cents of calls between which the heart of a network lies, each way."""
STEPS = (
    (Class.MOTORWAY, Class.TRUNK, Class.PRIMARY),
    (Class.SECONDARY,),
    (Class.TERTIARY,),
    (Class.MINOR, Class.LIVING),
)
"""Streets from the largest on; the smaller are shown where there is room for them."""


class Box(NamedTuple):
    """A piece of the earth in degrees."""

    west: float
    south: float
    east: float
    north: float


class Line(NamedTuple):
    """A line on the map: the route or the class of street that it is, and its points as rows of latitude and longitude."""

    of: int
    points: Array


def heart_of(network: Network) -> Box:
    """Return where most vehicles call; lines that lead far away do not widen it."""
    stops, calls = network.boarded, network.calls
    south, north = _middle(network.feed.stop_lat[stops], calls)
    west, east = _middle(network.feed.stop_lon[stops], calls)
    return Box(west, south, east, north)


def lines_of(network: Network) -> list[Line]:
    """Return each way that trips of a route go, once: by its shape, or from stop to stop where it has none."""
    feed = network.feed
    shapes, found = feed.directory.shapes, dict[tuple[Any, ...], Line]()
    for trip, (route, shape) in enumerate(
        zip(feed.trip_route.tolist(), feed.directory.trip_shape.tolist(), strict=True)
    ):
        key: tuple[Any, ...] = (route, shape) if shape >= 0 else (route, -1, int(network.timetable.trip_pattern[trip]))
        if key not in found:
            points = (
                _shape(shapes.lat, shapes.lon, *shapes.start[shape : shape + 2])
                if shape >= 0
                else _stops(network, trip)
            )
            found[key] = Line(route, points)
    return _within([each for each in found.values() if len(each.points) > 1], MOST_LINE_POINTS)


def streets_of(network: Network) -> list[Line]:
    """Return the streets around the stops, the largest first; none where there is no map of them."""
    streets = network.streets.map if isinstance(network.streets, Town) else network.streets
    if not isinstance(streets, StreetMap) or not len(network.boarded):
        return []
    found: list[Line] = []
    for classes in STEPS:
        more = [*found, *_chained(streets.network, _edges(streets.network, classes, network))]
        if found and _points(_thinned(more, FINEST)) > MOST_STREET_POINTS:
            break
        found = more
    return _within(found, MOST_STREET_POINTS)


def _middle(degrees: Array, calls: Array) -> tuple[float, float]:
    order = np.argsort(degrees, kind="stable")
    counted = np.cumsum(calls[order])
    first, last = (int(np.searchsorted(counted, counted[-1] * share / 100)) for share in HEART)
    return float(degrees[order[first]]), float(degrees[order[last]])


def _shape(lat: Array, lon: Array, begin: int, end: int) -> Array:
    return np.stack((lat[begin:end], lon[begin:end]), axis=1)


def _stops(network: Network, trip: int) -> Array:
    feed = network.feed
    stops = feed.stop[feed.trip_call[trip] : feed.trip_call[trip + 1]]
    return np.stack((feed.stop_lat[stops], feed.stop_lon[stops]), axis=1)


def _within(lines: Sequence[Line], most: int) -> list[Line]:
    """Return the lines as fine as so many points allow; those that remain too many are left out from the end."""
    beside, thinned = FINEST, _thinned(lines, FINEST)
    while _points(thinned) > most and beside < COARSEST:
        beside *= 2
        thinned = _thinned(lines, beside)
    counted = np.cumsum([len(each.points) for each in thinned])
    return [each for each, points in zip(thinned, counted, strict=True) if points <= most]


def _points(lines: Sequence[Line]) -> int:
    return sum(len(each.points) for each in lines)


def _thinned(lines: Sequence[Line], beside: float) -> list[Line]:
    return [Line(each.of, each.points[_kept(np.ascontiguousarray(each.points), beside)]) for each in lines]


@njit(cache=True, nogil=True)
def _kept(line: Any, beside: float) -> Any:  # pragma: no cover - compiled
    """Tell which points stay (Douglas and Peucker 1973): those farther than ``beside`` from the line that the others draw."""
    keep = np.zeros(len(line), dtype=np.bool_)
    keep[0] = keep[-1] = True
    squeeze = np.cos(np.radians(line[0, 0]))
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        dx, dy = (line[last, 1] - line[first, 1]) * squeeze, line[last, 0] - line[first, 0]
        length, most, farthest = dx * dx + dy * dy, beside * beside, -1
        for n in range(first + 1, last):
            x, y = (line[n, 1] - line[first, 1]) * squeeze, line[n, 0] - line[first, 0]
            part = min(1.0, max(0.0, (x * dx + y * dy) / length)) if length > 0 else 0.0
            gap = (x - part * dx) ** 2 + (y - part * dy) ** 2
            if gap > most:
                most, farthest = gap, n
        if farthest >= 0:
            keep[farthest] = True
            waiting.append((first, farthest))
            waiting.append((farthest, last))
    return keep


def _edges(streets: StreetArrays, classes: Sequence[Class], network: Network) -> Array:
    """Return the edges of these classes that begin around the stops."""
    lat, lon = network.targets.lat, network.targets.lon
    start_lat, start_lon = (each[streets.edge_from] / UNITS_A_DEGREE for each in (streets.node_lat, streets.node_lon))
    is_near = (start_lat >= lat.min() - MARGIN) & (start_lat <= lat.max() + MARGIN)
    is_near &= (start_lon >= lon.min() - MARGIN) & (start_lon <= lon.max() + MARGIN)
    street: Array = streets.kind[streets.edge_kind, 0]
    return np.flatnonzero(is_near & np.isin(street, classes))


def _chained(streets: StreetArrays, edges: Array) -> Iterator[Line]:
    """Join edges of one class end to end into long lines, so that thinning has something to thin."""
    at: dict[int, list[int]] = {}
    for edge in edges.tolist():
        for node in (int(streets.edge_from[edge]), int(streets.edge_to[edge])):
            at.setdefault(node, []).append(edge)
    waiting = dict.fromkeys(edges.tolist())
    while waiting:
        edge = next(iter(waiting))
        street, node, pieces = int(streets.kind[streets.edge_kind[edge], 0]), int(streets.edge_from[edge]), []
        going: int | None = edge
        while going is not None:
            del waiting[going]
            piece = _shape(streets.shape_lat, streets.shape_lon, *streets.shape[going : going + 2]) / UNITS_A_DEGREE
            is_back = int(streets.edge_from[going]) != node
            pieces.append(piece[::-1] if is_back else piece)
            node = int(streets.edge_from[going] if is_back else streets.edge_to[going])
            same = (
                each for each in at[node] if each in waiting and int(streets.kind[streets.edge_kind[each], 0]) == street
            )
            going = next(same, None)
        yield Line(street, np.concatenate(pieces))
