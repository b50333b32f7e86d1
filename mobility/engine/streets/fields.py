"""Least times over a chequered town: going on along streets from many places, or across the open where there is no map."""

import math
from typing import Any

import numpy as np
from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.cells import FAR, Cells
from mobility.engine.streets.costs import SHUT, Costs
from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.room import Room
from mobility.engine.streets.snapping import Spots
from mobility.engine.streets.spreading import spread
from mobility.engine.timetable.arrays import Array


@njit(cache=True)
def along_streets(
    network: Network, costs: Costs, room: Room, starts: Spots, begin_ms: Any, limit_ms: int, cells: Cells, field: Any
) -> None:  # pragma: no cover - compiled
    """Go on from all places along the streets, and note in ``field`` when each cell is reached first."""
    for n in range(len(starts.edge)):
        if starts.edge[n] >= 0:
            _from_place(network, costs, starts, n, begin_ms[n], limit_ms, cells, field)
    seen = spread(network, costs, room, starts, begin_ms, limit_ms, 1)
    for n in range(seen):
        node = room.seen[n]
        if room.ms[node] > limit_ms:
            continue
        _note(
            cells,
            field,
            network.node_lat[node] / UNITS_A_DEGREE,
            network.node_lon[node] / UNITS_A_DEGREE,
            room.ms[node],
        )
        for arc in range(network.arc[node], network.arc[node + 1]):
            edge, is_back = network.arc_edge[arc] >> 1, network.arc_edge[arc] & 1
            ms = costs.against_ms[edge] if is_back else costs.along_ms[edge]
            if ms != SHUT:
                _along(network, edge, is_back, (room.ms[node], ms, limit_ms), 0.0, cells, field)


@njit(cache=True)
def _from_place(
    network: Network, costs: Costs, starts: Spots, n: int, begin_ms: int, limit_ms: int, cells: Cells, field: Any
) -> None:  # pragma: no cover - compiled
    """Note a place itself, and the stretches of its own edge on either side of it."""
    _note(cells, field, starts.lat[n] / UNITS_A_DEGREE, starts.lon[n] / UNITS_A_DEGREE, begin_ms)
    edge = starts.edge[n]
    on_street_ms = begin_ms + int(starts.off_cm[n] / 100 * costs.off_ms)
    for is_back in (0, 1):
        ms = costs.against_ms[edge] if is_back else costs.along_ms[edge]
        if ms != SHUT:
            before_cm = network.edge_cm[edge] - starts.at_cm[n] if is_back else starts.at_cm[n]
            left_ms = on_street_ms - ms * before_cm // network.edge_cm[edge]
            _along(network, edge, is_back, (left_ms, ms, limit_ms), before_cm / 100, cells, field)


@njit(cache=True)
def _along(
    network: Network, edge: int, is_back: int, times: Any, skip_m: float, cells: Cells, field: Any
) -> None:  # pragma: no cover - compiled
    """Follow an edge's line from one end, noting every half a cell from ``skip_m`` on, as far as the time goes.

    ``times`` are when the end is left, what the whole edge takes, and the limit.
    """
    begin_ms, edge_ms, limit_ms = times
    first, last = network.shape[edge], network.shape[edge + 1] - 1
    total = max(1e-9, network.edge_cm[edge] / 100)
    before = 0.0
    for n in range(last - first):
        here, there = (last - n, last - n - 1) if is_back else (first + n, first + n + 1)
        lat, lon = network.shape_lat[here] / UNITS_A_DEGREE, network.shape_lon[here] / UNITS_A_DEGREE
        up, across = network.shape_lat[there] / UNITS_A_DEGREE - lat, network.shape_lon[there] / UNITS_A_DEGREE - lon
        length = METRES_A_DEGREE * math.hypot(up, across * math.cos(math.radians(lat)))
        count = int(2 * length / cells.side_m) + 1
        for k in range(count + 1):
            gone_m = before + length * k / count
            ms = begin_ms + edge_ms * min(1.0, gone_m / total)
            if gone_m >= skip_m and ms <= limit_ms:
                _note(cells, field, lat + up * k / count, lon + across * k / count, int(ms))
        before += length


def off_the_streets(cells: Cells, field: Array, limit_ms: int, off_ms: float) -> Array:
    """Return the field with one cell around each that was reached: houses stand beside streets."""
    wider, beside = field.copy(), field + int(off_ms * cells.side_m)
    beside[beside > limit_ms] = FAR
    for here, there in (
        (wider[1:], beside[:-1]),
        (wider[:-1], beside[1:]),
        (wider[:, 1:], beside[:, :-1]),
        (wider[:, :-1], beside[:, 1:]),
    ):
        np.minimum(here, there, out=here)
    return wider


@njit(cache=True)
def as_the_crow_flies(
    lat: Any, lon: Any, begin_ms: Any, limit_ms: int, ms_a_metre: float, cells: Cells, field: Any
) -> None:  # pragma: no cover - compiled
    """Note in ``field`` when each cell's middle is reached from the nearest place, at so many milliseconds a metre."""
    for n in range(len(lat)):
        radius = (limit_ms - begin_ms[n]) / ms_a_metre
        if radius < 0:
            continue
        _note(cells, field, lat[n], lon[n], begin_ms[n])
        _disc(cells, field, (lat[n], lon[n]), radius, begin_ms[n], ms_a_metre)


@njit(cache=True)
def _disc(
    cells: Cells, field: Any, place: Any, radius: float, begin_ms: int, ms_a_metre: float
) -> None:  # pragma: no cover - compiled
    """Note every cell whose middle lies within a distance of a place."""
    row, column = (place[0] - cells.south) / cells.step_lat - 0.5, (place[1] - cells.west) / cells.step_lon - 0.5
    wide = radius / cells.side_m
    for r in range(max(0, math.ceil(row - wide)), min(cells.rows, int(row + wide) + 1)):
        for c in range(max(0, math.ceil(column - wide)), min(cells.columns, int(column + wide) + 1)):
            away_m = cells.side_m * math.hypot(r - row, c - column)
            if away_m <= radius:
                field[r, c] = min(field[r, c], int(begin_ms + ms_a_metre * away_m))


@njit(cache=True, inline="always")
def _note(cells: Cells, field: Any, lat: float, lon: float, ms: int) -> None:  # pragma: no cover - compiled
    """Note that a place is reached at a time."""
    row, column = int((lat - cells.south) / cells.step_lat), int((lon - cells.west) / cells.step_lon)
    if 0 <= row < cells.rows and 0 <= column < cells.columns:
        field[row, column] = min(field[row, column], ms)
