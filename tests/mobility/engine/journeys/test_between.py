"""A taxi between two rides: from where one line ends to where another begins, held against a plain search through everything."""

import random
from dataclasses import replace
from itertools import product

import pytest

from mobility.engine.journeys import Spot
from mobility.engine.journeys.approaches import Approach
from mobility.engine.journeys.between import by_taxi, pairs_worth_asking
from mobility.engine.journeys.planning import searched
from mobility.engine.journeys.taxis import Offer, Taxis
from mobility.engine.network import Network
from mobility.engine.streets import Straight
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.taxi_quotes import TwinTaxis
from tests.mobility.engine.journeys.test_planning import ask, at, found
from tests.mobility.feeds import read, written

WEST, EAST = [f"W{n}" for n in range(5)], [f"E{n}" for n in range(5)]
PLACES = {name: (32 + n / 100, 130.70) for n, name in enumerate(WEST)} | {
    name: (32 + n / 100, 130.76) for n, name in enumerate(EAST)
}  # a kilometre from stop to stop, and six from one side to the other


def network(trips):
    files = written(" ".join(PLACES), trips)
    rows = [f"{name},{name},{lat},{lon}" for name, (lat, lon) in PLACES.items()]
    files["stops.txt"] = "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows]).encode()
    feed = read(files)
    return Network(feed, timetable_of(feed), Straight())


class Offers:
    """Offers rides between stops as a table says: seconds, and from when on."""

    def __init__(self, table):
        self.table, self.asked = table, []

    def quote(self, rides, ask, network):
        names = network.feed.stop_id
        pairs = [(names[a.stop], names[b.stop]) for a, b in rides]
        self.asked.append(pairs)
        return [self._offer(pair) for pair in pairs]

    def _offer(self, pair):
        told = self.table.get(pair)
        return None if told is None else Offer(told[0], 6000, 900, ">".join(pair), told[1])


def test_a_taxi_joins_two_lines_that_no_feet_would_join():
    town = network({"bus": "W0 8:00, W4 8:10", "train": "E4 8:40, E0 9:00", "later": "E4 9:40, E0 10:00"})
    question = replace(ask(0, 0, "7:50"), start=spot(town, "W0"), goal=spot(town, "E0"), most_direct_s=0)
    assert not found(town, question, {"taxi": Taxis(TwinTaxis())}).plans
    answer = found(town, replace(question, between={"taxi"}), {"taxi": Taxis(TwinTaxis())}, lambda legs: legs[1].price)
    first = min(answer.plans, key=lambda each: each.arrive_at)
    assert [leg.way for leg in first.legs] == ["ride", "taxi", "ride"]
    bus, taxi, train = first.legs
    assert (bus.depart_at, bus.arrive_at, train.depart_at, train.arrive_at) == tuple(
        map(at, ("8:00", "8:10", "8:40", "9:00"))
    )
    assert bus.arrive_at <= taxi.depart_at
    assert taxi.arrive_at == train.depart_at  # it is called for when it is needed
    assert (first.changes, first.fare) == (2, taxi.price)
    assert taxi.price > 800
    assert not found(town, replace(question, between={"taxi"}, most_rides=2), {"taxi": Taxis(TwinTaxis())}).plans


def spot(town, name):
    return Spot(*PLACES[name], town.stop_numbers[name])


def test_so_many_rides_are_asked_for_and_no_more_and_all_of_them_at_once():
    town = network(
        {f"w{n}": f"W0 8:0{n}, W{n + 1} 8:1{n}" for n in range(4)}
        | {f"e{n}": f"E{n} 8:4{n}, E4 8:5{n}" for n in range(4)}
    )
    offers = Offers({})
    question = replace(ask(0, 0, "7:50"), start=spot(town, "W0"), goal=spot(town, "E4"), between=frozenset({"taxi"}))
    found(town, question, {"taxi": Taxis(offers)})
    sizes = {len(asked) for asked in offers.asked}
    assert max(sizes) <= 16
    assert {len(offers.asked)} <= {1, 2, 3}  # once for each span that was looked at


