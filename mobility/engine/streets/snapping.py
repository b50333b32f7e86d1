"""Where a place lies on the streets: the nearest piece of line that somebody may use, and how far along its edge."""

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.grid import CELL_M, UNITS_A_METRE
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.timetable.arrays import I32, Array

MOST_OFF_M = 200
"""A place farther than this from any street is not in town."""
NOWHERE = -1
_METRE = METRES_A_DEGREE / UNITS_A_DEGREE


class Spots(NamedTuple):
    """Places on the streets, one number of each array a place: edge (-1 for none), point before it, centimetres from the edge's
    start and off the street, and the coordinates of the place itself and of where it lies on the line.
    """

    edge: Array
    point: Array
    at_cm: Array
    off_cm: Array
    lat: Array
    lon: Array
    on_lat: Array
    on_lon: Array


def snap(network: Network, usable: Array, lat: Array, lon: Array) -> Spots:
    """Return where places lie on the edges that are ``usable``; coordinates are degrees."""
    north = np.round(np.asarray(lat, dtype=np.float64).reshape(-1) * UNITS_A_DEGREE).astype(I32)
    east = np.round(np.asarray(lon, dtype=np.float64).reshape(-1) * UNITS_A_DEGREE).astype(I32)
    told = _snapped(network, usable, north, east)
    return Spots(told[0], told[1], told[2], told[3], north, east, told[4], told[5])


@njit(cache=True)
def _snapped(network: Network, usable: Any, lat: Any, lon: Any) -> Any:  # pragma: no cover - compiled
    """Look for each place through the cells around it, ring by ring, until no nearer line can come."""
    told = np.full((6, len(lat)), NOWHERE, dtype=I32)
    for n in range(len(lat)):
        point, share, off_m = _nearest(network, usable, lat[n], lon[n])
        if point < 0:
            continue
        told[0, n], told[1, n] = network.shape_edge[point], point
        told[2, n] = _along(network, point, share)
        told[3, n] = round(off_m * 100)
        told[4, n] = round(network.shape_lat[point] + share * (network.shape_lat[point + 1] - network.shape_lat[point]))
        told[5, n] = round(network.shape_lon[point] + share * (network.shape_lon[point + 1] - network.shape_lon[point]))
    return told


@njit(cache=True)
def _nearest(network: Network, usable: Any, lat: int, lon: int) -> Any:  # pragma: no cover - compiled
    """Return the point before the nearest place on any line, the share of the way to the next point, and the distance."""
    grid = network.grid
    row, column = (lat - grid[0]) // grid[2], (lon - grid[1]) // grid[3]
    narrowing = math.cos(math.radians(lat / UNITS_A_DEGREE))
    ring_m = 0.98 * min(grid[2] * _METRE, grid[3] * _METRE * narrowing)
    best = (-1, 0.0, MOST_OFF_M + 0.0)
    for ring in range(int(MOST_OFF_M / ring_m) + 2):
        if (ring - 1) * ring_m > best[2]:
            break
        for r in range(max(0, row - ring), min(grid[4] - 1, row + ring) + 1):
            step = 1 if abs(r - row) == ring else max(1, 2 * ring)
            best = _in_row(network, usable, (lat, lon, narrowing), r, (column - ring, column + ring, step), best)
    return best


@njit(cache=True)
def _in_row(
    network: Network, usable: Any, place: Any, row: int, columns: Any, best: Any
) -> Any:  # pragma: no cover - compiled
    """Look through those of a row's cells that belong to the ring."""
    for column in range(columns[0], columns[1] + 1, columns[2]):
        if 0 <= column < network.grid[5]:
            best = _nearer(network, usable, place, row * network.grid[5] + column, best)
    return best


@njit(cache=True)
def _nearer(network: Network, usable: Any, place: Any, cell: int, best: Any) -> Any:  # pragma: no cover - compiled
    """Return the nearest of a cell's lines, if it is nearer than the best so far; of two as near, that with the lower number."""
    lat, lon, narrowing = place
    found, found_share, found_m = best
    for n in range(network.cell[cell], network.cell[cell + 1]):
        point = network.cell_point[n]
        if not usable[network.shape_edge[point]]:
            continue
        x = (network.shape_lon[point] - lon) * narrowing * _METRE
        y = (network.shape_lat[point] - lat) * _METRE
        across = (network.shape_lon[point + 1] - network.shape_lon[point]) * narrowing * _METRE
        up = (network.shape_lat[point + 1] - network.shape_lat[point]) * _METRE
        length = across * across + up * up
        share = 0.0 if length == 0 else min(1.0, max(0.0, -(x * across + y * up) / length))
        off_m = math.hypot(x + share * across, y + share * up)
        if off_m < found_m or (off_m == found_m and point < found):
            found, found_share, found_m = point, share, off_m
    return found, found_share, found_m


@njit(cache=True)
def _along(network: Network, point: int, share: float) -> int:  # pragma: no cover - compiled
    """Return how many centimetres lie between the start of an edge and a place on its line."""
    edge = network.shape_edge[point]
    narrowing = math.cos(math.radians(network.shape_lat[point] / UNITS_A_DEGREE))
    before = total = 0.0
    for each in range(network.shape[edge], network.shape[edge + 1] - 1):
        across = (network.shape_lon[each + 1] - network.shape_lon[each]) * narrowing
        up = network.shape_lat[each + 1] - network.shape_lat[each]
        piece = math.hypot(across, up)
        total += piece
        if each < point:
            before += piece
        elif each == point:
            before += share * piece
    return round(network.edge_cm[edge] * before / total) if total > 0 else 0


__all__ = ["CELL_M", "MOST_OFF_M", "NOWHERE", "UNITS_A_METRE", "Spots", "snap"]
