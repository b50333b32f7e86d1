"""The line that a ride draws on the map, and lines as text (Google's encoded polyline, precision 5)."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from mobility.engine.network import Network
from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.words import Point
from mobility.engine.timetable.arrays import Array

PRECISION = 5


def ride_line(network: Network, trip: int, day: date, board: int, alight: int) -> list[Point]:
    """Return the line between two calls of a trip: along its shape where it has one, else from stop to stop.

    One that was cancelled has the line that was planned.
    """
    calls, planned = network.times(trip, day).stop, network.planned(trip)
    calls = planned.stop if not len(calls) and planned is not None else calls
    lat, lon = network.feed.stop_lat[calls].tolist(), network.feed.stop_lon[calls].tolist()
    points = list(zip(lat, lon, strict=True))
    shape = int(network.feed.directory.trip_shape[trip]) if trip < network.timetable.trips else -1
    if shape < 0:
        return points[board : alight + 1]
    shapes = network.feed.directory.shapes
    begin, end = int(shapes.start[shape]), int(shapes.start[shape + 1])
    if end - begin < 2:
        return points[board : alight + 1]
    return _along(shapes.lat[begin:end], shapes.lon[begin:end], points, board, alight)


def encoded(points: Iterable[Point], precision: int = PRECISION) -> str:
    """Return a line as text: differences of rounded coordinates, five bits a letter."""
    scale = 10**precision
    letters: list[str] = []
    last = (0, 0)
    for lat, lon in points:
        here = (round(lat * scale), round(lon * scale))
        for value, before in zip(here, last, strict=True):
            difference = value - before
            left = ~(difference << 1) if difference < 0 else difference << 1
            while left >= 0x20:
                letters.append(chr((0x20 | (left & 0x1F)) + 63))
                left >>= 5
            letters.append(chr(left + 63))
        last = here
    return "".join(letters)


def _along(lat: Array, lon: Array, stops: Sequence[Point], board: int, alight: int) -> list[Point]:
    """Cut a shape where the two stops lie on it. Stops are laid onto the shape in order: none lies before the one before it."""
    squeeze = np.cos(np.radians(lat.mean()))
    x, y = lon * squeeze * METRES_A_DEGREE, lat * METRES_A_DEGREE
    dx, dy = np.diff(x), np.diff(y)
    length = np.maximum(dx * dx + dy * dy, 1e-9)
    places: list[float] = []
    least = 0.0
    for n, (stop_lat, stop_lon) in enumerate(stops[: alight + 1]):
        px, py = stop_lon * squeeze * METRES_A_DEGREE, stop_lat * METRES_A_DEGREE
        part = np.clip(((px - x[:-1]) * dx + (py - y[:-1]) * dy) / length, 0, 1)
        gap = (x[:-1] + part * dx - px) ** 2 + (y[:-1] + part * dy - py) ** 2
        where = np.arange(len(part)) + part
        gap[where < least] = np.inf
        gap += 1e-3 * np.arange(len(part)) * (n < len(stops) - 1)
        found = int(np.argmin(gap))
        least = float(where[found]) if np.isfinite(gap[found]) else least
        places.append(least)
    begin, end = places[board], places[alight]
    inner = [(float(lat[n]), float(lon[n])) for n in range(int(np.floor(begin)) + 1, int(np.ceil(end)))]
    return [_at(lat, lon, begin), *inner, _at(lat, lon, end)]


def _at(lat: Array, lon: Array, where: float) -> Point:
    n = min(int(where), len(lat) - 2)
    part = where - n
    return float(lat[n] + part * (lat[n + 1] - lat[n])), float(lon[n] + part * (lon[n + 1] - lon[n]))
