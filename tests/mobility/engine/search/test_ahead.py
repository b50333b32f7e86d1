"""What lies ahead of a stop is never more than what a search then takes, and a search that heeds it misses nothing."""

import random
from datetime import date

import numpy as np
import pytest

from mobility.engine.search import (
    NOT_REACHED,
    Ahead,
    Ends,
    earliest_arrival,
    first_departure,
    look_ahead,
    search_range,
)
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.arrays import I32
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import needs_open_data, open_feed

pytestmark = [pytest.mark.slow, needs_open_data]  # a real town's day is laid out
MOST_RIDES = 8


@pytest.fixture(scope="module", params=[False, True], ids=["leaving", "arriving"])
def lanes(request):
    _files, feed = open_feed("poa_eptc.zip")
    return lanes_of(timetable_of(feed), date(2019, 5, 15), is_mirrored=request.param)


def questions(lanes, count):
    dice, called = random.Random(8), sorted(set(lanes.stop.tolist()))
    for _ in range(count):
        begin, end = dice.sample(called, 2)
        at = dice.randrange(11 * 3600, 15 * 3600)
        yield Ends.around(lanes, begin), Ends.of({end: dice.randrange(300)}), at if lanes.sign == 1 else -at


def test_nobody_is_sooner_at_the_goal_than_was_seen_ahead(lanes):
    reached = 0
    for start, goal, at in questions(lanes, 200):
        ahead = look_ahead(lanes, goal, MOST_RIDES)
        least = int((start.seconds + ahead.ready_s[start.stops]).min())
        rides = int(ahead.ready_rides[start.stops].min())
        best = earliest_arrival(lanes, start, goal, at)
        assert best == NOT_REACHED or best >= at + least
        for each in search_range(lanes, start, goal, at, at + 1800):
            assert each.arrive_at - each.leave_at >= least
            assert len(each.rides) >= rides
            reached += 1
    assert reached > 60


def test_what_is_seen_ahead_hides_nothing(lanes):
    stops = len(lanes.change_s)
    nothing = Ahead(*(np.zeros(stops, dtype=I32) for _ in range(4)))
    found = 0
    for start, goal, at in questions(lanes, 200):
        heeding, heedless = (search_range(lanes, start, goal, at, at + 3600, ahead=each) for each in (None, nothing))
        told = [(each.leave_at, each.arrive_at, len(each.rides)) for each in heeding]
        assert told == [(each.leave_at, each.arrive_at, len(each.rides)) for each in heedless]
        found += len(told)
    assert found > 60


def test_the_first_departure_is_that_of_the_first_journey_or_before(lanes):
    for start, goal, at in questions(lanes, 200):
        first = first_departure(lanes, start, at)
        assert first >= at
        assert not search_range(lanes, start, goal, at, first - 1)
        for each in search_range(lanes, start, goal, at, at + 3600):
            left = each.leave_at if lanes.sign == 1 else -each.arrive_at
            assert left >= first
