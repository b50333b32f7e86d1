"""A timetable by its ids, to find what running data means."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from kernel.clock import JST
from mobility.engine.live.news import TripRef
from mobility.engine.timetable.arrays import Array, Timetable

DAY_S = 86_400
LAST = 4_102_444_800


class Unmatched(Exception):
    """What is said cannot be found in the timetable; ``code`` tells why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class Catalogue:
    """Finds trips, stops and routes of one feed; ids are those of the feed itself, numbers those of the timetable.

    ``trip_ids`` stand for the trips from ``first_trip`` on, ``route_ids`` for the routes from ``first_route`` on, where the
    timetable was merged of several feeds. ``directions`` (by trip) and ``sequences`` (by call) may be missing.
    """

    def __init__(
        self, timetable: Timetable, *, trip_ids: Sequence[str], stop_of: dict[str, int], route_ids: Sequence[str],
        trip_route: Array, directions: Array | None = None, sequences: Array | None = None, first_trip: int = 0,
        first_route: int = 0, zone: ZoneInfo = JST,
    ) -> None:  # fmt: skip
        """Index the ids."""
        self.timetable, self.stop_of, self.zone = timetable, stop_of, zone
        self.route_of = {name: n for n, name in enumerate(route_ids, first_route)}
        self._route, self._direction, self._sequence = trip_route, directions, sequences
        self._trips: dict[str, list[int]] = {}
        for n, name in enumerate(trip_ids, first_trip):
            self._trips.setdefault(name, []).append(n)
        self._lengths = np.diff(timetable.pattern_start)
        self._last = first_trip + len(trip_ids)
        self._first = first_trip
        self._starts: dict[tuple[int, int], list[int]] = {}

    def find(self, ref: TripRef, at: int) -> tuple[int, date]:
        """Return the trip that is meant and its service day; where no day is told, the one nearest to the instant ``at``.

        :raises Unmatched: ``unknown_trip``, ``unknown_start`` (it repeats, or is told by its start, and none starts then),
            ``not_on_this_day``.
        """
        found = self._trips.get(ref.trip_id) if ref.trip_id else self._by_start(ref)
        if not found:
            raise Unmatched("unknown_trip" if ref.trip_id else "unknown_start")
        if len(found) > 1:
            found = [trip for trip in found if self.starts_at(trip) == ref.start_s]
            if not found:
                raise Unmatched("unknown_start")
        days = [ref.start_day] if ref.start_day else self._days_around(found[0], at)
        for day in days:
            for trip in found:
                if self.timetable.services_on(day)[self.timetable.trip_service[trip]]:
                    return trip, day
        raise Unmatched("not_on_this_day")

    def trip_named(self, trip_id: str) -> int:
        """Return the first trip of an id, whatever the day.

        :raises Unmatched: ``unknown_trip``.
        """
        if trip_id not in self._trips:
            raise Unmatched("unknown_trip")
        return self._trips[trip_id][0]

    def stop(self, stop_id: str) -> int:
        """Return a stop's number.

        :raises Unmatched: ``unknown_stop``.
        """
        if stop_id not in self.stop_of:
            raise Unmatched("unknown_stop")
        return self.stop_of[stop_id]

    def starts_at(self, trip: int) -> int:
        """Return the second of the service day at which a trip leaves its first stop."""
        return int(self.timetable.departure[self.timetable.trip_event[trip]])

    def calls(self, trip: int) -> tuple[int, int, int]:
        """Return where a trip's times begin, where its pattern begins, and how many calls it has."""
        pattern = self.timetable.trip_pattern[trip]
        begin = int(self.timetable.pattern_start[pattern])
        return int(self.timetable.trip_event[trip]), begin, int(self._lengths[pattern])

    def sequences(self, trip: int) -> list[int]:
        """Return the numbers that the feed gives a trip's calls; none where they are not known."""
        if self._sequence is None:
            return []
        begin, _pattern, count = self.calls(trip)
        sequences: list[int] = self._sequence[begin : begin + count].tolist()
        return sequences

    def midnight(self, day: date) -> int:
        """Return the instant from which a service day's seconds count: noon less twelve hours."""
        return _midnight(day, self.zone)

    def day_of(self, at: int) -> date:
        """Return the day of an instant in the feed's zone.

        :raises Unmatched: ``untimed``, for an instant that cannot be meant.
        """
        if not 0 < at < LAST:
            raise Unmatched("untimed")
        return datetime.fromtimestamp(at, self.zone).date()

    def route(self, trip: int) -> int:
        """Return the number of a trip's route."""
        return int(self._route[trip])

    def _by_start(self, ref: TripRef) -> list[int]:
        """Return the trips of a route, in a direction where it is told, that start at a second of the day."""
        route = self.route_of.get(ref.route_id)
        if route is None or ref.start_s is None:
            return []
        if not self._starts:
            for trip in range(self._first, self._last):
                if self.calls(trip)[2]:
                    self._starts.setdefault((int(self._route[trip]), self.starts_at(trip)), []).append(trip)
        found = self._starts.get((route, ref.start_s), [])
        if ref.direction >= 0 and self._direction is not None:
            found = [trip for trip in found if self._direction[trip] in {ref.direction, -1}]
        return found

    def _days_around(self, trip: int, at: int) -> list[date]:
        """Return three days, first the one on which the trip is under way at the instant, or nearest to it."""
        begin, _pattern, count = self.calls(trip)
        middle = int(self.timetable.departure[begin] + self.timetable.arrival[begin + count - 1]) // 2
        today = self.day_of(at)
        days = [today + timedelta(days=n) for n in (-1, 0, 1)]
        return sorted(days, key=lambda day: abs(self.midnight(day) + middle - at))


def call_by_sequence(sequences: Sequence[int], sequence: int) -> int:
    """Return which call has a number in the feed, -1 where none has; the numbers rise."""
    n = bisect_left(sequences, sequence)
    return n if n < len(sequences) and sequences[n] == sequence else -1


@lru_cache(maxsize=64)
def _midnight(day: date, zone: ZoneInfo) -> int:
    noon = datetime.combine(day, time(12), zone)
    return int(noon.timestamp()) - DAY_S // 2
