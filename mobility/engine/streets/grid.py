"""The index of a map: cells of about a hundred metres, and the pieces of line that touch each."""

from typing import Any

import numpy as np
from numba import njit

from mobility.engine.timetable.arrays import I32, Array

CELL_M, MOST_CELLS = 100, 4_000_000
UNITS_A_METRE = 90
"""Parts of a degree of latitude in a metre, roughly: 10,000,000 / 111,195."""


def index_of(lat: Array, lon: Array, shape_edge: Array) -> tuple[Array, Array, Array]:
    """Return the grid, where each cell begins, and the points at which the lines in it begin."""
    south, west = int(lat.min()), int(lon.min())
    high, wide = int(lat.max()) - south + 1, int(lon.max()) - west + 1
    narrowing = max(0.01, np.cos(np.radians((south + high / 2) / 1e7)))
    tall = CELL_M * UNITS_A_METRE
    while (high // tall + 1) * (wide // int(tall / narrowing) + 1) > MOST_CELLS:
        tall *= 2
    grid = np.array(
        (south, west, tall, int(tall / narrowing), high // tall + 1, wide // int(tall / narrowing) + 1), dtype=I32
    )
    counted = _counted(grid, lat, lon, shape_edge)
    cell = np.concatenate((np.zeros(1, dtype=I32), np.cumsum(counted))).astype(I32)
    return grid, cell, _filled(grid, lat, lon, shape_edge, cell)


@njit(cache=True, inline="always")
def cells_of(grid: Any, lat: Any, lon: Any, point: int) -> Any:  # pragma: no cover - compiled
    """Return the first and last row and column of the box around the piece of line that begins at a point."""
    south, north = min(lat[point], lat[point + 1]), max(lat[point], lat[point + 1])
    west, east = min(lon[point], lon[point + 1]), max(lon[point], lon[point + 1])
    return (
        (south - grid[0]) // grid[2],
        (north - grid[0]) // grid[2],
        (west - grid[1]) // grid[3],
        (east - grid[1]) // grid[3],
    )


@njit(cache=True)
def _counted(grid: Any, lat: Any, lon: Any, shape_edge: Any) -> Any:  # pragma: no cover - compiled
    """Count the pieces in each cell."""
    counted = np.zeros(grid[4] * grid[5], dtype=I32)
    for point in range(len(lat) - 1):
        if shape_edge[point] == shape_edge[point + 1]:
            low, high, left, right = cells_of(grid, lat, lon, point)
            for row in range(low, high + 1):
                counted[row * grid[5] + left : row * grid[5] + right + 1] += 1
    return counted


@njit(cache=True)
def _filled(grid: Any, lat: Any, lon: Any, shape_edge: Any, cell: Any) -> Any:  # pragma: no cover - compiled
    """Write the pieces into their cells."""
    pieces = np.zeros(cell[-1], dtype=I32)
    filled = cell[:-1].copy()
    for point in range(len(lat) - 1):
        if shape_edge[point] != shape_edge[point + 1]:
            continue
        low, high, left, right = cells_of(grid, lat, lon, point)
        for n in range((high - low + 1) * (right - left + 1)):
            here = (low + n // (right - left + 1)) * grid[5] + left + n % (right - left + 1)
            pieces[filled[here]] = point
            filled[here] += 1
    return pieces
