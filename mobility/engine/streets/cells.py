"""A chequered town: cells in which the least time is kept, and the shapes that cells within a time make."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.timetable.arrays import Array

Ring = list[tuple[float, float]]
Corner = tuple[int, int]
FAR = 2**30
MOST_CELLS = 400_000


class Cells(NamedTuple):
    """Rows from the south, columns from the west; steps are degrees, ``side_m`` is a cell's side."""

    south: float
    west: float
    step_lat: float
    step_lon: float
    rows: int
    columns: int
    side_m: float

    @classmethod
    def around(cls, lat: Array, lon: Array, reach_m: float, side_m: float) -> "Cells":
        """Cover some places and what lies within a distance of them; the cells grow where there would be too many."""
        degrees = reach_m / METRES_A_DEGREE
        narrowing = max(0.05, float(np.cos(np.radians(lat.mean()))))
        south, north = float(lat.min()) - degrees, float(lat.max()) + degrees
        west, east = float(lon.min()) - degrees / narrowing, float(lon.max()) + degrees / narrowing
        while True:
            step = side_m / METRES_A_DEGREE
            rows, columns = int((north - south) / step) + 3, int((east - west) / (step / narrowing)) + 3
            if rows * columns <= MOST_CELLS:
                break
            side_m *= 1.25
        return cls(south - step, west - step / narrowing, step, step / narrowing, rows, columns, side_m)

    def empty(self) -> Array:
        """Return cells that nobody reaches, in milliseconds."""
        return np.full((self.rows, self.columns), FAR, dtype=np.int32)


def shapes_of(is_reached: Array, cells: Cells) -> list[list[Ring]]:
    """Return the shapes that the reached cells make, as in GeoJSON: each an outer ring and the holes in it, longitude first.

    Outer rings run counter-clockwise and holes clockwise (RFC 7946, 3.1.6); cells that touch at a corner alone are two shapes.
    """
    rings = _rings(is_reached)
    outers = sorted((ring for ring in rings if _area(ring) > 0), key=_area)
    shapes = [[ring] for ring in outers]
    for hole in (ring for ring in rings if _area(ring) < 0):
        inside = (hole[0][0] + _beside(hole)[0], hole[0][1] + _beside(hole)[1])
        around = next(shape for shape in shapes if _holds(shape[0], inside))
        around.append(hole)
    return [[_placed(ring, cells) for ring in shape] for shape in shapes]


def _rings(is_reached: Array) -> list[list[Corner]]:
    """Follow the borders of the reached cells, those on the left; corners are (column, row)."""
    padded = np.pad(is_reached, 1)
    inner = padded[1:-1, 1:-1]
    onward: dict[Corner, list[Corner]] = defaultdict(list)
    sides = (
        (padded[:-2, 1:-1], (0, 0), (1, 0)),  # where nobody is to the south, eastwards
        (padded[1:-1, 2:], (1, 0), (1, 1)),
        (padded[2:, 1:-1], (1, 1), (0, 1)),
        (padded[1:-1, :-2], (0, 1), (0, 0)),
    )
    for beyond, begin, end in sides:
        for row, column in np.argwhere(inner & ~beyond).tolist():
            onward[column + begin[0], row + begin[1]].append((column + end[0], row + end[1]))
    left = {(here, there) for here, ends in onward.items() for there in ends}
    rings = []
    while left:
        rings.append(_followed(onward, left))
    return rings


def _followed(onward: dict[Corner, list[Corner]], left: set[tuple[Corner, Corner]]) -> list[Corner]:
    """Take one ring out of the sides that are left, and return its corners; where two borders meet it stays with its own cells."""
    first = here, there = min(left)
    ring = []
    while True:
        left.discard((here, there))
        came = (there[0] - here[0], there[1] - here[1])
        turns = {came[0] * (end[1] - there[1]) - came[1] * (end[0] - there[0]): end for end in onward[there]}
        following = turns[max(turns)]
        if (following[0] - there[0], following[1] - there[1]) != came:
            ring.append(there)
        here, there = there, following
        if (here, there) == first:
            return ring


def _area(ring: Sequence[Corner]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _beside(ring: Sequence[Corner]) -> tuple[float, float]:
    """Return a small step from the first corner into the cells to the left of the ring's first side."""
    (x, y), (u, v) = ring[0], ring[1]
    east, north = np.sign(u - x), np.sign(v - y)
    return 0.5 * float(east - north), 0.5 * float(north + east)


def _holds(ring: Sequence[Corner], point: tuple[float, float]) -> bool:
    """Tell whether a point lies within a ring, by the sides to the east of it."""
    x, y = point
    within = False
    for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if a == c and a > x and min(b, d) < y < max(b, d):
            within = not within
    return within


def _placed(ring: Sequence[Corner], cells: Cells) -> Ring:
    corners = [*ring, ring[0]]
    return [
        (round(cells.west + column * cells.step_lon, 6), round(cells.south + row * cells.step_lat, 6))
        for column, row in corners
    ]
