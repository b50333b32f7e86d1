"""The arrays of a timetable. Nothing in them is ever changed: a new feed, or live news, makes new ones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

BOARD, ALIGHT = 1, 2
"""What a pattern's call allows, as bits: to get on, to get off."""
NEVER = -1
"""The change time of a stop at which nobody may change."""
I32 = np.int32
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Timetable:
    """All trips of all days. Stops, patterns, trips and services are numbered from 0; times are seconds of the service day.

    A *pattern* is a row of calls that trips share: the same stops in the same order, with the same leave to get on and off. Its
    calls are ``pattern_stop`` and ``pattern_leave`` in ``[pattern_start[p], pattern_start[p + 1])``. The times of trip ``t`` are
    ``arrival`` and ``departure`` from ``trip_event[t]`` on, one a call. ``runs[s, d]`` says whether service ``s`` runs on the day
    ``first_day + d``. ``change_s`` is what a change at one stop takes; walks lead from stop ``p`` to ``walk_to`` in ``walk_s``,
    both in ``[walk_start[p], walk_start[p + 1])``.
    """

    first_day: date
    runs: Array
    pattern_start: Array
    pattern_stop: Array
    pattern_leave: Array
    trip_pattern: Array
    trip_service: Array
    trip_event: Array
    arrival: Array
    departure: Array
    change_s: Array
    walk_start: Array
    walk_to: Array
    walk_s: Array

    @property
    def stops(self) -> int:
        """Return how many stops there are."""
        return len(self.change_s)

    @property
    def trips(self) -> int:
        """Return how many trips there are."""
        return len(self.trip_pattern)

    @property
    def bytes_an_event(self) -> float:
        """Return what one call of one trip costs in memory, all told."""
        fields = [value for value in vars(self).values() if isinstance(value, np.ndarray)]
        return sum(field.nbytes for field in fields) / max(1, len(self.arrival))

    def services_on(self, day: date) -> Array:
        """Return for each service whether it runs on a day; none does outside the feed's days."""
        column = (day - self.first_day).days
        if 0 <= column < self.runs.shape[1]:
            return self.runs[:, column]
        return np.zeros(len(self.runs), dtype=np.bool_)
