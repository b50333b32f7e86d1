"""Two thousand random questions over one feed, of every kind, each put to the search and to the oracle.

``python -m tests.mobility.second_opinion [FEED …] [--seed N]`` asks two thousand others; the tests ask those of seed 1.
"""

import argparse
import random
import time
from datetime import date, timedelta
from functools import cached_property

from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival, reach_all, search_range
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.demo.town import feeds_around, files_of, names_of, network_around
from tests.mobility.engine.live.pairing import Pair, words_for
from tests.mobility.engine.live.rewriting import clock, rows, text
from tests.mobility.feeds import open_feed, read
from tests.mobility.oracle import FAR, Oracle, check

SPAN_S = 7200
LONG = 14
"""No journey here takes more rides than that; the search for the earliest arrival goes on for as many as it takes."""
DAYS = {
    "kumamoto_merged": [date(2026, 6, 10), date(2026, 6, 13), date(2026, 6, 14), date(2026, 7, 20)],
    "poa_eptc": [date(2019, 5, 15), date(2019, 5, 18)],
    "poa_trensurb": [date(2019, 5, 15), date(2019, 5, 19)],
    "demo": [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3), date(2026, 10, 4), date(2027, 1, 1)],
}
"""By feed the days that are asked for; the first is also that of the running data."""


