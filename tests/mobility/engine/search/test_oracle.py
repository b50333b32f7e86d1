"""The engine and a second opinion of quite other code agree, over real feeds: earliest, latest, all that is worth taking."""

import random
from datetime import date
from functools import cache

import pytest

from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival, reach_all, search_range
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from tests.mobility.feeds import needs_open_data, open_feed
from tests.mobility.oracle import FAR, Oracle, check

pytestmark = [pytest.mark.slow, needs_open_data]  # thousands of trips are tried anew for every question

FEEDS = {
    "kumamoto_merged.gtfs.zip": [date(2026, 6, 10), date(2026, 6, 13), date(2026, 6, 14), date(2026, 7, 20)],
    "poa_eptc.zip": [date(2019, 5, 15), date(2019, 5, 18)],
    "poa_trensurb.zip": [date(2019, 5, 15), date(2019, 5, 19)],
}


@cache
def town(name):
    files, feed = open_feed(name)
    return Oracle(files), feed, timetable_of(feed)


@cache
def lanes(name, day):
    timetable = town(name)[2]
    return lanes_of(timetable, day), lanes_of(timetable, day, is_mirrored=True)


def questions(name, count, seed):
    """Ask from stops that trips call at, near and far, at every hour of the day and the night."""
    dice = random.Random(seed)
    oracle, _feed, _timetable = town(name)
    used = sorted({call["stop_id"] for calls in oracle.calls.values() for call in calls})
    for _ in range(count):
        begin, end = dice.sample(used, 2)
        yield dice.choice(FEEDS[name]), begin, end, dice.randrange(90_000)


def ends(name, day, begin, end):
    oracle = town(name)[0]
    forward, mirrored = lanes(name, day)
    return forward, mirrored, Ends.around(forward, oracle.number[begin]), Ends.around(mirrored, oracle.number[end])


def sooner(by_vehicle, told):
    """Return the better of riding and of walking alone, as the oracle tells it."""
    found = min(by_vehicle, told[0])
    return FAR if found >= NOT_REACHED else found


@pytest.mark.parametrize("name", FEEDS)
def test_the_earliest_arrival(name):
    reached = 0
    for day, begin, end, leave_at in questions(name, 400, 1):
        forward, _mirrored, start, goal = ends(name, day, begin, end)
        told = town(name)[0].arrivals(day, begin, end, leave_at, most=14)
        assert sooner(earliest_arrival(forward, start, goal, leave_at), told) == told[-1], (day, begin, end, leave_at)
        reached += told[-1] < FAR
    assert reached > 100


@pytest.mark.parametrize("name", FEEDS)
def test_every_stop_at_once(name):
    for day, begin, end, leave_at in questions(name, 60, 2):
        forward, _mirrored, start, _goal = ends(name, day, begin, end)
        told = town(name)[0].arrivals(day, begin, end, leave_at, most=14)
        found = int(reach_all(forward, start, leave_at)[town(name)[0].number[end]])
        assert (FAR if found >= NOT_REACHED else found) == told[-1], (day, begin, end, leave_at)


@pytest.mark.parametrize("name", FEEDS)
def test_the_latest_departure(name):
    for day, begin, end, arrive_by in questions(name, 60, 3):
        _forward, mirrored, start, goal = ends(name, day, begin, end)
        found = earliest_arrival(mirrored, goal, start, -arrive_by)
        told = town(name)[0].latest(day, begin, end, arrive_by)
        assert (None if found >= NOT_REACHED else -found) == told, (day, begin, end, arrive_by)


@pytest.mark.parametrize("name", FEEDS)
def test_all_that_is_worth_taking(name):
    oracle, feed, _timetable = town(name)
    seen = 0
    for day, begin, end, second in questions(name, 60, 4):
        leave_at = 6 * 3600 + second // 2  # while something runs
        forward, mirrored, start, goal = ends(name, day, begin, end)
        found = search_range(forward, start, goal, leave_at, leave_at + 7200)
        on_foot = oracle.walks.get((oracle.number[begin], oracle.number[end]), FAR)
        faster = {
            (each.leave_at, each.arrive_at, len(each.rides))
            for each in found
            if each.arrive_at - each.leave_at < on_foot
        }
        assert faster == oracle.worth_taking(day, begin, end, leave_at, leave_at + 7200), (day, begin, end, leave_at)
        for each in found:
            check(oracle, day, begin, end, each, feed.trip_id)
        for each in search_range(mirrored, goal, start, -leave_at - 7200, -leave_at):
            assert leave_at <= each.arrive_at <= leave_at + 7200
            check(oracle, day, begin, end, each, feed.trip_id)
        seen += len(found)
    assert seen > 20
