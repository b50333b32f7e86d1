"""Whatever somebody sends as a journey, no door, no feed and no loop fails over it."""

import copy
import random

import msgspec
import pytest

from mobility.services import journeys
from tests.mobility.following.conftest import ROOT, Traveller, taken

pytestmark = pytest.mark.django_db
INSTANTS = [
    "2026-06-10T08:0{n}:00+09:00", "2026-06-09T23:5{n}:00+09:00", "2026-06-11T01:0{n}:00Z", "0001-01-01T00:00:0{n}Z",
    "9999-12-31T23:59:5{n}Z", "2026-06-10", "",
]  # fmt: skip
PLACES = [
    {"lat": 0, "lon": 0}, {"stop": "red:S60", "lat": 32.06, "lon": 130.7}, {"stop": "red:S0"},
    {"lat": 90, "lon": 180, "stop": "x"},
]  # fmt: skip
TRIPS = [None, *({"id": name, "day": day} for name in ("red:b2", "red:a", "x") for day in ("2026-06-10", "0001-01-01"))]
ODDS = {
    "way": ["walk", "bicycle", "taxi", "ride", "swim"], "trip": TRIPS, "start": PLACES, "end": PLACES,
    "metres": [0, -1, 10**6, 10**30], "fare": [None, 0, 10**9], "offer": ["", "x" * 300],
}  # fmt: skip
QUESTIONS = [
    {"via": [{"place": {"stop": "nowhere"}}]}, {"to": {"lat": 0, "lon": 0}}, {"from": {"lat": 32.06, "lon": 130.7}},
    {"walk": "wheelchair", "pace": "slow"}, {"at": "0001-01-01T00:00:00Z"}, {"cursor": "l9"}, {"own": ["taxi", "bicycle"]},
    {"via": [{"place": {"lat": 32.03, "lon": 130.7}, "stay_minutes": 3}]}, {"from": {"stop": "red:S0"}}, {"rider": "child"},
]  # fmt: skip


def spoilt(legs, dice):
    """Return legs of which something is otherwise."""
    legs = copy.deepcopy(legs)
    for _time in range(dice.randrange(4)):
        leg = dice.choice(legs)
        name = dice.choice([*ODDS, "leaves_at", "arrives_at", "planned_leaves_at", "planned_arrives_at"])
        leg[name] = dice.choice(ODDS[name]) if name in ODDS else dice.choice(INSTANTS).format(n=dice.randrange(10))
    dice.random() < 0.2 and dice.shuffle(legs)
    return legs * dice.choice([1, 1, 1, 2])


@pytest.mark.slow  # two hundred journeys are followed
def test_no_journey_brings_anything_down(city):
    dice, answers = random.Random(5), {201: 0, 422: 0}
    mine, legs = Traveller(city), [taken(each) for each in city.journeys()]
    question = {"from": {"lat": 32.0, "lon": 130.7}, "to": {"lat": 32.06, "lon": 130.7}}
    city.says(city.late("a", 300, call=1), city.cancelled("b2"))
    for n in range(200):
        city.is_now(f"8:{n // 4:02}:{n % 4 * 15:02}")
        body = {"question": question | dice.choice([{}, *QUESTIONS]), "legs": spoilt(dice.choice(legs), dice)}
        answer = city.post(f"{ROOT}followed_journeys", body)
        assert answer.status_code in answers, answer.content
        answers[answer.status_code] += 1
        if answer.status_code == 201:
            topic = journeys.topic_of(answer.json()["id"])
            told = mine.feed.snapshot(topic, at=city.at)["followed"]
            assert msgspec.json.encode(told)
            assert told["trouble"] or not told["instead"]
        city.tell()
        assert len(city.watch.seen) == answers[201] + 1  # none was let go of
    assert min(answers.values()) > 30