class Opinion:
    """One feed, and questions to it: the same for the same seed."""

    def __init__(self, name, seed=1):
        """Read the feed twice, by the product and by the oracle."""
        self.name, self.seed, self.days = name, seed, DAYS[name]
        if name == "demo":
            self.feed = network_around(self.days[0])
            self.files, self.names = files_of(self.feed, feeds_around(self.days[0])), names_of(self.feed)
        else:
            self.files, self.feed = open_feed(f"{name}.gtfs.zip" if name.startswith("kumamoto") else f"{name}.zip")
            self.names = self.feed.trip_id
        self.oracle, self.timetable = Oracle(self.files), timetable_of(self.feed)
        self.stops = sorted({call["stop_id"] for calls in self.oracle.calls.values() for call in calls})
        self._lanes = {}

    def ask(self, kind, count):
        """Put questions of one kind to both; return how many of them lead somewhere.

        :raises AssertionError: at the first answer that differs.
        """
        found, dice = 0, self.dice(kind)
        for _ in range(count):
            day, (begin, end), at = dice.choice(self.days), dice.sample(self.stops, 2), dice.randrange(90_000)
            if kind in {"leaving", "arriving"}:
                at = 6 * 3600 + at // 2  # while something runs
            found += bool(KINDS[kind][1](self, day, begin, end, at))
        return found

    def dice(self, kind):
        """Return what draws the questions of a kind: the same whichever kinds are asked before."""
        return random.Random(f"{self.name} {kind} {self.seed}")

    def lanes(self, day):
        """Return a day's lanes, forward and mirrored."""
        if day not in self._lanes:
            self._lanes[day] = lanes_of(self.timetable, day), lanes_of(self.timetable, day, is_mirrored=True)
        return self._lanes[day]

    def ends(self, day, begin, end):
        """Return the lanes and what lies around both stops."""
        forward, mirrored = self.lanes(day)
        number = self.oracle.number
        return forward, mirrored, Ends.around(forward, number[begin]), Ends.around(mirrored, number[end])

    def earliest(self, day, begin, end, at):
        """Arrive at the earliest, on foot alone where that is sooner."""
        forward, _mirrored, start, goal = self.ends(day, begin, end)
        told = self.oracle.arrivals(day, begin, end, at, LONG)
        found = min(earliest_arrival(forward, start, goal, at), told[0])
        assert _far(found) == told[-1], (day, begin, end, at)
        return told[-1] < FAR

    def everywhere(self, day, begin, end, at):
        """Reach every stop there is."""
        forward, _mirrored, start, _goal = self.ends(day, begin, end)
        found = [_far(each) for each in reach_all(forward, start, at).tolist()]
        assert found == self.oracle.everywhere(day, begin, at, LONG), (day, begin, at)
        return sum(each < FAR for each in found) > 1

    def latest(self, day, begin, end, at):
        """Leave at the latest, to be there in time."""
        _forward, mirrored, start, goal = self.ends(day, begin, end)
        found = earliest_arrival(mirrored, goal, start, -at)
        found = None if found >= NOT_REACHED else -found
        assert found == self.oracle.latest(day, begin, end, at), (day, begin, end, at)
        return found is not None

    def leaving(self, day, begin, end, at):
        """Take all that is worth taking of what leaves within two hours; each is walked leg by leg."""
        forward, _mirrored, start, goal = self.ends(day, begin, end)
        found = search_range(forward, start, goal, at, at + SPAN_S)
        assert self.sums(begin, end, found) == self.oracle.worth_taking(day, begin, end, at, at + SPAN_S)
        return self.walked(day, begin, end, found)

    def arriving(self, day, begin, end, at):
        """Take all that is worth taking of what arrives within two hours."""
        _forward, mirrored, start, goal = self.ends(day, begin, end)
        found = search_range(mirrored, goal, start, -at - SPAN_S, -at)
        assert self.sums(begin, end, found) == self.oracle.arriving(day, begin, end, at, at + SPAN_S)
        return self.walked(day, begin, end, found)

    def live(self, _day, begin, end, at):
        """Ask of a day on which trips are late, cancelled, shortened and run besides: laid over, rewritten, and the oracle."""
        pair, oracle, day = self.pair, self.rewritten, self.days[0]
        a, b = pair.number[begin], pair.number[end]
        (live, base), (live_mirrored, base_mirrored) = pair.lanes(day)
        told = oracle.arrivals(day, begin, end, at, LONG)
        start, goal = Ends.around(live, a), Ends.around(live_mirrored, b)
        soonest = [_far(min(earliest_arrival(each, start, goal, at), told[0])) for each in (live, base)]
        assert soonest == [told[-1]] * 2, (begin, end, at)
        if at % 4 == 0:
            latest = [-earliest_arrival(each, goal, start, -at) for each in (live_mirrored, base_mirrored)]
            last = oracle.latest(day, begin, end, at)
            assert latest == [-NOT_REACHED if last is None else last] * 2, (begin, end, at)
        if at % 3 == 0:
            found = self.sums(begin, end, pair.leaving(day, begin, end, at))
            assert found == oracle.worth_taking(day, begin, end, at, at + SPAN_S), (begin, end, at)
            found = self.sums(begin, end, pair.arriving(day, begin, end, at))
            assert found == oracle.arriving(day, begin, end, at, at + SPAN_S), (begin, end, at)
        return told[-1] < FAR

    @cached_property
    def pair(self):
        """The feed with running data of a sixth of its trips, laid over and rewritten."""
        day, files = self.days[0], self.files | {"stop_times.txt": self._timed()}
        feed = read(self.files) if self.name == "demo" else self.feed  # trips that repeat stand there one by one
        days = [day + timedelta(days=n) for n in (-1, 0, 1)]
        dice = self.dice("words")
        return Pair(files, feed, words_for(files, feed, len(feed.trip_id) // 6, dice, days), dice, day)

    @cached_property
    def rewritten(self):
        """The oracle of the rewritten feed."""
        return Oracle(self.pair.files)

    def sums(self, begin, end, found):
        """Return what is compared of journeys; those that take no less than walking all the way are left out."""
        number = self.oracle.number
        on_foot = self.oracle.walks.get((number[begin], number[end]), FAR)
        return {
            (each.leave_at, each.arrive_at, len(each.rides))
            for each in found
            if each.arrive_at - each.leave_at < on_foot
        }

    def walked(self, day, begin, end, found):
        """Walk journeys leg by leg; return how many there are."""
        for each in found:
            check(self.oracle, day, begin, end, each, self.names)
        return len(found)

    def _timed(self):
        """Return stop_times.txt without blanks, as the oracle fills them in."""
        filled = {(trip, call["stop_sequence"]): call for trip, calls in self.oracle.calls.items() for call in calls}
        table = rows(self.files, "stop_times.txt")
        for row in table:
            call = filled[row["trip_id"], row["stop_sequence"]]
            row |= {"arrival_time": clock(call["arrive"]), "departure_time": clock(call["leave"])}
        return text(table)


KINDS = {
    "earliest": (1000, Opinion.earliest), "everywhere": (100, Opinion.everywhere), "latest": (250, Opinion.latest),
    "leaving": (200, Opinion.leaving), "arriving": (150, Opinion.arriving), "live": (300, Opinion.live),
}  # fmt: skip
"""How many of the two thousand questions are of which kind."""


def _far(found):
    return FAR if found >= NOT_REACHED else found


def main():
    """Ask, and say how many questions of each kind lead somewhere."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("feeds", nargs="*", default=list(DAYS), metavar="FEED", help=", ".join(DAYS))
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    for name in told.feeds:
        opinion = Opinion(name, told.seed)
        for kind, (count, _ask) in KINDS.items():
            begun = time.perf_counter()
            found = opinion.ask(kind, count)
            print(
                f"{name} {kind}: {count} agree, {found} lead somewhere, {time.perf_counter() - begun:.1f} s", flush=True
            )


if __name__ == "__main__":
    main()
