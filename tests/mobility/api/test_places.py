"""Anybody finds stops, shops, facilities and shelters by what they type, and learns what is where they are."""

from datetime import timedelta

import pytest

from cityos.engine.observations import Observation
from cityos.services import Reading, publish_entities
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.mobility.town import FRIDAY_MORNING
from tests.wallet.callers import City, act
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.services import describe_shop

pytestmark = pytest.mark.django_db


def publish(kind: str, id_: str, *, name, location, **more):
    told = {"name": name, "location": location, **more}
    attributes = {key: Observation(value=value, observed_at=FRIDAY_MORNING) for key, value in told.items()}
    reading = Reading(id=f"urn:ngsi-ld:{kind}:{id_}", type=kind, attributes=attributes)
    publish_entities(Act(SYSTEM, at=FRIDAY_MORNING), entities=[reading])


@pytest.fixture
def places(town):
    publish(
        "PublicFacility", "castle", name={"ja": "人吉城跡", "ja-Hrkt": "ひとよしじょうあと", "en": "Hitoyoshi Castle Ruins"},
        location={"type": "Point", "coordinates": [130.766, 32.211]}, category={"ja": "城跡", "en": "Castle ruins"}, importance=8,
    )  # fmt: skip
    publish(
        "Shelter", "school", name="市役所小学校",
        location={"type": "Polygon", "coordinates": [[[130.74, 32.2], [130.742, 32.2], [130.742, 32.202], [130.74, 32.2]]]},
    )  # fmt: skip
    publish("Shelter", "nowhere", name="場所のない避難所", location={"type": "MultiPoint", "coordinates": [[1.0, 2.0]]})


def seen(answer):
    assert answer.status_code == 200, answer.content
    return [(each["kind"], each["id"], each["name"]) for each in answer.json()["results"]]


def test_stops_facilities_and_shelters_are_found_together(places, anybody):
    answer = anybody.get("places", q="ひとよし")
    assert seen(answer) == [
        ("facility", "urn:ngsi-ld:PublicFacility:castle", "人吉城跡"), ("stop", "town:S", "人吉駅前"),
    ]  # fmt: skip
    assert answer.json()["results"][0] | {} == {
        "kind": "facility", "id": "urn:ngsi-ld:PublicFacility:castle", "name": "人吉城跡", "reading": "ひとよしじょうあと",
        "detail": "城跡", "lat": 32.211, "lon": 130.766, "metres": None,
    }  # fmt: skip
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Vary"] == "Accept-Language"
    assert seen(anybody.get("places", q="市役所")) == [
        ("stop", "town:c", "市役所"), ("shelter", "urn:ngsi-ld:Shelter:school", "市役所小学校"),
    ]  # fmt: skip
    shelter = anybody.get("places", q="市役所小").json()["results"][0]
    assert (shelter["lat"], shelter["lon"]) == (32.201, 130.741)


@pytest.mark.parametrize(
    "typed", ["kokonokamachi", "kokonokamati", "ここのか", "ココノカ", "九日", "Kokono", "kokonokamschi"]
)
def test_a_stop_is_found_however_it_is_typed(town, anybody, typed):
    assert seen(anybody.get("places", q=typed)) == [("stop", "town:k1", "九日町")]


def test_names_are_told_in_the_readers_language(places, anybody):
    castle = anybody.get("places", "en", q="城跡").json()["results"][0]
    assert (castle["name"], castle["detail"], castle["reading"]) == ("Hitoyoshi Castle Ruins", "Castle ruins", "")
    assert seen(anybody.get("places", "ko", q="市役所", kinds="stop")) == [("stop", "town:c", "시청")]


def test_what_is_near_comes_first_and_only_the_kinds_one_wants(places, anybody):
    answer = anybody.get("places", q="ひとよし", near="32.2150,130.7530")
    assert [(each["id"], each["metres"]) for each in answer.json()["results"]] == [
        ("town:S", 0), ("urn:ngsi-ld:PublicFacility:castle", 1301),
    ]  # fmt: skip
    assert seen(anybody.get("places", q="ひとよし", kinds="stop,shop")) == [("stop", "town:S", "人吉駅前")]
    assert seen(anybody.get("places", q="ひとよし", kinds="shelter")) == []
    assert len(seen(anybody.get("places", q="ひとよし", limit=1))) == 1


def test_what_is_here_is_told(places, anybody):
    assert seen(anybody.get("places/at", lat=32.2112, lon=130.766)) == [
        ("facility", "urn:ngsi-ld:PublicFacility:castle", "人吉城跡")
    ]
    assert seen(anybody.get("places/at", lat=32.2112, lon=130.766, kinds="stop")) == [("stop", "town:c", "市役所")]
    assert seen(anybody.get("places/at", lat=33, lon=131)) == []


def test_shops_are_found_also_where_there_is_no_timetable(committed_db, anybody, at):
    shop, silent = City().shop(), City().shop("見本の店", "Mihon")
    describe_shop(
        act(),
        shop_id=shop.id,
        details=ShopDetails(kind="食堂", kind_en="Diner", point=ShopPoint(32_212_000, 130_760_000)),
    )
    assert seen(anybody.get("places", q="mihon")) == [("shop", str(shop.id), "見本食堂")]
    assert str(silent.id) not in anybody.get("places", q="見本").content.decode()
    at(FRIDAY_MORNING + timedelta(seconds=59))
    describe_shop(act(), shop_id=silent.id, details=ShopDetails(point=ShopPoint(32_213_000, 130_760_000)))
    assert len(seen(anybody.get("places", q="見本"))) == 1
    at(FRIDAY_MORNING + timedelta(seconds=60))
    assert len(seen(anybody.get("places", q="見本"))) == 2


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"q": "x", "near": "32"}, "near.lon"), ({"q": "x", "near": "91,0"}, "near.lat"), ({"q": "x", "kinds": "castle"}, "kinds"),
        ({"q": "x", "limit": "0"}, "limit"), ({"q": "x", "limit": "many"}, "limit"), ({"q": "x" * 81}, "q"), ({"p": "x"}, "p"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_by_its_field(town, anybody, query, field):
    answer = anybody.get("places", **query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize("query", [{}, {"lat": "1"}, {"lat": "1", "lon": "x"}, {"lat": "nan", "lon": "1"}])
def test_a_point_needs_both_degrees(town, anybody, query):
    assert anybody.get("places/at", **query).status_code == 422


def test_nothing_typed_finds_nothing(town, anybody):
    assert seen(anybody.get("places")) == seen(anybody.get("places", q="・・")) == []
