"""How late a vehicle is that tells only where it is: laid onto the way between its stops, and held against the timetable."""

from typing import NamedTuple

import numpy as np

from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.timetable.arrays import Array

OFF_WAY_M = 400.0
"""Whoever is further from the way between all stops is not on it."""
SURE_M = 120.0
"""So far beside the straight line between two stops a road may lead; of ways within it the one that fits the time is taken."""


class Run(NamedTuple):
    """A trip call by call: where, in degrees, and when, in seconds of the service day."""

    lat: Array
    lon: Array
    arrival: Array
    departure: Array


class Progress(NamedTuple):
    """Where on its trip a vehicle is: the call it comes to next, and how late it is, in seconds, negative for early."""

    call: int
    late_s: int


def progress(run: Run, lat: float, lon: float, second: int) -> Progress | None:
    """Return how far a vehicle is that stands at a place at a second of the service day; None where it is off its way."""
    if len(run.lat) < 2:
        return None
    squeeze = np.cos(np.radians(lat))
    x, y = (run.lon - lon) * squeeze * METRES_A_DEGREE, (run.lat - lat) * METRES_A_DEGREE
    dx, dy = np.diff(x), np.diff(y)
    length = np.maximum(dx * dx + dy * dy, 1.0)
    along = np.clip(-(x[:-1] * dx + y[:-1] * dy) / length, 0.0, 1.0)
    away = np.hypot(x[:-1] + along * dx, y[:-1] + along * dy)
    if away.min() > OFF_WAY_M:
        return None
    planned = run.departure[:-1] + along * (run.arrival[1:] - run.departure[:-1])
    late = second - planned
    waits = (along == 0.0) & (second >= run.arrival[:-1]) & (second <= run.departure[:-1])
    late = np.where(waits, 0.0, late)
    candidates = np.flatnonzero(away <= max(SURE_M, float(away.min())))
    best = int(candidates[np.argmin(np.abs(late[candidates]))])
    return Progress(best + 1, round(float(late[best])))
