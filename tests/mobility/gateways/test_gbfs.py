"""Shared bicycles as operators publish them: both versions, with everything that is missing, doubled or unknown."""

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest

from mobility.engine.bikes import Dock, FreeBike, PricingPlan, Step, Tariff, near
from mobility.gateways.gbfs import NotGbfs, collect, read_fleet
from tests.mobility.feeds import OPEN_DATA, needs_open_data

AT = 1_781_049_600


class Site:
    """A web site of files."""

    def __init__(self, files, version="3.0", languages=("",)):
        self.files = {
            name: data if isinstance(data, bytes) else json.dumps({"last_updated": AT, "ttl": 30, "version": version, "data": data})
            .encode() for name, data in files.items()
        }  # fmt: skip
        feeds = {language: [{"name": name, "url": f"{name}{language}"} for name in files] for language in languages}
        listed = {"feeds": feeds[""]} if version >= "3" else {each: {"feeds": feeds[each]} for each in languages}
        self.files["gbfs.json"] = json.dumps({"version": version, "data": listed}).encode()

    def __call__(self, url):
        if url not in self.files:
            raise FileNotFoundError(url)
        return self.files[url]

    def read(self):
        return read_fleet(collect("gbfs.json", self, absent=(FileNotFoundError,)))


INFORMATION = {
    "system_id": "machi_cycle",
    "name": [{"text": "まちサイクル", "language": "ja"}],
    "timezone": "Asia/Tokyo",
}
STATIONS = [
    {"station_id": "1", "name": [{"text": "駅前", "language": "ja"}, {"text": "Station", "language": "en"}], "lat": 32.2,
     "lon": 130.7, "capacity": 10, "rental_methods": ["key"], "something_new": {"a": 1}},
    {"station_id": "2", "name": [{"text": "城跡", "language": "ja"}], "lat": 32.21, "lon": 130.7},
]  # fmt: skip
STATUS = [
    {"station_id": "1", "num_vehicles_available": 4, "num_docks_available": 6, "is_installed": True, "is_renting": True,
     "is_returning": True, "last_reported": "2026-06-10T09:00:00+09:00",
     "vehicle_types_available": [{"vehicle_type_id": name, "count": count} for name, count in (("e", 1), ("kick", 2), ("b", 1))]},
    {"station_id": "2", "num_vehicles_available": 0, "is_renting": True, "is_returning": True, "last_reported": "yesterday"},
]  # fmt: skip
TYPES = [
    {"vehicle_type_id": "b", "form_factor": "bicycle", "propulsion_type": "human"},
    {"vehicle_type_id": "e", "form_factor": "bicycle", "propulsion_type": "electric_assist"},
    {"vehicle_type_id": "kick", "form_factor": "scooter_standing", "propulsion_type": "electric"},
]
RULE = {"ride_start_allowed": True, "ride_end_allowed": False, "ride_through_allowed": True, "maximum_speed_kph": 10}
SQUARE = [[130.7, 32.2], [130.8, 32.2], [130.8, 32.3], [130.7, 32.2]]


def version_3():
    return Site(
        {
            "system_information": INFORMATION,
            "station_information": {"stations": STATIONS},
            "station_status": {"stations": STATUS},
            "vehicle_types": {"vehicle_types": TYPES},
            "vehicle_status": {"vehicles": [
                {"vehicle_id": "v1", "lat": 32.2, "lon": 130.71, "is_reserved": False, "is_disabled": False, "vehicle_type_id": "e",
                 "current_range_meters": 9000.0, "pricing_plan_id": "p"},
                {"vehicle_id": "v2", "lat": 32.2, "lon": 130.71, "is_reserved": True, "is_disabled": False, "vehicle_type_id": "e"},
                {"vehicle_id": "v3", "lat": 32.2, "lon": 130.71, "vehicle_type_id": "kick"},
                {"vehicle_id": "v4", "station_id": "1", "vehicle_type_id": "b"},
                {"vehicle_id": "v5", "vehicle_type_id": "b"},
            ]},
            "system_pricing_plans": {"plans": [
                {"plan_id": "p", "name": [{"text": "30分", "language": "ja"}], "currency": "JPY", "price": 165,
                 "description": [{"text": "30分ごとに", "language": "ja"}]},
                {"plan_id": "q", "price": "much"},
            ]},
            "geofencing_zones": {"geofencing_zones": {"type": "FeatureCollection", "features": [
                {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
                 "properties": {"name": [{"text": "広場", "language": "ja"}], "rules": [RULE]}},
                {"type": "Feature", "geometry": {"type": "Point"}, "properties": {}},
            ]}},
        }
    )  # fmt: skip


