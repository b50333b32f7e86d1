"""Without a map: distance times the stated factor, said to be an estimate."""

import numpy as np
import pytest

from mobility.engine.streets import PROFILES, Reached, Straight, Streets, Targets

WALK, WHEELCHAIR = PROFILES["walk"], PROFILES["wheelchair"]
STATION, CASTLE, HOSPITAL = (32.2167, 130.7519), (32.2097, 130.7654), (32.2150, 130.7600)
TOWN = Targets.of([STATION, CASTLE, HOSPITAL])


def test_a_kilometre_to_the_north_takes_a_quarter_of_an_hour():
    north = (32.0 + 1000 / 111_195.0797, 130.0)
    way = Straight().way((32.0, 130.0), north, WALK)
    assert (way.metres, way.seconds) == (1300, 976)  # 1.3 times, at 80 metres a minute
    assert way.is_estimate
    assert way.line == ((32.0, 130.0), north)
    assert [step.kind for step in way.steps] == ["estimate"]


def test_the_factor_is_the_citys_own():
    told = [Straight(factor).way(STATION, CASTLE, WALK).metres for factor in (1.0, 1.5)]
    assert told == [1490, 2234]


def test_a_slower_walker_takes_longer_for_the_same_metres():
    quick, slow = (Straight().way(STATION, CASTLE, each) for each in (WALK, WALK.at_speed(700)))
    assert quick.metres == slow.metres
    assert slow.seconds == pytest.approx(quick.seconds * 1333 / 700, abs=1)


def test_what_is_reached_in_time():
    reached = Straight().reach(*STATION, WALK, 900, TOWN)
    assert isinstance(reached, Reached)
    assert reached.target.tolist() == [0, 2]
    assert reached.seconds.tolist()[0] == 0
    assert reached.seconds.tolist()[1] == Straight().way(STATION, HOSPITAL, WALK).seconds
    assert {each.dtype for each in reached} == {np.dtype(np.int32)}


def test_nothing_is_known_of_a_wheelchairs_way():
    way = Straight().way(STATION, CASTLE, WHEELCHAIR)
    assert way.risk_m == way.metres
    assert Straight().way(STATION, CASTLE, WALK).risk_m == 0


def test_from_a_place_to_itself():
    way = Straight().way(STATION, STATION, WALK)
    assert (way.seconds, way.metres) == (0, 0)


def test_walks_between_stops_are_those_of_each_alone():
    streets: Streets = Straight()
    dice = np.random.default_rng(5)
    stops = Targets(32.2 + dice.random(300) * 0.05, 130.7 + dice.random(300) * 0.05)
    walks = streets.between(stops, WALK, 400)
    told = list(zip(*(each.tolist() for each in walks), strict=True))
    expected = []
    for n in range(300):
        near = streets.reach(stops.lat[n], stops.lon[n], WALK, 400, stops)
        expected += [(n, *row) for row in zip(*(each.tolist() for each in near), strict=True) if row[0] != n]
    assert told == expected
    assert len(told) > 300


def test_no_stops_no_walks():
    assert [len(each) for each in Straight().between(Targets.of([]), WALK)] == [0] * 5
