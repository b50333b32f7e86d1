"""A second opinion on journeys: every trip of three days is tried in every round. Slow, obvious, and none of the product's code.

It reads the files of a feed by itself, so that reading too is held against it.
"""

import csv
import io
from copy import copy
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

import numpy as np
from numba import njit

FAR = 2**30
DAY_S = 86_400


class Oracle:
    """One feed, as it is written."""

    def __init__(self, files, *, stays_seated=False):
        """Read what a journey needs; ``stays_seated`` lets one ride through from one trip of a block into the next."""
        self.stays_seated = stays_seated
        self.stops = [row["stop_id"] for row in _rows(files, "stops.txt")]
        self.number = {stop: n for n, stop in enumerate(self.stops)}
        self.trips = {row["trip_id"]: row for row in _rows(files, "trips.txt")}
        self.calls = {trip: [] for trip in self.trips}
        for row in _rows(files, "stop_times.txt"):
            self.calls[row["trip_id"]].append(row)
        for calls in self.calls.values():
            calls.sort(key=lambda row: int(row["stop_sequence"]))
            _fill_in(calls)
        self.weeks = {row["service_id"]: row for row in _rows(files, "calendar.txt")}
        self.dates = {
            (row["service_id"], row["date"]): row["exception_type"] for row in _rows(files, "calendar_dates.txt")
        }
        self.walks = {}
        self.stays = {}
        for row in _rows(files, "transfers.txt"):
            if row["transfer_type"] in ("4", "5"):
                self.stays[row["from_trip_id"], row["to_trip_id"]] = row["transfer_type"] == "4"
                continue
            pair = self.number[row["from_stop_id"]], self.number[row["to_stop_id"]]
            self.walks[pair] = FAR if row["transfer_type"] == "3" else int(row["min_transfer_time"] or 0)
        self.is_mirrored, self._days = False, {}

    def runs(self, service, day):
        """Tell whether a service runs on a day."""
        changed = self.dates.get((service, f"{day:%Y%m%d}"))
        if changed:
            return changed == "1"
        week = self.weeks.get(service)
        return (
            bool(week)
            and week["start_date"] <= f"{day:%Y%m%d}" <= week["end_date"]
            and week[f"{day:%A}".lower()] == "1"
        )

    @cached_property
    def mirror(self):
        """The same feed with time and direction run backwards: who leaves at ``t`` arrives at ``-t``."""
        other = copy(self)
        other.is_mirrored, other._days = True, {}
        return other

    def day(self, day):
        """Return all calls of all trips around a day: trip by trip, stop, arrival, departure, may board, may alight."""
        if day not in self._days:
            starts, rows = [0], []
            for offset in (-1, 0, 1):
                on = [
                    trip for trip, row in self.trips.items()
                    if self.calls[trip] and self.runs(row["service_id"], day + timedelta(days=offset))
                ]  # fmt: skip
                for chain in self._chains(on):
                    rows += self._written(chain, offset * DAY_S)
                    starts.append(len(rows))
            pairs = [(b, a, s) if self.is_mirrored else (a, b, s) for (a, b), s in self.walks.items()]
            walks = np.array([each for each in pairs if each[0] != each[1] and each[2] < FAR], dtype=np.int32)
            change = np.array([self.walks.get((n, n), 0) for n in range(len(self.stops))], dtype=np.int32)
            self._days[day] = (
                np.array(starts, dtype=np.int32), np.array(rows, dtype=np.int32).reshape(-1, 5), walks.reshape(-1, 3), change,
            )  # fmt: skip
        return self._days[day]

    def _chains(self, trips):
        """Return the trips of a day as rows of trips that one vehicle makes on end, with the same people in it."""
        if not self.stays_seated:
            return [[trip] for trip in trips]
        onward = self._onward(trips)
        begun = {after for afters in onward.values() for after in afters}
        chains = []

        def follow(chain):
            for after in onward.get(chain[-1], []):
                follow([*chain, after])
            if not onward.get(chain[-1]):
                chains.append(chain)

        for trip in trips:
            if trip not in begun:
                follow([trip])
        return chains

    def _onward(self, trips):
        """Return into which trips, of those that run, each goes on: as the feed names them, else as their block does."""
        running, last, onward = set(trips), {}, {}
        for (one, other), may in self.stays.items():
            can_be = self.calls[one][-1]["arrive"] <= self.calls[other][0]["leave"]
            if may and can_be and {one, other} <= running:
                onward.setdefault(one, []).append(other)
        named = set(onward)
        for trip in sorted(trips, key=lambda trip: self.calls[trip][0]["leave"]):
            block = self.trips[trip].get("block_id")
            before = last.get(block) if block else None
            if before and before not in named and self.stays.get((before, trip), True):
                onward.setdefault(before, []).append(trip)
            last[block] = trip
        return {
            one: [other for other in others if self._meet(self.calls[one][-1], self.calls[other][0])]
            for one, others in onward.items()
        }

    @staticmethod
    def _meet(end, first):
        return end["stop_id"] == first["stop_id"] and 0 <= first["leave"] - end["arrive"] <= 1800

    def _written(self, chain, shift):
        calls = []
        for trip in chain:
            own = [
                (self.number[c["stop_id"]], c["arrive"] + shift, c["leave"] + shift,
                 c.get("pickup_type") != "1", c.get("drop_off_type") != "1")
                for c in self.calls[trip]
            ]  # fmt: skip
            if (
                calls
            ):  # where one trip becomes the next, nobody boards the one that ends nor alights from the one that begins
                calls[-1], own[0] = (*calls[-1][:3], False, calls[-1][4]), (*own[0][:4], False)
            calls += own
        if self.is_mirrored:
            calls = [(stop, -leave, -arrive, off, on) for stop, arrive, leave, on, off in reversed(calls)]
        return calls

    def arrivals(self, day, begin, end, leave_at, most=14):
        """Return the earliest arrival with at most 0, 1, … rides; ``FAR`` where there is none."""
        told, _best = _rounds(*self.day(day), self.number[begin], self.number[end], leave_at, most)
        return told.tolist()

    def everywhere(self, day, begin, leave_at, most=14):
        """Return when one stands at each stop at the earliest, by vehicle, by one walk after it, or by one walk alone."""
        _starts, _rows, walks, _change = self.day(day)
        _told, best = _rounds(*self.day(day), self.number[begin], -1, leave_at, most)
        there = best.tolist()
        for a, b, s in walks.tolist():
            there[b] = min(
                there[b], int(best[a]) + s if best[a] < FAR else FAR, leave_at + s if a == self.number[begin] else FAR
            )
        there[self.number[begin]] = min(there[self.number[begin]], leave_at)
        return there

    def latest(self, day, begin, end, arrive_by):
        """Return the last second at which one may leave and be there by vehicle in time; None where never, by halving."""
        low, high = -DAY_S, arrive_by
        if self._by_vehicle(day, begin, end, low) > arrive_by:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._by_vehicle(day, begin, end, middle) <= arrive_by else (low, middle)
        return low

    def worth_taking(self, day, begin, end, first, last, most=8):
        """Return all (departure, arrival, rides) by vehicle in a span that nothing beats, found by trying each departure."""
        _starts, rows, walks, _change = self.day(day)
        origin = self.number[begin]
        times = set()
        for stop, s in [(origin, 0)] + [(int(b), int(s)) for a, b, s in walks if a == origin]:
            times |= set((rows[(rows[:, 0] == stop) & (rows[:, 3] == 1), 2] - s).tolist())
        found = set()
        for leave_at in sorted(t for t in times if first <= t <= last):
            told = self.arrivals(day, begin, end, leave_at, most)
            walk = told[0]
            found |= {(leave_at, at, k) for k, at in enumerate(told) if k and at < FAR and (at < walk or walk >= FAR)}
        later = self.arrivals(day, begin, end, last + 1, most)
        found = {(leave_at, at, k) for leave_at, at, k in found if at < later[k]}
        return {each for each in found if not any(_beats(other, each) for other in found)}

    def arriving(self, day, begin, end, first, last, most=8):
        """Return all (departure, arrival, rides) that arrive in a span and that nothing beats: the same, backwards."""
        told = self.mirror.worth_taking(day, end, begin, -last, -first, most)
        return {(-at, -leave_at, rides) for leave_at, at, rides in told}

    def _by_vehicle(self, day, begin, end, leave_at):
        told, _best = _rounds(*self.day(day), self.number[begin], self.number[end], leave_at, 14, False)
        return int(told[-1])


