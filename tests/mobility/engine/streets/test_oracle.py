"""The streets and a second opinion of quite other code agree, over a real town: what is best, and what it costs."""

import random
from functools import cache

import numpy as np
import pytest

from mobility.engine.streets import PROFILES, Gap, Targets
from mobility.engine.streets.ends import NO_WAY
from mobility.engine.streets.pathfinding import find_way
from tests.mobility.engine.streets.oracle import Oracle
from tests.mobility.engine.streets.porto_alegre import places, records, town
from tests.mobility.feeds import needs_open_data

pytestmark = [pytest.mark.slow, needs_open_data]  # the whole map is searched piece by piece for every origin
NAMES = ("walk", "wheelchair", "car")
ORIGINS, GOALS = 25, 20


@cache
def oracle(name):
    return Oracle(records(), name)


def cost_s(start, end, profile):
    """Return the seconds that the product's best way is worth, None where it finds none."""
    streets = town()
    one, other = streets.snapped(start, profile), streets.snapped(end, profile)
    totals, _arcs = find_way(streets.network, streets.costs(profile), streets.room, streets._ground.globe, one, other)
    return None if totals[0] >= NO_WAY else totals[0] / 1000


@pytest.mark.parametrize("name", NAMES)
def test_five_hundred_pairs(name):
    dice, profile, told = random.Random(f"pairs {name}"), PROFILES[name], oracle(name)
    compared = refused = 0
    for start in places(dice, ORIGINS):
        begin = told.snap(start)
        best = told.spread(told.leave(begin)) if begin else {}
        for end in places(dice, GOALS):
            goal = told.snap(end)
            if not begin or not goal:
                assert isinstance(town().way(start, end, profile), Gap)
                refused += 1
                continue
            expected, found = told.arrive(best, begin, start, goal, end), cost_s(start, end, profile)
            assert (expected is None) == (found is None), (start, end, expected, found)
            if expected is not None:
                assert found == pytest.approx(expected, abs=0.4), (start, end)
                compared += 1
    assert compared > 450
    assert compared + refused <= ORIGINS * GOALS


@pytest.mark.parametrize("name", NAMES)
def test_one_to_many_is_one_to_one_many_times(name):
    dice, profile, streets = random.Random(f"many {name}"), PROFILES[name], town()
    goals = Targets.of(list(places(dice, 400)))
    for start in places(dice, 12):
        for is_arriving in (False, True):
            told = streets.reach(*start, profile, 900, goals, is_arriving=is_arriving)
            if isinstance(told, Gap):
                assert town().snapped(start, profile).edge[0] < 0
                continue
            seconds = dict(zip(told.target.tolist(), told.seconds.tolist(), strict=True))
            for n in dice.sample(range(400), 40):
                place = (goals.lat[n], goals.lon[n])
                way = streets.way(*((place, start) if is_arriving else (start, place)), profile)
                if isinstance(way, Gap) or way.seconds > 901:
                    assert n not in seconds
                elif way.seconds < 899:
                    assert seconds[n] == pytest.approx(way.seconds, abs=1)


def test_footpaths_of_all_are_the_access_of_each():
    dice, profile, streets = random.Random("footpaths"), PROFILES["walk"], town()
    stops = Targets.of(list(places(dice, 200)))
    walks = streets.between(stops, profile, 600)
    assert len(walks.begin) > 200
    assert (walks.begin != walks.end).all()
    for n in range(0, 200, 20):
        told = streets.reach(stops.lat[n], stops.lon[n], profile, 600, stops)
        if isinstance(told, Gap):
            assert not (walks.begin == n).any()
            continue
        away, mine = told.target != n, walks.begin == n
        for one, other in zip(told, (walks.end, walks.seconds, walks.metres, walks.risk_m), strict=True):
            np.testing.assert_array_equal(one[away], other[mine])
