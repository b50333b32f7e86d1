"""A demo city that has just been started plans journeys, and tells what they cost."""

from datetime import UTC, date, datetime

import pytest

from cityos.selectors import entities_of
from kernel.clock import now
from mobility.demo.live import seed_live
from mobility.demo.seeding import seed_lines, seed_places
from mobility.models import FeedVersion, NetworkRelease
from mobility.selectors.feeds import feeds_in_use
from mobility.selectors.journeys.finding import find_journeys
from mobility.selectors.journeys.words import JourneysAsked, PlaceAsked
from mobility.selectors.live.docks import docks_now
from mobility.selectors.live.sources import live_sources
from mobility.selectors.places import find_places
from mobility.selectors.places.town import forget_town
from mobility.services import current_network
from mobility.services.live import poll_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]  # two feeds are read and laid down

STARTED = datetime(2026, 10, 1, 0, 30, tzinfo=UTC)  # half past nine on a Thursday in Japan


@pytest.fixture
def clock(monkeypatch):
    def set_to(at):
        monkeypatch.setattr("kernel.clock.now", lambda: at)

    set_to(STARTED)
    return set_to


def test_the_town_rides_at_once(clock):
    seed_lines()
    assert [(feed.slug, feed.name, feed.last_day) for feed in feeds_in_use().feeds] == [
        ("mihon-bus", "見本バス", date(2030, 3, 31)), ("mihon-rail", "見本鉄道", date(2030, 3, 31)),
    ]  # fmt: skip
    network = current_network(at=STARTED)
    asked = JourneysAsked(
        start=PlaceAsked(stop="mihon-bus:kokonoka_1"), goal=PlaceAsked(stop="mihon-rail:r14"), at=STARTED
    )
    told = find_journeys(network, asked, at=STARTED, language="en", carriers={})
    journey = next(each for each in told.journeys if [leg.way for leg in each.legs].count("ride") == 2)
    assert journey.fare.total == sum(line.amount for line in journey.fare.lines)
    assert [(line.why, line.amount) for line in journey.fare.lines][-2:] == [("fare", 800), ("discount", -50)]
    assert journey.legs[-1].end.name == "Yunomae"


def test_a_city_that_is_started_again_keeps_what_it_has_until_it_ends(clock):
    seed_lines()
    seed_lines()
    assert (FeedVersion.objects.count(), NetworkRelease.objects.count()) == (2, 2)
    clock(datetime(2029, 6, 1, tzinfo=UTC))
    seed_lines()
    assert (FeedVersion.objects.count(), {feed.last_day for feed in feeds_in_use().feeds}) == (4, {date(2033, 3, 31)})


def test_places_are_things_of_the_town(clock):
    seed_places()
    seed_places()
    found = {entity.id: entity for entity in entities_of("PublicFacility", limit=100)}
    assert len(found) == 30
    hall = found["urn:ngsi-ld:PublicFacility:cityhall"]
    assert hall.version == 1
    assert hall.attributes["name"].value["ja-Hrkt"] == "ひとよししやくしょ"
    assert hall.attributes["location"].value == {"type": "Point", "coordinates": [130.7557, 32.20765]}
    assert len(entities_of("Shelter", limit=100)) == 9


def test_a_shelter_is_found_in_kana_and_is_where_one_can_go(clock):
    seed_lines()
    seed_places()
    forget_town()
    network = current_network(at=STARTED)
    typed = {"near": None, "kinds": [], "most": 5, "at": STARTED, "language": "ja"}
    found = [
        find_places(network, words, **typed).results[0]
        for words in ("ひなんじょ ひとよしひがし", "hinanjo hitoyoshihigashi")
    ]
    shelter = found[0]
    assert (shelter.kind, shelter.name, shelter.detail) == (
        "shelter", "見本避難所 人吉東小学校体育館", "避難所（見本の指定）",
    )  # fmt: skip
    assert found[1] == shelter
    goal = PlaceAsked(lat=shelter.lat, lon=shelter.lon)
    asked = JourneysAsked(start=PlaceAsked(stop="mihon-bus:eki_1"), goal=goal, at=STARTED)
    assert find_journeys(network, asked, at=STARTED, language="ja", carriers={}).journeys


def test_the_twins_answer_when_the_city_asks_what_runs():
    seed_lines()
    seed_live()
    seed_live()
    at = now()  # the twins have the city's own clock
    poll_due(at=at)
    assert {(row.feed and row.feed.slug, row.kind, row.outcome) for row in live_sources()} == {
        (slug, kind, "good")
        for slug in ("mihon-bus", "mihon-rail")
        for kind in ("trip_updates", "vehicle_positions", "alerts")
    } | {(None, "gbfs", "good")}
    docks = docks_now(at=at)
    assert (len(docks), docks[0].names["ja"], docks[0].electric) == (12, "人吉駅", 4)
