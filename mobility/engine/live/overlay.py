"""Running data laid over a timetable: what changed stands behind the timetable's own arrays, in new ones; those stay untouched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from mobility.engine.live.changes import OWN, Changes
from mobility.engine.timetable.arrays import I32, Array, Timetable
from mobility.engine.timetable.days import Lanes, Otherwise, lanes_of


@dataclass(frozen=True)
class Times:
    """One trip of one day, call by call: seconds of the service day, and which of them come from running data."""

    stop: Array
    leave: Array
    arrival: Array
    departure: Array
    is_told: Array


@dataclass(frozen=True)
class Overlay:
    """A timetable as it stands with changes. Trips from ``base.trips`` on are those of their own, named by ``names``."""

    base: Timetable
    timetable: Timetable
    otherwise: Otherwise
    changes: Changes
    names: Sequence[str]
    _row: dict[tuple[int, int], int]

    def lanes(self, day: date, *, is_mirrored: bool = False) -> Lanes:
        """Return the lanes of a day."""
        return lanes_of(self.timetable, day, is_mirrored=is_mirrored, otherwise=self.otherwise)

    def row(self, trip: int, day: date) -> int | None:
        """Return which of the changes is about a trip of a service day; None where it runs as planned."""
        return self._row.get((trip, day.toordinal()))

    def times(self, trip: int, day: date) -> Times:
        """Return how a trip of a service day runs; blank where it was cancelled."""
        row = self.row(trip, day)
        if row is None:
            return planned_times(self.base, trip)
        told = self.changes
        calls = slice(int(told.call[row]), int(told.call[row + 1]))
        return Times(
            told.stop[calls], told.leave[calls], told.arrival[calls], told.departure[calls], told.is_told[calls]
        )


def planned_times(timetable: Timetable, trip: int) -> Times:
    """Return how a trip runs by the timetable."""
    pattern, event = timetable.trip_pattern[trip], int(timetable.trip_event[trip])
    calls = slice(int(timetable.pattern_start[pattern]), int(timetable.pattern_start[pattern + 1]))
    events = slice(event, event + calls.stop - calls.start)
    return Times(
        timetable.pattern_stop[calls], timetable.pattern_leave[calls], timetable.arrival[events],
        timetable.departure[events], np.zeros(calls.stop - calls.start, dtype=np.bool_),
    )  # fmt: skip


def overlaid(timetable: Timetable, changes: Changes) -> Overlay:
    """Return the timetable with the changes laid over it.

    Calls that changed are appended to copies of the times, and patterns that no trip had to copies of the patterns; everything
    else is shared with the timetable, of which nothing is changed.
    """
    own = np.flatnonzero(changes.trip == OWN)
    trip = changes.trip.copy()
    trip[own] = timetable.trips + np.arange(len(own), dtype=I32)
    start, stop, leave, pattern = _patterns(timetable, changes)
    first = (len(timetable.arrival) + changes.call[:-1]).astype(I32)
    runs = np.flatnonzero(changes.call[1:] - changes.call[:-1] > 1)
    live = replace(
        timetable,
        runs=np.concatenate((timetable.runs, np.zeros((1, timetable.runs.shape[1]), dtype=timetable.runs.dtype))),
        pattern_start=start, pattern_stop=stop, pattern_leave=leave,
        trip_pattern=np.concatenate((timetable.trip_pattern, pattern[own])),
        trip_service=np.concatenate((timetable.trip_service, np.full(len(own), len(timetable.runs), dtype=I32))),
        trip_event=np.concatenate((timetable.trip_event, first[own])),
        arrival=np.concatenate((timetable.arrival, changes.arrival)),
        departure=np.concatenate((timetable.departure, changes.departure)),
    )  # fmt: skip
    gone = np.flatnonzero(changes.trip != OWN)
    otherwise = Otherwise(
        trip[runs], changes.day[runs], pattern[runs], first[runs], changes.trip[gone], changes.day[gone]
    )
    row = {(t, day): n for n, (t, day) in enumerate(zip(trip.tolist(), changes.day.tolist(), strict=True))}
    return Overlay(timetable, live, otherwise, changes, [changes.name[n] for n in own.tolist()], row)


def _patterns(timetable: Timetable, changes: Changes) -> tuple[Array, Array, Array, Array]:
    """Return the patterns with those that are new, and the pattern of each change."""
    pattern = np.where(changes.trip == OWN, 0, changes.trip)
    pattern = timetable.trip_pattern[pattern].astype(I32) if timetable.trips else pattern
    known: dict[bytes, int] = {}
    shown: list[slice] = []
    calls = changes.call.tolist()
    for n in np.flatnonzero(changes.has_own_calls).tolist():
        part = slice(calls[n], calls[n + 1])
        key = changes.stop[part].tobytes() + changes.leave[part].tobytes()
        number = known.setdefault(key, len(known))
        if number == len(shown):
            shown.append(part)
        pattern[n] = len(timetable.pattern_start) - 1 + number
    ends = timetable.pattern_start[-1] + np.cumsum([part.stop - part.start for part in shown], dtype=I32)
    nothing = [np.zeros(0, dtype=I32)]
    return (
        np.concatenate((timetable.pattern_start, ends.astype(I32))),
        np.concatenate((timetable.pattern_stop, *([changes.stop[part] for part in shown] or nothing))),
        np.concatenate((timetable.pattern_leave, *[changes.leave[part] for part in shown])).astype(
            timetable.pattern_leave.dtype
        ),
        pattern,
    )