def test_version_3_is_read_whole():
    read = version_3().read()
    fleet = read.fleet
    assert (fleet.system, fleet.names, fleet.at, fleet.ttl_s) == ("machi_cycle", {"ja": "まちサイクル"}, AT, 30)
    assert fleet.docks == (
        Dock("1", {"ja": "駅前", "en": "Station"}, 32.2, 130.7, 2, 6, True, True, 1_781_049_600, 10, 1, (None,)),
        Dock("2", {"ja": "城跡"}, 32.21, 130.7, 0, None, True, True, tariffs=(None,)),
    )
    assert [(each.has_bike, each.has_room) for each in fleet.docks] == [(True, True), (False, True)]
    assert fleet.bikes == (FreeBike("v1", 32.2, 130.71, True, 9000, "p"),)
    assert fleet.plans == (
        PricingPlan("p", {"ja": "30分"}, "JPY", Decimal(165), {"ja": "30分ごとに"}, tariff=Tariff(Decimal(165))),
    )
    (zone,) = fleet.zones
    assert (zone.names, zone.may_start, zone.may_end, zone.may_pass, zone.most_kph) == (
        {"ja": "広場"},
        True,
        False,
        True,
        10,
    )
    assert zone.rings == (((32.2, 130.7), (32.2, 130.8), (32.3, 130.8), (32.2, 130.7)),)
    assert dict(read.left_aside) == {"place_missing": 1, "price_missing": 1, "zone_wrong": 1}


def test_version_2_tells_names_in_a_file_for_each_language():
    site = Site({"system_information": {"system_id": "s", "name": "x"}}, version="2.3", languages=("en", "ja"))
    for language, name in (("ja", "駅前"), ("en", "Station")):
        for file, data in {
            "system_information": {"system_id": "s", "language": language, "name": name},
            "station_information": {"stations": [{"station_id": 7, "name": name, "lat": 32.2, "lon": 130.7}]},
            "station_status": {"stations": [{"station_id": "7", "num_bikes_available": 3, "num_docks_available": 0,
                                             "is_installed": 1, "is_renting": 0, "is_returning": 1, "last_reported": AT}]},
            "free_bike_status": {"bikes": [{"bike_id": "f", "lat": 32.2, "lon": 130.7, "is_reserved": 0, "is_disabled": 0}]},
        }.items():  # fmt: skip
            site.files[f"{file}{language}"] = json.dumps({"last_updated": AT, "ttl": 5, "data": data}).encode()
    listed = json.loads(site.files["gbfs.json"])
    names = ("system_information", "station_information", "station_status", "free_bike_status")
    for language in ("en", "ja"):
        listed["data"][language]["feeds"] = [{"name": name, "url": f"{name}{language}"} for name in names]
    site.files["gbfs.json"] = json.dumps(listed).encode()
    fleet = site.read().fleet
    assert fleet.names == {"ja": "駅前", "en": "Station"}
    (dock,) = fleet.docks
    assert (dock.id, dock.names, dock.bikes, dock.has_bike, dock.has_room, dock.at) == (
        "7", {"ja": "駅前", "en": "Station"}, 3, False, False, AT,
    )  # fmt: skip
    assert [bike.id for bike in fleet.bikes] == ["f"]


def test_a_system_without_stations_or_without_states_has_none():
    site = version_3()
    del site.files["station_status"]
    assert site.read().fleet.docks == ()
    assert dict(site.read().left_aside)["state_missing"] == 2
    site.files["station_information"] = b"{"
    assert site.read().fleet.docks == ()


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("gbfs.json", b"<html>", "not_json: gbfs"), ("gbfs.json", b"[]", "shape: gbfs"), ("gbfs.json", b"\xff\xfe", "not_json"),
        ("gbfs.json", b'{"data": {"feeds": 5}}', "file_missing: system_information"),
        ("gbfs.json", b'{"data": {"ja": [1]}}', "file_missing: system_information"),
        ("system_information", b"no", "not_json: system_information"),
        ("gbfs.json", b"[" * 100_000, "not_json"),
    ],
)  # fmt: skip
def test_what_is_no_system_is_refused(file, content, words):
    site = version_3()
    site.files[file] = content
    with pytest.raises(NotGbfs, match=words):
        site.read()


def test_files_that_were_damaged_never_do_more_than_be_refused():
    dice, whole, read = random.Random(3), version_3(), 0
    odd = [None, "", "x", -1, 1e300, True, [], {}, [[]], [None], 10**30]
    for _ in range(1500):
        site = version_3()
        name = dice.choice(list(whole.files))
        told = json.loads(whole.files[name])
        at = told
        while True:
            key = dice.choice(list(at) if isinstance(at, dict) else range(len(at)))
            if isinstance(at[key], dict | list) and at[key] and dice.random() < 0.9:
                at = at[key]
                continue
            at[key] = dice.choice(odd)
            break
        site.files[name] = json.dumps(told).encode()
        try:
            site.read()
            read += 1
        except NotGbfs:
            pass
    assert read > 1000


def test_near_is_told_with_the_nearest_first():
    docks = version_3().read().fleet.docks
    assert [(each.thing.id, each.metres) for each in near(docks, 32.2085, 130.7, 1000)] == [("2", 167), ("1", 945)]
    assert [each.thing.id for each in near(docks, 32.2085, 130.7, 500)] == ["2"]
    assert near([], 32.2, 130.7, 500) == []


