"""What is said of a followed journey, held against a feed that was rewritten with the same news and read by other code."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from mobility.engine.journeys import Ask, plan
from mobility.engine.journeys.approaches import spot_of
from mobility.engine.journeys.following import standing_of
from mobility.engine.journeys.instead import instead
from mobility.engine.network import Network
from mobility.engine.streets import Straight
from tests.mobility.engine.live.test_oracle import Pair, town, words_for
from tests.mobility.feeds import read
from tests.mobility.oracle import FAR, Oracle

DAY = date(2026, 6, 10)


class Town:
    """A small town on a day on which much goes wrong, in both ways."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.files = town(dice)
        del self.files["transfers.txt"]
        self.files["transfers.txt"] = b"from_stop_id,to_stop_id,transfer_type,min_transfer_time\nA,A,2,120\nB,B,2,60"
        feed = read(self.files)
        self.pair = Pair(self.files, feed, words_for(self.files, feed, 8, dice, [DAY]), dice)
        self.base = Network(feed, self.pair.timetable, Straight())
        self.live = self.base.with_live(self.pair.overlay)
        self.oracle = Oracle(self.pair.files)
        self.words = {(word.trip_id, word.day) for word in self.pair.words}
        self.cancelled = {(word.trip_id, word.day) for word in self.pair.words if word.is_canceled}

    def ask(self, begin, goal, at):
        """Ask from stop to stop; nobody walks."""
        start, end = (spot_of(self.base, self.base.stop_numbers[stop]) for stop in (begin, goal))
        return Ask(start, end, DAY, at, most_walk_s=1, most_direct_s=1, span_s=4 * 3600, wanted=20)

    def journeys(self, network, ask):
        return plan(network, ask, {}, lambda _legs: None).plans

    def calls(self, leg):
        """Return what a ride's vehicle calls at, by stop, as the rewritten feed has it; None where it does not run."""
        name, day = self.base.trip_name(leg.trip), DAY + timedelta(seconds=leg.shift)
        if (name, day) in self.cancelled:
            return None
        new = f"{name}~{day:%Y%m%d}" if (name, day) in self.words else name
        return {call["stop_id"]: call for call in self.oracle.calls[new]}

    def broken(self, legs):
        """Return the first thing in the way, found by reading the rewritten feed leg by leg; and where one gets to before."""
        ready = -FAR
        for n, leg in enumerate(legs):
            calls = self.calls(leg)
            on, off = (self.base.feed.stop_id[each.stop] for each in (leg.start, leg.end))
            if calls is None:
                return "cancelled", n
            if on not in calls:
                return "skipped", n
            if calls[on]["leave"] + leg.shift < ready:
                return "missed", n
            if off not in calls:
                return "skipped", n
            ready = calls[off]["arrive"] + leg.shift + self.oracle.walks.get((self.base.stop_numbers[off],) * 2, 0)
        return None


@pytest.mark.parametrize("seed", range(12))
def test_what_is_in_the_way_and_every_time_are_those_of_the_rewritten_feed(seed):
    here, broken, whole = Town(seed), 0, 0
    stops = here.base.feed.stop_id
    for begin in stops:
        for goal in stops:
            for journey in here.journeys(here.base, here.ask(begin, goal, 6 * 3600)) if begin != goal else []:
                standing = standing_of(here.live, DAY, journey.legs, (), 5 * 3600)
                assert standing.trouble == here.broken(journey.legs)
                broken, whole = broken + (standing.trouble is not None), whole + (standing.trouble is None)
                for (leg, state), planned in zip(standing.legs, journey.legs, strict=True):
                    calls = here.calls(planned)
                    if state in {"planned", "live"} and calls:
                        on, off = (calls[stops[each.stop]] for each in (planned.start, planned.end))
                        assert (leg.depart_at, leg.arrive_at) == (on["leave"] + leg.shift, off["arrive"] + leg.shift)
    assert broken
    assert whole


@pytest.mark.parametrize("seed", range(12))
def test_what_one_can_do_instead_arrives_as_early_as_anything_in_the_rewritten_feed(seed):
    here, dice, compared, sat = Town(seed), random.Random(seed), 0, 0
    stops = here.base.feed.stop_id
    for begin in stops:
        for goal in stops:
            for journey in here.journeys(here.base, here.ask(begin, goal, 6 * 3600)) if begin != goal else []:
                at = dice.randrange(journey.leave_at - 600, journey.arrive_at + 600) // 60 * 60
                held = standing_of(here.live, DAY, journey.legs, (), journey.leave_at - 900).held
                standing = standing_of(here.live, DAY, journey.legs, held, at)
                if standing.trouble is None or standing.phase.kind == "before":
                    continue
                found = instead(here.live, here.ask(begin, goal, at), standing, at, {}, lambda _legs: None)
                best = min(earliest(here, standing, goal, at), default=FAR)
                if best > at + 43_200:  # tomorrow's, of which those shown wait no longer than twelve hours on the way
                    continue
                assert found[0].arrive_at == best
                compared, sat = compared + 1, sat + (standing.phase.next_call >= 0)
                for each in found:
                    for before, after in pairwise(each.legs):
                        assert after.depart_at >= before.arrive_at
    assert compared


def earliest(here, standing, goal, at):
    """Give out when one arrives by each thing that can be done, tried one after the other."""
    leg = standing.legs[standing.phase.leg].leg
    stops, change = here.base.feed.stop_id, {"A": 120, "B": 60}
    if standing.phase.next_call < 0:
        yield here.oracle.arrivals(DAY, stops[leg.start.stop], goal, at, most=14)[-1]
        return
    for stop, call in (here.calls(leg) or {}).items():
        arrives = call["arrive"] + leg.shift
        if arrives > at:
            if stop == goal:
                yield arrives
            yield here.oracle.arrivals(DAY, stop, goal, arrives + change.get(stop, 0), most=14)[-1]
