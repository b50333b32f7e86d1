"""What is looked through step by step, and no further than it must be, brings the same answer as everything at once."""

import random
from dataclasses import replace
from datetime import date

import pytest

from mobility.engine.journeys import Ask, Spot, plan
from mobility.engine.journeys.approaches import on_foot
from mobility.engine.journeys.bag import worth_showing
from mobility.engine.journeys.planning import MOST_S, SHORT_WALK_S, SPANS, searched
from mobility.engine.network import Network
from mobility.engine.search import NOT_REACHED
from mobility.engine.streets import Gap, Straight
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import needs_open_data, open_feed

pytestmark = [pytest.mark.slow, needs_open_data]
FEEDS = {"kumamoto_merged.gtfs.zip": date(2026, 6, 10), "poa_eptc.zip": date(2019, 5, 15)}


def price(legs):
    """Let rides cost what their calls say, and some of them nobody knows what."""
    rides = [leg for leg in legs if leg.way == "ride"]
    return (
        None if any(leg.trip % 7 == 0 for leg in rides) else sum(150 + 10 * (leg.alight - leg.board) for leg in rides)
    )


def at_once(network, ask):
    """Search each span as a whole, throw away what is too slow only afterwards, and compare all with all."""
    walk = network.streets.way(ask.start[:2], ask.goal[:2], ask.walk).seconds
    start, goal = (
        on_foot(network, ask, spot, is_arriving=side) for side, spot in ((False, ask.start), (True, ask.goal))
    )
    if isinstance(start, Gap) or isinstance(goal, Gap) or not start or not goal:
        return [], False
    for times in SPANS:
        span, found = replace(ask, span_s=ask.span_s * times), {}
        for far in (
            (start, goal),
            *[tuple({s: w for s, w in side.items() if w.seconds <= SHORT_WALK_S} for side in (start, goal))],
        ):
            for each in searched(network, span, *far, NOT_REACHED):
                took = each.arrive_at - each.leave_at
                if took <= MOST_S and (walk > ask.most_direct_s or took < walk):
                    found.setdefault(each.key, replace(each, fare=price(each.legs)))
        if found:
            worth = worth_showing(found.values(), ask.wanted, is_arriving=ask.is_arriving)
            return list(worth.plans), worth.more is not None
    return [], False


@pytest.mark.parametrize("name", FEEDS)
def test_the_answer_is_that_of_everything_at_once(name):
    _files, feed = open_feed(name)
    network, dice, seen, cut = Network(feed, timetable_of(feed), Straight()), random.Random(6), 0, 0
    for n in range(60):
        begin, end = (int(stop) for stop in dice.sample(network.boarded.tolist(), 2))
        start, goal = (Spot(float(feed.stop_lat[s]) + 0.0005, float(feed.stop_lon[s]) + 0.0005) for s in (begin, end))
        ask = Ask(start, goal, FEEDS[name], dice.randrange(90_000), is_arriving=bool(n % 2), wanted=1 + n % 6)
        answer, (plans, is_cut) = plan(network, ask, {}, price), at_once(network, ask)
        assert list(answer.plans) == plans, ask
        assert answer.is_cut == is_cut, ask
        seen, cut = seen + len(plans), cut + is_cut
    assert seen > 60
    assert cut > 10