def ways(town, trips, offers, most_rides, is_arriving, when, span):
    """Go through every two parts of one ride or two and every taxi in between; return (leaves, arrives, rides) of all of them."""
    calls = {
        trip: [(stop, at(time)) for stop, time in (call.split() for call in line.split(", "))]
        for trip, line in trips.items()
    }
    hops = [(a, b, t, u) for line in calls.values() for n, (a, t) in enumerate(line) for b, u in line[n + 1 :]]

    def parts(begin=None, end=None):
        one = [(a, b, t, u, 1) for a, b, t, u in hops]
        two = [(a, d, t, v, 2) for a, b, t, u in hops for c, d, w, v in hops if b == c and u <= w and (t, u) != (w, v)]
        return [each for each in one + two if begin in (None, each[0]) and end in (None, each[1])]

    told = set()
    for first, last in product(parts(begin="W0"), parts(end="E4")):
        offer = offers.get((first[1], last[0]))
        rides = first[4] + last[4]
        if offer is None or rides + 1 > most_rides:
            continue
        leaves = last[2] - offer[0]
        if leaves < max(first[3], offer[1]):
            continue
        inside = when - span <= last[3] <= when if is_arriving else when <= first[2] <= when + span
        if inside:
            told.add((first[2], last[3], rides))
    return told


def best(ways):
    """Keep what nothing else beats in leaving, arriving and rides."""
    return {
        one for one in ways
        if not any(other != one and other[0] >= one[0] and other[1] <= one[1] and other[2] <= one[2] for other in ways)
    }  # fmt: skip


@pytest.mark.parametrize("is_arriving", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_every_journey_worth_taking_is_found_that_a_plain_search_finds(seed, is_arriving):
    dice = random.Random(f"between {seed}")
    trips = {}
    for side, begins in ((WEST, at("8:00")), (EAST, at("8:20"))):
        for n in range(dice.randrange(3, 7)):
            stops = sorted(dice.sample(range(5), dice.randrange(2, 5)))
            second, calls = begins + 60 * dice.randrange(70), []
            for stop in stops:
                calls.append(f"{side[stop]} {second // 3600}:{second // 60 % 60:02}")
                second += 60 * dice.randrange(1, 12)
            trips[f"{side[0]}{n}"] = ", ".join(calls)
    since = [-(2**30), at("7:55"), at("8:20"), at("8:45")]
    table = {
        pair: (60 * dice.randrange(8, 20), dice.choice(since))
        for pair in product(WEST[1:], EAST[:4])
        if dice.random() < 0.8
    }
    town, when, span = network(trips), at("10:00" if is_arriving else "8:00"), 7200
    question = replace(
        ask(0, 0, "8:00"), start=spot(town, "W0"), goal=spot(town, "E4"), at=when, span_s=span, is_arriving=is_arriving,
        most_rides=5, most_walk_s=0,
    )  # fmt: skip
    ends = [{town.stop_numbers[name]: Approach(())} for name in ("W0", "E4")]
    got = list(by_taxi(town, question, *ends, Taxis(Offers(table)), searched))
    for each in got:
        rides = len(each.rides)
        taxi = next(leg for leg in each.legs if leg.way == "taxi")
        offer = table[tuple(taxi.offer.split(">"))]
        assert taxi.seconds == offer[0]
        assert taxi.depart_at >= offer[1]
        assert all(one.arrive_at <= other.depart_at for one, other in zip(each.legs, each.legs[1:], strict=False))
        assert rides < question.most_rides
    expected = best(ways(town, trips, table, 5, is_arriving, when, span))
    pairs = pairs_worth_asking(town, question, *ends)
    asked = {(town.feed.stop_id[a], town.feed.stop_id[b]) for a, b in pairs}
    assert best(ways(town, trips, {p: v for p, v in table.items() if p in asked}, 5, is_arriving, when, span)) == best(
        {(each.leave_at, each.arrive_at, len(each.rides)) for each in got}
    )
    first = min(expected, key=lambda way: way[1], default=None)
    assert (min((each.arrive_at for each in got), default=None)) == (first and first[1])
