"""One feed in two ways: with running data laid over it, and rewritten with the same by other code.

Sources tell in their own words (delays, instants, numbers of calls, stops); the rewriting knows only what was meant.
"""

from datetime import date, timedelta

import numpy as np

from mobility.engine.live import Catalogue, Gathering, overlaid
from mobility.engine.live.news import CallNews, TripNews, TripRef
from mobility.engine.search import Ends, earliest_arrival, search_range
from mobility.engine.timetable import ALIGHT, BOARD, lanes_of
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.engine.live.rewriting import Word, rewritten, rows, seconds
from tests.mobility.feeds import read
from tests.mobility.oracle import Oracle

DAY = date(2026, 6, 10)


class Pair:
    """One feed in two ways: with changes laid over it, and rewritten. ``files`` have no blank times."""

    def __init__(self, files, feed, words, dice, day=DAY):
        self.day, self.timetable = day, timetable_of(feed)
        self.feed, self.words = feed, words
        self.files = rewritten(files, words)
        self.rewritten = read(self.files)
        self.calls = {}
        for row in rows(files, "stop_times.txt"):
            self.calls.setdefault(row["trip_id"], []).append(row)
        for calls in self.calls.values():
            calls.sort(key=lambda row: int(row["stop_sequence"]))
        self.catalogue = catalogue_of(feed, self.timetable, self.calls)
        gathering = Gathering()
        news = [self._told(word, dice) for word in words]
        matched = gathering.take(news, self.catalogue, self.catalogue.midnight(day) + 43_200)
        assert (matched.trips, dict(matched.unmatched)) == (len(words), {}), matched.examples
        self.overlay = overlaid(self.timetable, gathering.changes())
        self.number = {stop: n for n, stop in enumerate(feed.stop_id)}
        self._lanes = {}

    def _told(self, word, dice):
        """Tell a word as some source would."""
        midnight = self.catalogue.midnight(word.day)
        if word.added:
            calls = [
                CallNews(stop_id=stop, arrival_at=midnight + arrival, departure_at=midnight + departure)
                for stop, arrival, departure in word.added
            ]
            return TripNews(TripRef(word.trip_id, start_day=word.day), "added", calls)
        kind = "canceled" if word.is_canceled else "planned"
        by_sequence = dice.random() < 0.7 or self._calls_twice(word.trip_id)
        calls = [self._call(word, n, said, midnight, by_sequence, dice) for n, said in sorted(word.calls.items())]
        return TripNews(TripRef(word.trip_id, start_day=word.day), kind, calls, delay_s=word.delay_s)

    def _call(self, word, n, said, midnight, by_sequence, dice):
        row = self.calls[word.trip_id][n]
        which = {"sequence": int(row["stop_sequence"])} if by_sequence else {"stop_id": row["stop_id"]}
        if isinstance(said, str):
            return CallNews(**which, kind=said)
        told = {}
        for name, delay in zip(("arrival", "departure"), said, strict=True):
            if delay is not None and dice.random() < 0.5:
                told[f"{name}_at"] = midnight + seconds(row[f"{name}_time"]) + delay
            elif delay is not None:
                told[f"{name}_delay_s"] = delay
        return CallNews(**which, **told)

    def _calls_twice(self, trip_id):
        stops = [row["stop_id"] for row in self.calls[trip_id]]
        return len(set(stops)) < len(stops)

    def lanes(self, day):
        if day not in self._lanes:
            base = timetable_of(self.rewritten)
            self._lanes[day] = [
                (self.overlay.lanes(day, is_mirrored=m), lanes_of(base, day, is_mirrored=m)) for m in (False, True)
            ]
        return self._lanes[day]

    def agree(self, day, begin, end, at):
        """Hold all kinds of answers against one another; return how many journeys there were."""
        a, b = self.number[begin], self.number[end]
        (live, base), (live_mirrored, base_mirrored) = self.lanes(day)
        forward = [earliest_arrival(each, Ends.around(each, a), goal(self, b), at) for each in (live, base)]
        assert forward[0] == forward[1], (day, begin, end, at)
        latest = [
            earliest_arrival(each, Ends.around(each, b), goal(self, a, is_mirrored=False), -at)
            for each in (live_mirrored, base_mirrored)
        ]
        assert latest[0] == latest[1], (day, begin, end, at)
        leaving, arriving = self.leaving(day, begin, end, at), self.arriving(day, begin, end, at)
        return len(leaving) + len(arriving)

    def leaving(self, day, begin, end, at):
        """Return the journeys that leave within two hours, the same both ways, each walked."""
        a, b = self.number[begin], self.number[end]
        (live, base), _mirrored = self.lanes(day)
        found = search_range(live, Ends.around(live, a), goal(self, b), at, at + 7200)
        assert told(found) == told(search_range(base, Ends.around(base, a), goal(self, b), at, at + 7200))
        for each in found:
            self.walk(day, live, a, b, each)
        return found

    def arriving(self, day, begin, end, at):
        """Return the journeys that arrive within two hours, the same both ways, each walked."""
        a, b = self.number[begin], self.number[end]
        (live, _base), mirrored = self.lanes(day)
        found, same = (
            search_range(each, Ends.around(each, b), goal(self, a, is_mirrored=False), -at - 7200, -at)
            for each in mirrored
        )
        assert told(found) == told(same), (day, begin, end, at)
        for each in found:
            self.walk(day, live, a, b, each)
        return found

    def walk(self, day, lanes, begin, end, found):
        """Walk a journey by what the overlay says of its trips: it boards and alights where and when it may."""
        at, stop = found.leave_at, begin

        def on_foot(a, b):
            return {int(lanes.walk_to[j]): int(lanes.walk_s[j]) for j in range(*lanes.walk_start[a : a + 2])}[b]

        for n, ride in enumerate(found.rides):
            times = self.overlay.times(ride.trip, day + timedelta(seconds=ride.shift))
            boards, alights = int(times.stop[ride.board]), int(times.stop[ride.alight])
            assert times.leave[ride.board] & BOARD
            assert times.leave[ride.alight] & ALIGHT
            same = 0 if n == 0 else int(lanes.change_s[stop])
            needs = same if boards == stop else on_foot(stop, boards)
            assert times.departure[ride.board] + ride.shift >= at + needs
            at, stop = int(times.arrival[ride.alight]) + ride.shift, alights
        assert found.arrive_at == at + (0 if stop == end else on_foot(stop, end))