@needs_open_data
@pytest.mark.parametrize(
    ("folder", "docks", "left"),
    [("duplicate-stations-v3", 3, {"twice": 1}), ("helsinki", 7, {"place_missing": 3}), ("lillestrombysykkel", 6, {})],
)
def test_systems_of_other_towns_are_read(folder, docks, left):
    place = OPEN_DATA / "gbfs" / folder
    read = read_fleet(collect("gbfs.json", lambda url: (place / Path(url).name).read_bytes(), absent=(OSError,)))
    assert (len(read.fleet.docks), dict(read.left_aside)) == (docks, left)
    if folder == "lillestrombysykkel":
        assert [plan.price for plan in read.fleet.plans] == [Decimal("50.0"), Decimal("10.0")]
        assert read.fleet.docks[0].names == {"nb": "TORVGATA"}
    if folder == "duplicate-stations-v3":
        assert {dock.id: dock.bikes for dock in read.fleet.docks}["station_duplicate"] == 8


HALF_HOURS = {"plan_id": "h", "currency": "JPY", "price": 165, "is_taxable": False,
              "per_min_pricing": [{"start": 30, "rate": 165, "interval": 30}]}  # fmt: skip


def priced(plans, types=(), available=None):
    """Return what the station's bicycles cost, as the product reads it."""
    status = {"station_id": "1", "num_vehicles_available": 3, "is_renting": True, "is_returning": True}
    told = {"vehicle_types_available": [{"vehicle_type_id": kind, "count": count} for kind, count in available or ()]}
    site = Site(
        {
            "system_information": INFORMATION,
            "station_information": {"stations": STATIONS[:1]},
            "station_status": {"stations": [status | (told if available else {})]},
            "system_pricing_plans": {"plans": plans},
        }
        | ({"vehicle_types": {"vehicle_types": types}} if types else {})
    )
    return site.read().fleet.docks[0].tariffs


@pytest.mark.parametrize(
    ("plan", "prices"),
    [
        ({}, {0: 165, 1799: 165, 1800: 330, 3599: 330, 3600: 495}),
        ({"price": 100, "per_min_pricing": [{"start": 0, "rate": 10, "interval": 1}]}, {0: 110, 59: 110, 60: 120, 601: 210}),
        ({"price": 0, "per_min_pricing": [{"start": 0, "rate": 2.5, "interval": 1, "end": 10}]}, {59: 3, 60: 5, 599: 25, 9999: 25}),
        ({"price": 300, "per_min_pricing": [{"start": 15, "rate": 100, "interval": 0}]}, {899: 300, 900: 400, 99_999: 400}),
        ({"price": 200, "per_min_pricing": [{"start": 60, "rate": -50, "interval": 0}]}, {3599: 200, 3600: 150}),
        (
            {"price": 50, "per_min_pricing": [
                {"start": 10, "rate": 10, "interval": 1, "end": 25}, {"start": 25, "rate": 5, "interval": 1},
                {"start": 25, "rate": 30, "interval": 5}]},
            {599: 50, 600: 60, 1499: 200, 1500: 235, 1800: 290},
        ),
    ],
)  # fmt: skip
def test_a_ride_costs_its_base_and_every_interval_that_it_begins(plan, prices):
    (tariff,) = priced([HALF_HOURS | plan])
    assert {seconds: tariff.yen(seconds) for seconds in prices} == prices


@pytest.mark.parametrize(
    "plan",
    [
        {"currency": "EUR"},
        {"is_taxable": True},
        {"surge_pricing": True},
        {"per_km_pricing": [{"start": 0, "rate": 10, "interval": 1}]},
        {"per_min_pricing": [{"start": 0, "rate": "dear", "interval": 1}]},
        {"per_min_pricing": [{"start": 0.5, "rate": 1, "interval": 1}]},
        {"per_min_pricing": [{"start": 0, "rate": 1}]},
        {"per_min_pricing": [{"start": 0, "rate": 1, "interval": 1, "end": "late"}]},
        {"per_min_pricing": "often"},
        {"per_min_pricing": []},
    ],
)
def test_what_cannot_be_reckoned_is_not_known_and_never_nothing(plan):
    assert priced([HALF_HOURS | plan]) == (None,)


def test_each_kind_of_bicycle_has_its_plan_and_those_that_stand_there_count():
    dear = HALF_HOURS | {"plan_id": "e", "price": 200}
    types = [TYPES[0] | {"default_pricing_plan_id": "h"}, TYPES[1] | {"default_pricing_plan_id": "e"}, TYPES[2]]
    cheap, electric = (Tariff(Decimal(price), (Step(30, Decimal(165), 30),)) for price in (165, 200))
    assert priced([HALF_HOURS, dear], types, [("b", 1), ("e", 2)]) == (cheap, electric)
    assert priced([HALF_HOURS, dear], types, [("b", 0), ("e", 2), ("kick", 1)]) == (electric,)
    assert priced([HALF_HOURS, dear], types[:1] + TYPES[1:], [("e", 2)]) == (None,)
    assert priced([HALF_HOURS, dear], [TYPES[1] | {"pricing_plan_ids": ["e"]}], [("e", 2)]) == (electric,)
    assert priced([HALF_HOURS, dear]) == (None,)  # of two plans nobody says which
