"""A timetable with running data laid over it answers as a feed does that was rewritten with the same; see ``pairing.py``."""

import random
from datetime import timedelta

import pytest

from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival
from tests.mobility.engine.live.pairing import DAY, Pair, goal, words_for
from tests.mobility.engine.live.rewriting import clock
from tests.mobility.feeds import needs_open_data, open_feed, read, written
from tests.mobility.oracle import FAR, Oracle


def town(dice):
    """Write a small town: a dozen trips between eight stops, some of them overtaking others."""
    stops = [chr(65 + n) for n in range(8)]
    trips = {}
    for n in range(14):
        at, calls = dice.randrange(6 * 3600, 10 * 3600, 60), []
        for stop in dice.sample(stops, dice.choice([2, 3, 4, 5])):
            calls.append(f"{stop} {clock(at)} {clock(at + dice.choice([0, 60]))}")
            at += dice.randrange(120, 1800, 60)
        trips[f"t{n}"] = ",".join(calls)
        if n % 3 == 0:
            trips[f"t{n}b"] = trips[f"t{n}"]
    walks = ",".join(f"{a} {b} {dice.randrange(60, 600)}" for a, b in (dice.sample(stops, 2) for _ in range(6)))
    return written(" ".join(stops), trips, walks=f"{walks},A A 120,B B 60")


@pytest.mark.parametrize("seed", range(10))
def test_small_towns_answer_alike(seed):
    dice = random.Random(seed)
    files = town(dice)
    feed = read(files)
    words = words_for(files, feed, 8, dice, [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)])
    pair = Pair(files, feed, words, dice)
    oracle, found = Oracle(pair.files), 0
    for n in range(20):
        begin, end = dice.sample(feed.stop_id, 2)
        at = dice.randrange(5 * 3600, 11 * 3600)
        found += pair.agree(DAY, begin, end, at)
        if n < 5:
            first = oracle.arrivals(DAY, begin, end, at, most=14)
            (live, _base), _mirrored = pair.lanes(DAY)
            earliest = earliest_arrival(live, Ends.around(live, pair.number[begin]), goal(pair, pair.number[end]), at)
            assert min(FAR if earliest >= NOT_REACHED else earliest, first[0]) == first[-1]
    assert found > 0


@pytest.mark.slow  # the whole feed is written, read and searched anew six times
@needs_open_data
@pytest.mark.parametrize("seed", range(6))
def test_kumamoto_answers_alike(seed):
    dice = random.Random(seed)
    files, feed = open_feed("kumamoto_merged.gtfs.zip")
    words = words_for(files, feed, 600, dice, [DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)])
    pair = Pair(files, feed, words, dice)
    used = sorted({row["stop_id"] for word in words for row in pair.calls.get(word.trip_id, [])})
    oracle, found = Oracle(pair.files), 0
    for n in range(300):
        begin, end = dice.sample(used, 2)
        at = dice.randrange(5 * 3600, 25 * 3600)
        found += pair.agree(DAY, begin, end, at)
        if n < 10:
            (live, _base), _mirrored = pair.lanes(DAY)
            first = oracle.arrivals(DAY, begin, end, at, most=14)
            earliest = earliest_arrival(live, Ends.around(live, pair.number[begin]), goal(pair, pair.number[end]), at)
            assert min(FAR if earliest >= NOT_REACHED else earliest, first[0]) == first[-1]
    assert found > 100
