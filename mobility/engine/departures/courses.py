"""The ways that a line takes: its stops in order, its line on the map, and the days on which anything runs there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from mobility.engine.network import Network
from mobility.engine.timetable.arrays import Array

SHOWN_DAYS = 14
"""So many days are told one by one."""


@dataclass(frozen=True)
class Course:
    """One way of a line. ``trip`` is one of its trips, as an example; ``direction`` is -1 where none is told.

    ``a_day`` is how many vehicles go on a day on which any does. ``weekdays`` (Monday is 0) are those on which it usually runs,
    ``days`` those of the next two weeks on which it does.
    """

    trip: int
    direction: int
    stops: tuple[int, ...]
    a_day: int
    weekdays: tuple[int, ...]
    days: tuple[date, ...]


def courses_of(network: Network, route: int, today: date) -> Sequence[Course]:
    """Return the ways of a line, those in one direction together, in each the most frequent first; none that runs no more."""
    table = network.timetable
    trips = np.flatnonzero(network.feed.trip_route == route)
    direction = network.feed.directory.trip_direction[trips].astype(np.int64)
    key = table.trip_pattern[trips].astype(np.int64) * 3 + direction + 1
    found = [_course(network, trips[key == each], today) for each in np.unique(key).tolist()]
    return sorted(
        (each for each in found if each is not None), key=lambda each: (each.direction, -each.a_day, each.trip)
    )


def _course(network: Network, trips: Array, today: date) -> Course | None:
    table, trip = network.timetable, int(trips[0])
    begin = max(0, (today - table.first_day).days)
    running = table.runs[table.trip_service[trips], begin:].sum(axis=0)
    days = np.flatnonzero(running)
    if not len(days):
        return None
    pattern = table.trip_pattern[trip]
    calls = slice(int(table.pattern_start[pattern]), int(table.pattern_start[pattern + 1]))
    first = table.first_day + timedelta(days=begin)
    told = [first + timedelta(days=n) for n in days.tolist()]
    return Course(
        trip=trip, direction=int(network.feed.directory.trip_direction[trip]),
        stops=tuple(table.pattern_stop[calls].tolist()), a_day=round(float(running[days].mean())),
        weekdays=_usual(running, first.weekday()),
        days=tuple(each for each in told if each < today + timedelta(days=SHOWN_DAYS)),
    )  # fmt: skip


def _usual(running: Array, first: int) -> tuple[int, ...]:
    """Return the weekdays on which something runs at least every other time; ``first`` is that of the first day."""
    weekday = (first + np.arange(len(running))) % 7
    runs, all_ = (np.bincount(weekday[each], minlength=7) for each in (running > 0, running >= 0))
    return tuple(np.flatnonzero((runs > 0) & (2 * runs >= all_)).tolist())
