"""The line that a ride draws on the map, and lines as text (Google's encoded polyline, precision 5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numba import njit

from mobility.engine.network import Network
from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.words import Point
from mobility.engine.timetable.arrays import Array

PRECISION = 5


def ride_line(network: Network, trip: int, day: date, board: int, alight: int) -> Array:
    """Return the line between two calls of a trip, a row a point: along its shape where it has one, else from stop to stop.

    One that was cancelled has the line that was planned.
    """
    calls, planned = network.stops(trip, day), network.planned(trip)
    calls = planned.stop if not len(calls) and planned is not None else calls
    lat, lon = network.feed.stop_lat[calls], network.feed.stop_lon[calls]
    stops = np.stack((lat, lon), axis=1)
    shape = int(network.feed.directory.trip_shape[trip]) if trip < network.timetable.trips else -1
    if shape < 0:
        return stops[board : alight + 1]
    shapes = network.feed.directory.shapes
    begin, end = int(shapes.start[shape]), int(shapes.start[shape + 1])
    if end - begin < 2:
        return stops[board : alight + 1]
    line = np.stack((shapes.lat[begin:end], shapes.lon[begin:end]), axis=1)
    key = ("along", shape, calls.tobytes())
    places: Array | None = network.remembered.get(key)
    if places is None:
        places = _along(line, np.cos(np.radians(line[:, 0].mean())), stops)
        if network.live is None or network.live.row(trip, day) is None:
            network.remembered[key] = places
    cut: Array = _cut(line, places[board], places[alight])
    return cut


def encoded(points: Array | Sequence[Point], precision: int = PRECISION) -> str:
    """Return a line as text: differences of rounded coordinates, five bits a letter."""
    line = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return bytes(_letters(line, 10.0**precision)).decode()


@njit(cache=True, nogil=True)
def _letters(line: Any, scale: float) -> Any:  # pragma: no cover - compiled
    """Return the letters of a line, as their numbers."""
    letters = np.empty(14 * len(line), dtype=np.uint8)
    count, last = 0, np.zeros(2, dtype=np.int64)
    for n in range(len(line)):
        for axis in (0, 1):
            here = np.int64(np.rint(line[n, axis] * scale))
            left = (here - last[axis]) << 1
            if left < 0:
                left = ~left
            last[axis] = here
            while left >= 0x20:
                letters[count] = (0x20 | (left & 0x1F)) + 63
                left >>= 5
                count += 1
            letters[count] = left + 63
            count += 1
    return letters[:count]


@njit(cache=True, nogil=True)
def _along(line: Any, squeeze: float, stops: Any) -> Any:  # pragma: no cover - compiled
    """Return where on a shape its stops lie. They are laid onto the shape in order: none lies before the one before it."""
    places, least = np.empty(len(stops)), 0.0
    for n in range(len(stops)):
        is_last = n == len(stops) - 1
        found, is_found = _nearest(line, squeeze, stops[n], least, is_last)
        least = found if is_found else least
        places[n] = least
    return places


@njit(cache=True, nogil=True)
def _cut(line: Any, begin: float, end: float) -> Any:  # pragma: no cover - compiled
    """Cut a shape at two places."""
    first, last = int(np.floor(begin)) + 1, max(int(np.floor(begin)) + 1, int(np.ceil(end)))
    cut = np.empty((last - first + 2, 2))
    cut[0], cut[1:-1], cut[-1] = _at(line, begin), line[first:last], _at(line, end)
    return cut


@njit(cache=True, nogil=True)
def _nearest(line: Any, squeeze: float, stop: Any, least: float, is_last: Any) -> Any:  # pragma: no cover - compiled
    """Return where a stop lies on a line, as the number of a point and a share of the way to the next; not before ``least``.

    Of places as near the first is taken: what comes later counts as a little farther, but for the last stop.
    """
    best, found = np.inf, 0.0
    px, py = stop[1] * squeeze * METRES_A_DEGREE, stop[0] * METRES_A_DEGREE
    for n in range(len(line) - 1):
        x, y = line[n, 1] * squeeze * METRES_A_DEGREE, line[n, 0] * METRES_A_DEGREE
        dx, dy = line[n + 1, 1] * squeeze * METRES_A_DEGREE - x, line[n + 1, 0] * METRES_A_DEGREE - y
        part = min(1.0, max(0.0, ((px - x) * dx + (py - y) * dy) / max(dx * dx + dy * dy, 1e-9)))
        if n + part < least:
            continue
        gap = (x + part * dx - px) ** 2 + (y + part * dy - py) ** 2 + (0.0 if is_last else 1e-3 * n)
        if gap < best:
            best, found = gap, n + part
    return found, best < np.inf


@njit(cache=True, nogil=True)
def _at(line: Any, where: float) -> Any:  # pragma: no cover - compiled
    n = min(int(where), len(line) - 2)
    return line[n] + (where - n) * (line[n + 1] - line[n])
