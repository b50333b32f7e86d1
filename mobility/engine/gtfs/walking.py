"""Walks between stops where no feed tells any and no streets are known: the straight line, made longer, at a walker's pace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mobility.engine.gtfs.places import STOP
from mobility.engine.timetable.arrays import Array

EARTH_M = 6_371_008.8
"""The earth's mean radius (IUGG)."""


class StopPlaces(NamedTuple):
    """The stops of a network with their places in degrees; ``kind`` is location_type, ``parent`` -1 for none."""

    ids: Sequence[str]
    names: Sequence[str]
    lat: Array
    lon: Array
    kind: Array
    parent: Array


WalksBetween = Callable[[StopPlaces], Sequence[tuple[int, int, int]]]
"""Given the stops, tells walks as (from, to, seconds), and with both ends the same what a change there takes."""


@dataclass(frozen=True)
class StraightWalks:
    """Walks to every stop within ``reach_m`` as the crow flies.

    A way is taken to be ``detour`` times as long as the straight line and walked at ``speed_m_s``; a change at one stop takes
    ``change_s``, and no walk takes less than that.
    """

    reach_m: float = 400.0
    detour: float = 1.3
    speed_m_s: float = 1.2
    change_s: int = 120

    def __call__(self, stops: StopPlaces) -> Sequence[tuple[int, int, int]]:
        """Return the walks between all stops at which vehicles call."""
        calls = np.flatnonzero(stops.kind == STOP)
        begins, ends = _neighbours(stops.lat[calls], stops.lon[calls], self.reach_m)
        begins, ends = calls[begins], calls[ends]
        metres = distances_m(stops.lat[begins], stops.lon[begins], stops.lat[ends], stops.lon[ends])
        near = (metres <= self.reach_m) & (begins != ends)
        seconds = np.ceil(metres[near] * self.detour / self.speed_m_s).astype(np.int64)
        seconds = np.maximum(seconds, self.change_s)
        walks = zip(begins[near].tolist(), ends[near].tolist(), seconds.tolist(), strict=True)
        return [*((stop, stop, self.change_s) for stop in calls.tolist()), *walks]


def distances_m(lat: Array, lon: Array, other_lat: Array, other_lon: Array) -> Array:
    """Return great-circle distances in metres between places in degrees (haversine)."""
    a, b = np.radians(lat), np.radians(other_lat)
    turn = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(other_lon - lon) / 2) ** 2
    metres: Array = 2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(turn, 1)))
    return metres


def _neighbours(lat: Array, lon: Array, reach_m: float) -> tuple[Array, Array]:
    """Return pairs of places that lie in the same field of a grid or in fields that touch; none within reach is missing."""
    height = np.degrees(reach_m / EARTH_M)
    widest = np.cos(np.radians(min(float(np.abs(lat).max(initial=0)) + height, 89.0)))
    rows, columns = np.floor(lat / height).astype(np.int64), np.floor(lon / (height / widest)).astype(np.int64)
    stride = np.int64(2**31)
    fields = rows * stride + columns
    order = np.argsort(fields, kind="stable")
    ordered = fields[order]
    begins, ends = [], []
    for row in (-1, 0, 1):
        first = np.searchsorted(ordered, fields + row * stride - 1)
        counts = np.searchsorted(ordered, fields + row * stride + 1, side="right") - first
        starts = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        begins.append(np.repeat(np.arange(len(lat)), counts))
        ends.append(order[starts + np.arange(counts.sum())])
    return np.concatenate(begins), np.concatenate(ends)
