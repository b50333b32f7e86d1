"""Anybody sees the stops around, what leaves there, and where lines go."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from mobility.gateways.feed_files import pack
from mobility.services.feeds import serving
from tests.mobility.bringing.office import bring, register
from tests.mobility.engine.streets.small_map import ACROSS, METRE, SOUTH, WEST, write_pbf
from tests.mobility.town import FILES, FRIDAY_MORNING

pytestmark = pytest.mark.django_db


def test_stops_near_are_told_with_what_leaves_next(town, anybody):
    answer = anybody.get("stops", near="32.2118,130.7600", metres=100)
    (near,) = answer.json()["results"]
    assert (near["stop"]["name"], near["metres"], near["walk_seconds"]) == ("九日町", 29, 22)
    assert [each["leaves_at"] for each in near["departures"]] == [
        "2026-01-09T08:06:00+09:00", "2026-01-09T08:34:00+09:00", "2026-01-09T09:07:00+09:00",
    ]  # fmt: skip
    assert answer["Cache-Control"] == "public, max-age=10"


def test_departures_are_told_for_now_or_another_time(town, anybody):
    now = anybody.get("stops/town:S/departures", limit=2).json()
    assert [each["id"] for each in now["departures"]] == ["town:t1@20260109:0", "town:t2@20260109:0"]
    assert (now["service_day"], now["is_cut"], now["last"]["leaves_at"]) == (
        "2026-01-09", True, "2026-01-10T00:30:00+09:00",
    )  # fmt: skip
    later = anybody.get("stops/town:S1/departures", at="2026-01-12T08:30:00+09:00", limit=1).json()
    assert [each["id"] for each in later["departures"]] == ["town:t2@20260112:0"]
    english = anybody.get("stops/town:S/departures", "en", limit=1).json()
    assert (english["stop"]["name"], english["departures"][0]["headsign"]) == ("Hitoyoshi Sta.", "City Hall")


def test_a_day_of_which_the_timetable_says_nothing_is_refused(town, anybody, at):
    answer = anybody.get("stops/town:S/departures", at="2027-05-01T08:00:00+09:00")
    assert (answer.status_code, answer.json()["code"], answer.json()["last_day"]) == (
        422, "outside_timetable", "2026-01-31",
    )  # fmt: skip
    at(datetime(2026, 1, 31, 12, tzinfo=UTC))
    ended = anybody.get("stops/town:S/departures").json()
    assert (ended["departures"], ended["last"], ended["next_service"]) == ([], None, None)


def test_a_stop_and_a_line_are_told(town, anybody):
    stop = anybody.get("stops/town:S2").json()
    assert (stop["stop"]["id"], [each["id"] for each in stop["platforms"]]) == ("town:S", ["town:S1", "town:S2"])
    assert [each["name"] for each in anybody.get("routes").json()["results"]] == ["まちなか線", "循環線"]
    line = anybody.get("routes/town:r1").json()
    assert [len(each["stops"]) for each in line["courses"]] == [3, 3, 3]
    assert line["courses"][0]["days"][0] == "2026-01-09"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [("stops/x", 404, "stop_unknown"), ("stops/x/y/departures", 404, "stop_unknown"), ("routes/x", 404, "not_found")],
)
def test_what_is_not_there_is_refused(town, anybody, path, status, code):
    answer = anybody.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("stops", {}), ("stops", {"near": "x"}), ("stops", {"near": "1,1", "metres": "3001"}),
        ("stops/town:S/departures", {"limit": "101"}), ("stops/town:S/departures", {"at": "2026-01-09T08:00:00"}),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(town, anybody, path, query):
    assert anybody.get(path, **query).status_code == 422


def test_without_a_timetable_that_is_said(db, anybody, at):
    at(FRIDAY_MORNING)
    answer = anybody.get("stops/town:S/departures")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_timetable")


def test_maps_are_told_where_the_town_is_its_stops_its_lines_and_that_no_streets_are_known(town, anybody):
    answer = anybody.get("ground", "en")
    told = answer.json()
    west, south, east, north = (told["box"][side] for side in ("west", "south", "east", "north"))
    assert (130.74 < west <= east < 130.78, 32.2 < south <= north < 32.22) == (True, True)
    assert told["stops"][0]["name"] in {"Hitoyoshi Sta.", "Kokonokamachi"}
    assert {each["color"] for each in told["lines"]} == {"00629D", ""}
    assert (told["streets"], told["attribution"]) == ([], "")
    assert answer["Cache-Control"] == "public, max-age=600"


def test_maps_hear_of_the_streets_once_the_city_has_a_map_of_them(db, at, anybody, settings, tmp_path):
    settings.MACHI_HOME, serving._held.network = tmp_path / "home", None
    register("town")
    bring("town", pack({name: text.encode() for name, text in FILES.items()}), at=FRIDAY_MORNING)
    assert anybody.get("ground").json()["streets"] == []
    east, north = (130.753 - WEST) / ACROSS, (32.215 - SOUTH) / METRE
    nodes = {"A": (east, north), "B": (east + 300, north), "C": (east + 300, north + 200)}
    ways = [("A B", {"highway": "primary"}), ("B C", {"highway": "residential"})]
    call_command("import_streets", write_pbf(tmp_path / "x.osm.pbf", nodes, ways), verbosity=0)
    told = anybody.get("ground").json()
    assert [each["size"] for each in told["streets"]] == ["main", "minor"]
    assert told["attribution"] == "© OpenStreetMap contributors"


def test_where_there_is_no_timetable_there_is_no_ground(db, at, anybody):
    serving._held.network = None
    assert anybody.get("ground").json()["code"] == "no_timetable"