def check(oracle, day, begin, end, found, names):
    """Walk a journey leg by leg: boards and alights where it may, changes in time, and its ends are what it says.

    ``names`` are the product's trip ids by number; nothing else of the product is asked.
    """
    at, stop = found.leave_at, oracle.number[begin]
    for n, ride in enumerate(found.rides):
        trip = names[ride.trip]
        assert oracle.runs(oracle.trips[trip]["service_id"], day + timedelta(seconds=ride.shift))
        calls = oracle.calls[trip]
        on, off = calls[ride.board], calls[ride.alight]
        assert ride.board < ride.alight
        assert on.get("pickup_type") != "1"
        assert off.get("drop_off_type") != "1"
        boards = oracle.number[on["stop_id"]]
        needs = 0 if n == 0 and boards == stop else oracle.walks.get((stop, boards), 0 if stop == boards else FAR)
        assert on["leave"] + ride.shift >= at + needs, (n, at, needs, on)
        if n == 0:
            assert on["leave"] + ride.shift == at + needs  # nobody leaves sooner than they must
        at, stop = off["arrive"] + ride.shift, oracle.number[off["stop_id"]]
    goal = oracle.number[end]
    assert found.arrive_at == at + (0 if stop == goal else oracle.walks[stop, goal])


def _beats(one, other):
    return one != other and one[0] >= other[0] and one[1] <= other[1] and one[2] <= other[2]