def goal(pair, stop, *, is_mirrored=True):
    (live, _base), (live_mirrored, _base_mirrored) = pair.lanes(pair.day)
    return Ends.around(live_mirrored if is_mirrored else live, stop)


def told(found):
    return [(each.leave_at, each.arrive_at, len(each.rides)) for each in found]


def catalogue_of(feed, timetable, calls):
    sequences = [int(row["stop_sequence"]) for trip in feed.trip_id for row in calls[trip]]
    return Catalogue(
        timetable, trip_ids=feed.trip_id, stop_of={stop: n for n, stop in enumerate(feed.stop_id)},
        route_ids=feed.route_id, trip_route=feed.trip_route, sequences=np.array(sequences, dtype="i4"),
    )  # fmt: skip


def words_for(files, feed, count, dice, days):
    """Make up what is said: late, early, cancelled, calls left out, nothing known, trips besides."""
    oracle = Oracle(files)
    running = [
        (trip, day) for trip, row in oracle.trips.items() for day in days
        if oracle.runs(row["service_id"], day) and len(oracle.calls[trip]) > 1 and oracle.calls[trip][0]["leave"] > 1800
    ]  # fmt: skip
    chosen = dice.sample(running, min(count, len(running)))
    words = [_word(trip, day, len(oracle.calls[trip]), dice) for trip, day in chosen]
    for n in range(max(1, count // 10)):
        trip, day = dice.choice(running)
        calls = dice.sample(oracle.calls[trip], min(len(oracle.calls[trip]), 5))
        stops, at, added = list(dict.fromkeys(row["stop_id"] for row in calls)), dice.randrange(20_000, 80_000), []
        for stop in stops:
            added.append((stop, at, at + dice.choice([0, 30])))
            at += dice.randrange(60, 900)
        if len(added) > 1:
            words.append(Word(f"extra{n}", day, added=added))
    return words


def _word(trip, day, count, dice):
    kind = dice.random()
    if kind < 0.15:
        return Word(trip, day, is_canceled=True)
    if kind < 0.25:
        return Word(trip, day, delay_s=dice.randrange(-300, 1800))
    calls = {}
    for n in sorted(dice.sample(range(count), min(count, dice.choice([1, 1, 2, 4])))):
        which = dice.random()
        if which < 0.2:
            calls[n] = "skipped"
        elif which < 0.3:
            calls[n] = "no_data"
        else:
            late = dice.randrange(-240, 2400)
            calls[n] = dice.choice([(late, None), (None, late), (late, late + dice.randrange(60))])
    return Word(trip, day, calls)
