"""The departures of a stop as a board shows them: what leaves next, what is late or cancelled, which is the last, and what then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np

from mobility.engine.departures.calls import Calls, calls_at
from mobility.engine.network import Network
from mobility.engine.timetable import BOARD, DAY_S
from mobility.engine.timetable.arrays import Array

State = Literal["planned", "live", "cancelled", "added"]
LATE_S = 3 * 3600
"""Nothing is later than this and still shown."""
AHEAD_S = 30 * 3600
"""So far ahead is looked for what leaves next: to the end of a service day that has just begun."""


class Departure(NamedTuple):
    """One vehicle that leaves a stop; times are seconds after the midnight of the board's day, ``shift`` is its service day.

    ``planned_at`` is by the timetable, ``expected_at`` as it runs; the same where nobody tells. ``live`` is what somebody tells of,
    ``added`` what is not in the timetable; a cancelled one does not run, or not here.
    """

    trip: int
    shift: int
    call: int
    stop: int
    planned_at: int
    expected_at: int
    state: State

    @property
    def delay_s(self) -> int:
        """Return by how much it is late, negative for early."""
        return self.expected_at - self.planned_at


@dataclass(frozen=True)
class Board:
    """What a board shows: the next departures, and whether more follow.

    ``service_shift`` is the service day that still runs (-86400 the day before, past midnight), ``last`` the last departure of it,
    None where the last has gone.
    """

    departures: Sequence[Departure]
    is_cut: bool
    service_shift: int
    last: Departure | None


class NextService(NamedTuple):
    """The next day on which anything leaves, and its first departure in seconds of that day."""

    day: date
    first_at: int


def board_of(
    plan: Network, stops: Sequence[int], day: date, at: int, most: int, *, running: Network | None = None
) -> Board:
    """Return the board of some stops ``at`` seconds after the midnight of ``day``, with at most ``most`` departures.

    ``plan`` is the network by the timetable alone, ``running`` the same as it runs now, if anybody tells.
    """
    found = [each for each in _all(plan, stops, day, at, running) if at <= _shown_at(each) < at + AHEAD_S]
    found.sort(key=lambda each: (_shown_at(each), each.planned_at, each.trip, each.call))
    shift = min((each.shift for each in found if each.state != "cancelled"), default=0)
    shift = min(shift, 0)
    today = [each for each in found if each.shift == shift and each.state != "cancelled"]
    return Board(found[:most], len(found) > most, shift, max(today, key=_shown_at, default=None))


def next_service(plan: Network, stops: Sequence[int], after: date) -> NextService | None:
    """Return the first day later than ``after`` on which anything leaves, None where the timetable ends before."""
    table = plan.timetable
    first = np.flatnonzero(_patterns_at(plan, stops))
    trips = np.flatnonzero(np.isin(table.trip_pattern, first))
    services = np.unique(table.trip_service[trips])
    begin = max(0, (after - table.first_day).days + 1)
    days = np.flatnonzero(table.runs[services, begin:].any(axis=0)) if len(services) else np.zeros(0, dtype=np.int64)
    if not len(days):
        return None
    day = table.first_day + timedelta(days=begin + int(days[0]))
    calls = calls_at(plan.lanes(day), stops, 0, 2 * DAY_S)
    of_day = calls.depart_at[calls.shift == 0]
    return NextService(day, int(of_day.min())) if len(of_day) else None


def _all(plan: Network, stops: Sequence[int], day: date, at: int, running: Network | None) -> list[Departure]:
    """Return everything that leaves about that time, as planned and as it runs."""
    begin, end = at - LATE_S, at + AHEAD_S
    planned = calls_at(plan.lanes(day), stops, begin, end)
    if running is None or running.live is None:
        return [Departure(*row, row[-1], "planned") for row in _rows(planned)]
    now = calls_at(running.lanes(day), stops, begin, end + LATE_S)
    by_plan = dict(zip(planned.keys(), planned.depart_at.tolist(), strict=True))
    told = _Told(running, day)
    found = [_as_it_runs(row, key, by_plan, told) for key, row in zip(now.keys(), _rows(now), strict=True)]
    still = set(now.keys())
    gone = [(key, row) for key, row in zip(planned.keys(), _rows(planned), strict=True) if key not in still]
    found.extend(Departure(*row, row[-1], "cancelled") for key, row in gone if told.is_changed(key))
    return found


class _Told:
    """Remembers of which trips somebody tells how they run."""

    def __init__(self, running: Network, day: date) -> None:
        self._running, self._day = running, day
        self._known: dict[tuple[int, int], tuple[bool, bool]] = {}

    def is_changed(self, key: tuple[int, int, int]) -> bool:
        """Tell whether anything is told of a trip."""
        return self._of(key)[0]

    def is_live(self, key: tuple[int, int, int]) -> bool:
        """Tell whether its times are told."""
        return self._of(key)[1]

    def _of(self, key: tuple[int, int, int]) -> tuple[bool, bool]:
        trip, shift, _call = key
        if (trip, shift) not in self._known:
            day = self._day + timedelta(seconds=shift)
            is_changed = self._running.live is not None and self._running.live.row(trip, day) is not None
            is_live = is_changed and bool(self._running.times(trip, day).is_told.any())
            self._known[trip, shift] = is_changed, is_live
        return self._known[trip, shift]


def _as_it_runs(
    row: tuple[int, int, int, int, int],
    key: tuple[int, int, int],
    by_plan: Mapping[tuple[int, int, int], int],
    told: _Told,
) -> Departure:
    planned_at = by_plan.get(key)
    if planned_at is None:
        return Departure(*row, row[-1], "added" if told.is_changed(key) else "planned")
    return Departure(*row[:-1], planned_at, row[-1], "live" if told.is_live(key) else "planned")


def _rows(calls: Calls) -> list[tuple[int, int, int, int, int]]:
    return list(zip(*(column.tolist() for column in calls), strict=True))


def _shown_at(each: Departure) -> int:
    return each.planned_at if each.state == "cancelled" else each.expected_at


def _patterns_at(network: Network, stops: Sequence[int]) -> Array:
    """Return for each pattern whether one can board it at one of the stops."""
    table = network.timetable
    may_board = np.isin(table.pattern_stop, list(stops)) & ((table.pattern_leave & BOARD) > 0)
    may_board[table.pattern_start[1:][np.diff(table.pattern_start) > 0] - 1] = False
    pattern = np.repeat(np.arange(len(table.pattern_start) - 1), np.diff(table.pattern_start))
    found: Array = np.zeros(len(table.pattern_start) - 1, dtype=np.bool_)
    found[pattern[may_board]] = True
    return found
