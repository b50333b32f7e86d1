"""Stations with bicycles and places of the demo town."""

import json
from datetime import datetime, timedelta, timezone

import pytest

from mobility.demo.docks import bicycle_file, bicycle_files
from mobility.demo.facilities import demo_places, demo_shelters
from mobility.engine.places import PlaceIndex

JST = timezone(timedelta(hours=9))
NOON = datetime(2026, 10, 1, 12, 0, tzinfo=JST)


def test_bicycles_are_published_as_the_standard_has_it():
    files = bicycle_files("https://cycle.example/gbfs/", NOON)
    assert [each["url"] for each in files["gbfs"]["data"]["feeds"]][:2] == [
        "https://cycle.example/gbfs/system_information.json", "https://cycle.example/gbfs/vehicle_types.json",
    ]  # fmt: skip
    assert {each["name"] for each in files["gbfs"]["data"]["feeds"]} == files.keys() - {"gbfs"}
    assert all(
        (each["version"], each["last_updated"]) == ("3.0", "2026-10-01T12:00:00+09:00") for each in files.values()
    )


def test_a_file_is_opened_by_its_path():
    told = json.loads(bicycle_file("mihon-cycle/gbfs.json", NOON))
    assert told["data"]["feeds"][0]["url"] == "demo:mihon-cycle/system_information.json"
    with pytest.raises(KeyError):
        bicycle_file("mihon-cycle/nothing.json", NOON)


def test_at_every_hour_no_station_has_more_bicycles_than_room():
    capacity = {
        each["station_id"]: each["capacity"]
        for each in bicycle_files("", NOON)["station_information"]["data"]["stations"]
    }
    seen = {}
    for hour in range(24):
        for row in bicycle_files("", NOON.replace(hour=hour))["station_status"]["data"]["stations"]:
            bikes, docks = row["num_vehicles_available"], row["num_docks_available"]
            assert min(bikes, docks) >= 0
            assert bikes + docks == capacity[row["station_id"]]
            assert sum(each["count"] for each in row["vehicle_types_available"]) == bikes
            seen.setdefault(row["station_id"], set()).add(bikes)
    assert len(seen) == 12
    assert (seen["d09"], seen["d10"]) == ({0}, {10})  # one is always empty, one always full
    assert sum(len(each) > 1 for each in seen.values()) == 10


def test_places_are_found_in_any_letters():
    index = PlaceIndex(demo_places())
    for typed in ("青井阿蘇", "あおいあそ", "aoiaso", "Aoi Aso", "青井阿苏", "아오이아소"):
        assert index.search(typed)[0].place.id == "aoi", typed
    place = index.search("市役所")[0].place
    assert (place.name("en"), place.detail("ja"), place.kind) == ("Hitoyoshi City Hall", "公共の窓口", "facility")
    assert len({each.id for each in index.places}) == len(index.places) == 30


def test_shelters_are_found_in_any_letters_and_say_that_they_are_made_up():
    index = PlaceIndex([*demo_places(), *demo_shelters()])
    for typed in (
        "東小学校体育館",
        "ひがししょうがっこうたいいくかん",
        "higashishougakkoutaiikukan",
        "Higashi Elementary School gym",
        "견본 대피소 히토요시히가시",
    ):
        assert index.search(typed, kinds=["shelter"])[0].place.id == "higashisho", typed
    assert {each.place.kind for each in index.search("ひなんじょ")} == {"shelter"}
    assert index.search("ひとよしすぽーつぱれす")[0].place.kind == "facility"  # the hall itself comes first
    for shelter in demo_shelters():
        marks = zip(("ja", "en", "zh-Hans", "ko"), ("見本", "ample", "示例", "견본"), strict=True)
        assert all(mark in shelter.name(language) and mark in shelter.detail(language) for language, mark in marks)
