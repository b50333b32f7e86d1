"""Every journey of an answer can be gone: it is walked leg by leg by code that knows the operators' files alone."""

import random
from datetime import datetime, timedelta

import msgspec
import pytest

from mobility.errors import PlaceOffMap
from mobility.selectors.journeys import JourneysAsked, find_journeys
from tests.mobility.feeds import GTFS
from tests.mobility.journeys import towns
from tests.mobility.journeys.walker import JST, Walker

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # hundreds of whole answers
TOWNS = {"demo": 300, "kumamoto": 300, "porto": 120}
"""How many questions each town is asked; those over a map take longest."""


def question(town, dice):
    """Make up what somebody may ask: between stops or doors, leaving or arriving, by whatever they like, passing places."""
    begin, end = dice.sample(town.used, 2)
    asked = {"from": _place(town, begin, dice), "to": _place(town, end, dice), "is_arriving": dice.random() < 0.3}
    midnight = datetime.combine(town.day, datetime.min.time(), JST)
    asked["at"] = (midnight + timedelta(seconds=dice.randrange(5 * 3600, 24 * 3600))).isoformat()
    choices = {
        "own": [["bicycle"], ["taxi"], ["bicycle", "taxi"]], "pace": ["slow", "fast"],
        "walk": ["wheelchair", "step_free", "gentle"],
        "rider": ["child", "disability"], "most_changes": [0, 1, 3], "most_walk_minutes": [5, 30],
        "kinds": [["bus"], ["rail", "tram"]],
        "avoided_routes": [dice.sample(sorted(town.routes), 2)], "preferred_routes": [dice.sample(sorted(town.routes), 1)],
        "wanted": [1, 20], "has_bicycle": [True],
        "via": [[{"place": _place(town, dice.choice(town.used), dice), "stay_minutes": dice.choice([0, 0, 20])}]],
    }  # fmt: skip
    weights = {"own": 0.35, "via": 0.15, "has_bicycle": 0.02}
    return asked | {name: dice.choice(ways) for name, ways in choices.items() if dice.random() < weights.get(name, 0.1)}


def _place(town, stop, dice):
    """Return a stop, or a place some steps from one that lies on the map."""
    if dice.random() < 0.5 or stop not in town.mapped:
        return {"stop": stop}
    at = town.place({"stop": stop})
    return {
        "lat": round(at["lat"] + dice.uniform(-0.002, 0.002), 5),
        "lon": round(at["lon"] + dice.uniform(-0.002, 0.002), 5),
    }


def ask(network, town, asked):
    """Return the answer as it is sent; None where a place is refused that lies beside every street."""
    told = msgspec.convert(asked, JourneysAsked)
    try:
        found = find_journeys(network, told, at=told.at, language="ja", carriers=town.carriers)
    except PlaceOffMap:
        return None
    return msgspec.json.decode(msgspec.json.encode(found))


@pytest.mark.parametrize("is_live", [False, True], ids=["planned", "live"])
@pytest.mark.parametrize("name", TOWNS)
def test_every_journey_can_be_gone(name, is_live, settings):
    settings.FARE_RULES = str(towns.AGREEMENTS)
    if name != "demo" and not GTFS.exists():
        pytest.skip(f"no open data in {GTFS}")
    town = getattr(towns, name)()
    network, oracle = town.live if is_live else (town.network, town.oracle)
    walker, dice = Walker(town, oracle), random.Random(f"{name} {is_live} 1")
    ways, shown, refused, asked_for = set(), 0, 0, TOWNS[name] // 2
    for _ in range(asked_for):
        asked = question(town, dice)
        answer = ask(network, town, asked)
        if answer is None:
            refused += 1
            continue
        shown += walker.answer(answer, asked)
        ways |= {leg["way"] for each in answer["journeys"] for leg in each["legs"]}
        if answer["journeys"] and dice.random() < 0.3:
            other = asked | {"cursor": answer[dice.choice(["earlier", "later"])]}
            shown += walker.answer(ask(network, town, other), other)
    assert shown > asked_for
    assert refused < asked_for / 5
    assert ways == {"walk", "ride", "bicycle", "taxi"}
