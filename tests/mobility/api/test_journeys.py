"""Anybody asks for journeys by address or by body, follows a vehicle, and sees how far they get."""

from datetime import UTC, datetime

import msgspec
import pytest

from tests.mobility.api.conftest import ROOT

pytestmark = pytest.mark.django_db
STATION, HALL = "stop:town:S", "stop:town:c"


def journeys(anybody, language="ja", **asked):
    answer = anybody.get("journeys", language, **{"from": STATION, "to": HALL} | asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def times(found):
    return [(each["leaves_at"][11:16], each["arrives_at"][11:16]) for each in found["journeys"]]


def test_the_next_bus_is_told_with_its_line_stops_and_shape(town, anybody):
    found = journeys(anybody)
    assert times(found) == [("08:00", "08:10"), ("09:00", "09:11")]
    (ride,) = found["journeys"][0]["legs"]
    trip = ride["trip"]
    assert (trip["id"], trip["day"], trip["headsign"], trip["line"]["name"], trip["line"]["color"]) == (
        "town:t1", "2026-01-09", "市役所", "まちなか線", "00629D",
    )  # fmt: skip
    assert (trip["state"], trip["delay_s"], trip["wheelchair"], trip["stops"]) == ("planned", 0, "possible", 2)
    assert [(call["place"]["name"], call["place"]["reading"], call["arrives_at"][11:16]) for call in ride["calls"]] == [
        ("九日町", "ここのかまち", "08:06")
    ]
    assert (ride["start"]["platform"], ride["line"]) == ("1", "k_scEgu`}WzE_XnKwQnKg^")
    assert found["journeys"][0]["fare"] == {
        "total": None, "at_least": 0, "currency": "JPY",
        "lines": [{"leg": 0, "name": "", "why": "unknown", "amount": None, "currency": ""}], "sums": [],
    }  # fmt: skip


def test_names_are_in_the_readers_language(town, anybody):
    found = journeys(anybody, "en")
    assert (found["from"]["name"], found["to"]["name"]) == ("Hitoyoshi Sta.", "City Hall")
    leg = found["journeys"][0]["legs"][0]
    assert (leg["trip"]["headsign"], leg["trip"]["line"]["name"], leg["trip"]["line"]["agency"], leg["start"]["name"]) == (
        "City Hall", "Town Line", "Mihon Bus", "Hitoyoshi Sta.",
    )  # fmt: skip


def test_one_arrives_in_time_and_pages_on_and_back(town, anybody):
    found = journeys(anybody, at="2026-01-09T09:10:00+09:00", is_arriving="true")
    assert times(found) == [("08:00", "08:10")]
    later = journeys(anybody, cursor=found["later"])
    assert times(later) == [("09:00", "09:11")]
    earlier = journeys(anybody, cursor=later["earlier"])
    assert times(earlier) == [("08:00", "08:10")]


def test_the_night_bus_belongs_to_the_day_before(town, anybody):
    found = journeys(anybody, at="2026-01-10T00:10:00+09:00")
    (first, *_rest) = found["journeys"]
    assert (first["leaves_at"], first["legs"][0]["trip"]["day"]) == ("2026-01-10T00:30:00+09:00", "2026-01-09")


def test_a_wheelchair_is_not_sent_to_a_bus_that_cannot_carry_it(town, anybody):
    assert times(journeys(anybody, walk="wheelchair")) == [("08:00", "08:10")]


def test_a_place_is_called_as_it_was_asked_for_and_walked_from(town, anybody):
    place = {"lat": 32.2145, "lon": 130.7525, "name": "わたしの家"}
    answer = anybody.client.post(
        ROOT + "journeys", msgspec.json.encode({"from": place, "to": {"stop": "town:c"}, "at": "2026-01-09T07:50:00+09:00"}),
        content_type="application/json",
    )  # fmt: skip
    first = answer.json()["journeys"][0]
    walk, ride = first["legs"]
    assert (walk["way"], walk["start"]["name"], walk["metres"], walk["is_estimate"]) == (
        "walk",
        "わたしの家",
        106,
        True,
    )
    assert (walk["arrives_at"], ride["leaves_at"]) == ("2026-01-09T08:00:00+09:00", "2026-01-09T08:00:00+09:00")
    assert first["walk_minutes"] == 2


@pytest.mark.parametrize(
    ("asked", "status", "code", "field"),
    [
        ({"to": STATION}, 422, "same_place", "to"),
        ({"from": "stop:nowhere"}, 404, "stop_unknown", "from"),
        ({"from": "32.2"}, 422, "invalid_query", "from"),
        ({"from": "95,130"}, 422, "invalid_query", "from.lat"),
        ({"to": "30.0,135.0"}, 422, "place_off_map", "to"),
        ({"at": "tomorrow"}, 422, "invalid_query", "at"),
        ({"at": "2026-01-09T08:00:00"}, 422, "invalid_query", "at"),
        ({"wanted": "0"}, 422, "invalid_query", "wanted"),
        ({"walk": "fly"}, 422, "invalid_query", "walk"),
        ({"cursor": "x1"}, 422, "cursor_unreadable", None),
        ({"colour": "red"}, 422, "invalid_query", "colour"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_field(town, anybody, asked, status, code, field):
    answer = anybody.get("journeys", **{"from": STATION, "to": HALL} | asked)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert [each["field"] for each in told.get("errors", [])] == ([field] if field else [])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"from": "95,130"}, "invalid_query"), ({"to": "30.0,135.0"}, "place_off_map"), ({"from": "0,0"}, "place_off_map"),
        ({"to": "stop:nowhere"}, "stop_unknown"), ({"to": STATION}, "same_place"), ({"to": "32.2150,130.7530"}, "same_place"),
        ({"at": "2027-01-01T08:00:00+09:00"}, "outside_timetable"), ({"at": "1999-01-01T08:00:00+09:00"}, "outside_timetable"),
        ({"cursor": "x1"}, "cursor_unreadable"),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_five_languages(town, anybody, asked, code):
    told = {
        language: anybody.get("journeys", language, **{"from": STATION, "to": HALL} | asked).json()
        for language in ("ja", "ja-easy", "en", "ko", "zh-hans")
    }
    assert {each["code"] for each in told.values()} == {code}
    sentences = {each["title"] for each in told.values()}
    assert len(sentences) == 5
    assert all(each["title"].endswith(("。", ".", "요.", "！")) for each in told.values()), sentences
    for each in told["en"].get("errors", []):
        assert each["message"].isascii(), each


def test_a_day_outside_the_timetable_tells_its_days(town, anybody):
    answer = anybody.get("journeys", **{"from": STATION, "to": HALL, "at": "2027-01-01T08:00:00+09:00"})
    told = answer.json()
    assert (told["code"], told["first_day"], told["last_day"]) == ("outside_timetable", "2026-01-01", "2026-01-31")


def test_nothing_found_says_why(town, anybody):
    far = journeys(anybody, to="32.24,130.80", most_walk_minutes=5)
    assert (far["journeys"], far["direct"], far["nothing"]) == ([], [], "no_stop_near")
    sunday = journeys(anybody, at="2026-01-11T20:00:00+09:00", most_walk_minutes=1)
    assert (sunday["journeys"][0]["leaves_at"], sunday["nothing"]) == ("2026-01-12T08:00:00+09:00", "")


def test_without_a_timetable_that_is_said(db, at, anybody):
    answer = anybody.get("journeys", **{"from": "32.2,130.7", "to": "32.3,130.7"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_timetable")


def test_a_trip_is_followed_from_before_it_leaves_until_it_is_over(town, anybody, at):
    def trip():
        told = anybody.get("trips", id="town:t2", day="2026-01-09").json()
        return told["position"], told["passed"], told["share"]

    assert trip() == ("before", 0, 0.0)
    at(datetime(2026, 1, 9, 0, 3, tzinfo=UTC))
    assert trip() == ("between", 1, 0.5)
    at(datetime(2026, 1, 9, 0, 6, 30, tzinfo=UTC))
    assert trip() == ("at_stop", 1, 0.0)
    at(datetime(2026, 1, 9, 1, 0, tzinfo=UTC))
    assert trip() == ("over", 3, 0.0)
    assert anybody.get("trips", id="town:t2", day="2026-01-10").json()["code"] == "trip_unknown"
    assert anybody.get("trips", id="town:nope", day="2026-01-09").status_code == 404
    assert anybody.get("trips", id="town:t2", day="soon").status_code == 404


def test_whom_to_ask_about_a_line_is_told(town, anybody):
    told = anybody.get("trips", id="town:t2", day="2026-01-09").json()["contacts"]
    assert told == [
        {"name": "見本バス株式会社", "phone": "", "url": "https://bus.example/", "address": "人吉市例示番地"},
        {"name": "見本営業所", "phone": "000-1111", "url": "", "address": ""},
    ]
    english = anybody.get("trips", "en", id="town:t2", day="2026-01-09").json()["contacts"]
    assert english[0]["name"] == "Mihon Bus"


def test_how_far_one_gets_is_told_by_stops_and_as_an_area(town, anybody):
    found = anybody.get("reach", **{"from": STATION, "minutes": 15}).json()
    assert [(each["place"]["name"], each["minutes"]) for each in found["stops"]] == [
        ("人吉駅前", 0), ("人吉駅前", 0), ("九日町", 6), ("九日町", 8), ("市役所", 10),
    ]  # fmt: skip
    bands = found["area"]["features"]
    assert [each["properties"]["minutes"] for each in bands] == [15, 10, 5]
    assert all(each["geometry"]["type"] == "MultiPolygon" and each["geometry"]["coordinates"] for each in bands)
    assert anybody.get("reach", **{"from": "30,135"}).json()["code"] == "place_off_map"
    assert anybody.get("reach", **{"from": STATION, "minutes": 500}).status_code == 422
