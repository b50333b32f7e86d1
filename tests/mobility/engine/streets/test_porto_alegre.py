"""Ways through a real town: lines as long as they say, no stairs for wheels, closures avoided, the lake refused."""

import random
from itertools import pairwise
from threading import Thread

import numpy as np
import pytest

from mobility.engine.streets import PROFILES, Closure, Gap, Targets
from mobility.engine.streets.kinds import Class
from tests.mobility.engine.streets.oracle import metres
from tests.mobility.engine.streets.porto_alegre import CATHEDRAL, GASOMETER, LAKE, places, town
from tests.mobility.feeds import needs_open_data

pytestmark = [pytest.mark.slow, needs_open_data]  # a whole town is read and laid out
WALK, WHEELCHAIR, CAR = PROFILES["walk"], PROFILES["wheelchair"], PROFILES["car"]


def pairs(seed, count):
    dice = random.Random(seed)
    yield from zip(places(dice, count), places(dice, count), strict=True)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_the_line_is_as_long_as_the_way_says_and_so_are_its_steps(profile):
    found = 0
    for start, end in pairs(f"line {profile.name}", 60):
        way = town().way(start, end, profile)
        if isinstance(way, Gap):
            continue
        found += 1
        told = sum(metres(a, b) for a, b in pairwise(way.line))
        assert told == pytest.approx(way.metres, abs=2, rel=0.002), (start, end)
        assert (way.line[0], way.line[-1]) == (pytest.approx(start), pytest.approx(end))
        assert sum(step.metres for step in way.steps) == pytest.approx(way.metres, abs=len(way.steps) / 2 + 3)
        assert sum(step.seconds for step in way.steps) == pytest.approx(way.seconds, abs=len(way.steps) / 2 + 6)
        assert 0 <= way.risk_m <= way.metres + 20
        assert [step.first_point for step in way.steps] == sorted(step.first_point for step in way.steps)
    assert found > 40


def test_wheelchairs_and_prams_never_get_stairs():
    stairs = 0
    for start, end in pairs("stairs", 150):
        for name in ("wheelchair", "step_free", "bicycle", "car"):
            way = town().way(start, end, PROFILES[name])
            assert isinstance(way, Gap) or "steps" not in {step.kind for step in way.steps}
        way = town().way(start, end, WALK)
        stairs += not isinstance(way, Gap) and "steps" in {step.kind for step in way.steps}
    assert stairs > 5  # there are some to be avoided


def test_no_edge_of_stairs_is_open_to_a_wheelchair_without_a_ramp():
    network, costs = town().network, town().costs(WHEELCHAIR)
    kinds = network.kind[network.edge_kind]
    is_stairs = (kinds[:, 0] == Class.STEPS) & (kinds[:, -1] == 0)
    assert is_stairs.sum() > 100
    assert (costs.along[is_stairs] < 0).all()
    assert (costs.against[is_stairs] < 0).all()


def test_a_closed_square_is_avoided_by_everybody_at_once():
    free = town().way(CATHEDRAL, GASOMETER, WALK)
    lat, lon = free.line[len(free.line) // 2]
    square = [
        (lon - 0.001, lat - 0.001),
        (lon + 0.001, lat - 0.001),
        (lon + 0.001, lat + 0.001),
        (lon - 0.001, lat + 0.001),
    ]
    closed = town().with_closures([Closure({"type": "Polygon", "coordinates": [[*square, square[0]]]})])
    for profile in (WALK, WHEELCHAIR, CAR):
        way = closed.way(CATHEDRAL, GASOMETER, profile)
        assert not any(abs(a - lat) < 0.001 and abs(b - lon) < 0.001 for a, b in way.line)
        assert way.seconds >= town().way(CATHEDRAL, GASOMETER, profile).seconds
    assert closed.way(CATHEDRAL, GASOMETER, WALK).metres > free.metres
    assert town().way(CATHEDRAL, GASOMETER, WALK) == free


def test_the_lake_is_refused_by_each_question():
    streets = town()
    assert streets.way(CATHEDRAL, LAKE, WALK) == Gap("end_off_streets")
    assert streets.way(LAKE, CATHEDRAL, WALK) == Gap("start_off_streets")
    assert streets.reach(*LAKE, WALK, 900, Targets.of([CATHEDRAL])) == Gap("start_off_streets")
    assert streets.reach(*CATHEDRAL, WALK, 86_400, Targets.of([LAKE])).target.tolist() == []


def test_slower_walkers_take_the_same_way_in_more_time():
    quick, slow = (town().way(CATHEDRAL, GASOMETER, each) for each in (WALK, WALK.at_speed(667)))
    assert slow.line == quick.line
    assert slow.seconds == pytest.approx(quick.seconds * 1333 / 667, abs=3)


def test_many_threads_ask_one_map_and_all_get_their_own_answers():
    streets = town()
    goals = Targets.of(list(places(random.Random("threads"), 300)))
    asked = [pair for pair in pairs("asked", 40) if not isinstance(streets.way(*pair, WALK), Gap)]
    expected = [(streets.way(*pair, WALK), streets.reach(*pair[0], WALK, 600, goals)) for pair in asked]
    wrong = []

    def ask(seed):
        for n in random.Random(seed).choices(range(len(asked)), k=150):
            way, reached = streets.way(*asked[n], WALK), streets.reach(*asked[n][0], WALK, 600, goals)
            if way != expected[n][0] or not all(
                np.array_equal(*each) for each in zip(reached, expected[n][1], strict=True)
            ):
                wrong.append(n)

    threads = [Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