def _rows(files, name):
    if name not in files:
        return []
    reader = csv.DictReader(io.StringIO(files[name].decode("utf-8-sig")), skipinitialspace=True)
    return [{key.strip(): (value or "").strip() for key, value in row.items() if key} for row in reader]


def _seconds(text):
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _fill_in(calls):
    """Give each call its times; between two that have some, those without lie evenly."""
    timed = [n for n, row in enumerate(calls) if row["arrival_time"] or row["departure_time"]]
    for n in timed:
        row = calls[n]
        row["arrive"] = _seconds(row["arrival_time"] or row["departure_time"])
        row["leave"] = _seconds(row["departure_time"] or row["arrival_time"])
    for a, b in pairwise(timed):
        for n in range(a + 1, b):
            span = calls[b]["arrive"] - calls[a]["leave"]
            calls[n]["arrive"] = calls[n]["leave"] = calls[a]["leave"] + span * (n - a) // (b - a)


@njit
def _rounds(starts, rows, walks, change, begin, end, leave_at, most, on_foot=True):  # noqa: C901, PLR0912, PLR0917 - one look at it is the point
    """Try every trip in every round; return the earliest arrivals with at most 0, 1, … ``most`` rides, and by vehicle at each stop.

    Left out is only what cannot matter: a trip that is over before one sets out, one that sets out when one is there
    already, and all rounds after one that changed nothing. Without an ``end`` (-1) every stop is the goal.
    """
    ready = np.full(len(change), FAR, dtype=np.int64)
    ready[begin] = leave_at
    told = np.full(most + 1, FAR, dtype=np.int64)
    if begin == end and on_foot:
        told[0] = leave_at
    for n in range(len(walks)):
        if walks[n, 0] == begin:
            ready[walks[n, 1]] = leave_at + walks[n, 2]
            if walks[n, 1] == end and on_foot:
                told[0] = leave_at + walks[n, 2]
    best = np.full(len(change), FAR, dtype=np.int64)
    for k in range(1, most + 1):
        changed = False
        told[k] = told[k - 1]
        for trip in range(len(starts) - 1):
            if rows[starts[trip + 1] - 1, 2] < leave_at or rows[starts[trip], 2] >= told[k - 1]:
                continue
            on = False
            for n in range(starts[trip], starts[trip + 1]):
                stop = rows[n, 0]
                if on and rows[n, 4] and rows[n, 1] < best[stop]:
                    best[stop] = rows[n, 1]
                    changed = True
                if rows[n, 3] and ready[stop] <= rows[n, 2]:
                    on = True
        if not changed:
            told[k:] = told[k - 1]
            break
        if end >= 0:
            told[k] = min(told[k], best[end])
        for stop in range(len(change)):
            if best[stop] < FAR and change[stop] < FAR:
                ready[stop] = min(ready[stop], best[stop] + change[stop])
        for n in range(len(walks)):
            if best[walks[n, 0]] < FAR:
                at = best[walks[n, 0]] + walks[n, 2]
                ready[walks[n, 1]] = min(ready[walks[n, 1]], at)
                if walks[n, 1] == end:
                    told[k] = min(told[k], at)
    return told, best
