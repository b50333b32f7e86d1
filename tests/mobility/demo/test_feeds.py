"""The demo town's feeds are whole, right in every language, and good whenever a city is started."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from mobility.demo import demo_feeds
from mobility.engine.fares import Fares, Payer, Ride, Rider, TownRules, price, read_fares, ride_of
from mobility.engine.gtfs import Faults, read_feed
from mobility.engine.timetable import lanes_of
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.fare_rules import read_rules, town_rules, why_no_fare_rules
from tests.mobility.demo.town import feeds_around, network_around, rows
from tests.mobility.fare_oracle import FareOracle
from tests.places import ROOT

DAY = date(2026, 10, 1)
BUS, RAIL = "mihon-bus", "mihon-rail"


@pytest.mark.parametrize("slug", [BUS, RAIL])
def test_a_feed_reads_without_a_fault_or_a_remark(slug):
    faults, files = Faults(), feeds_around(DAY)[slug]
    assert read_feed(files, faults) is not None
    assert read_fares(files, faults) is not None
    assert faults.found == []
    assert sum(map(len, files.values())) < 500_000


def test_the_town_has_ten_lines_of_buses_and_a_railway():
    bus, rail = (feeds_around(DAY)[slug] for slug in (BUS, RAIL))
    assert [row["route_id"] for row in rows(bus, "routes.txt")] == [
        "loop", "oniki", "okoba", "nakahara", "nishize", "sagara", "nishiki", "kobutcho", "shuttle", "night",
    ]  # fmt: skip
    kinds = Counter(row["location_type"] for row in rows(bus, "stops.txt"))
    assert (kinds["1"], kinds["0"]) == (70, 140)
    assert Counter(row["location_type"] for row in rows(rail, "stops.txt"))["1"] == 14
    assert rows(rail, "agency.txt")[0]["agency_name"] == "見本鉄道"
    assert {row["currency_type"] for row in rows(bus, "fare_attributes.txt")} == {"JPY"}


@pytest.mark.parametrize("slug", [BUS, RAIL])
def test_every_name_is_told_in_every_language(slug):
    files = feeds_around(DAY)[slug]
    told = {}
    for row in rows(files, "translations.txt"):
        key = row["table_name"], row["field_name"], row["record_id"] or row["field_value"]
        assert row["translation"]
        told.setdefault(key, set()).add(row["language"])
    wanted = {("stops", "stop_name", row["stop_name"]) for row in rows(files, "stops.txt")}
    wanted |= {
        ("routes", field, row["route_id"])
        for row in rows(files, "routes.txt")
        for field in ("route_short_name", "route_long_name")
    }
    wanted |= {("trips", "trip_headsign", row["trip_headsign"]) for row in rows(files, "trips.txt")}
    wanted |= {("agency", "agency_name", row["agency_id"]) for row in rows(files, "agency.txt")}
    assert all(told.get(key) == {"ja-Hrkt", "en", "zh-Hans", "ko"} for key in wanted)


def test_a_stop_is_called_as_the_reader_calls_it():
    feed = read_feed(feeds_around(DAY)[BUS], Faults())
    stop = feed.stop_id.index("aoi")
    names = [feed.directory.names.of("stop", stop, language) for language in ("ja", "ja-Hrkt", "en", "zh-Hans", "ko")]
    assert names == [
        "青井阿蘇神社前",
        "あおいあそじんじゃまえ",
        "Aoi Aso Shrine",
        "青井阿苏神社前",
        "아오이아소 신사 앞",
    ]
    assert feed.stop_kind[stop] == 1
    assert feed.directory.route_name(0, "en") == "Town Loop"


@pytest.mark.parametrize(
    "today", [date(2025, 4, 1), date(2027, 3, 31), date(2028, 2, 29), date(2031, 12, 31), date(2045, 6, 1)]
)
def test_whenever_a_city_is_started_buses_run_for_three_years(today):
    for files in demo_feeds(today).values():
        feed = read_feed(files, Faults())
        first = (today - feed.first_day).days
        assert first >= 365
        assert feed.runs[:, first : first + 3 * 365].any(axis=0).all()
        assert feed.runs.shape[1] - first >= 3 * 365


@pytest.mark.parametrize(
    ("day", "services"),
    [
        (date(2026, 10, 1), "weekday school"),
        (date(2026, 10, 2), "weekday school night"),
        (date(2026, 10, 3), "saturday night"),
        (date(2026, 10, 4), "holiday"),
        (date(2026, 10, 11), "holiday night"),  # tomorrow is 体育の日's successor, スポーツの日
        (date(2026, 10, 12), "holiday"),
        (date(2026, 8, 5), "weekday"),  # summer holidays
        (date(2026, 12, 28), "weekday night"),  # the town is out before New Year
        (date(2026, 12, 30), "holiday"),
        (date(2027, 1, 2), "holiday"),
        (date(2027, 1, 4), "weekday"),
    ],
)
def test_which_services_run_on_a_day(day, services):
    feed = read_feed(feeds_around(DAY)[BUS], Faults())
    running = feed.runs[:, (day - feed.first_day).days]
    assert [name for name, runs in zip(feed.service_id, running.tolist(), strict=True) if runs] == services.split()


def test_every_line_can_be_ridden_in_both_directions_within_a_week():
    network = network_around(DAY)
    timetable, ridden = timetable_of(network), set()
    for n in range(7):
        lanes = lanes_of(timetable, DAY + timedelta(days=n))
        today = lanes.trip[lanes.shift == 0]
        ridden |= {
            (network.route_id[network.trip_route[trip]], int(network.directory.trip_direction[trip]))
            for trip in today.tolist()
        }
    one_way = {f"{BUS}:loop", f"{BUS}:shuttle", f"{BUS}:night"}
    assert ridden == {(route, way) for route in network.route_id for way in (0, 1) if way == 0 or route not in one_way}


def test_the_night_bus_runs_past_midnight_and_the_shuttle_repeats():
    bus = feeds_around(DAY)[BUS]
    assert max(row["departure_time"] for row in rows(bus, "stop_times.txt")) == "25:41:00"
    feed = read_feed(bus, Faults())
    shuttles = [n for n, name in enumerate(feed.trip_id) if name.startswith("shuttle-saturday")]
    assert len(shuttles) == 32
    assert {
        int(b - a)
        for a, b in zip(*(feed.departure[feed.trip_call[each]] for each in (shuttles[:-1], shuttles[1:])), strict=True)
    } == {900}


@pytest.mark.parametrize("slug", [BUS, RAIL])
def test_fares_are_those_of_the_feeds_own_tables(slug):
    files = feeds_around(DAY)[slug]
    fares, oracle, dice = Fares({slug: read_fares(files, Faults())}), FareOracle(files), random.Random(3)
    feed = read_feed(files, Faults())
    for _ in range(300):
        trip = dice.randrange(len(feed.trip_id))
        first, last = sorted(dice.sample(range(int(feed.trip_call[trip]), int(feed.trip_call[trip + 1])), 2))
        stops = feed.stop[first : last + 1].tolist()
        ride = ride_of(feed, int(feed.trip_route[trip]), stops, DAY, (0, 0))._replace(feed=slug)
        found = fares.of_ride(ride)
        assert found.amount == oracle.of_ride(ride.route, ride.board, ride.alight)
        half = fares.of_ride(ride, Payer(Rider(age="child"))).amount
        assert half % 10 == 0
        assert 0 <= half * 2 - found.amount < 20


def fares():
    return Fares({slug: read_fares(files, Faults()) for slug, files in feeds_around(DAY).items()})


def ride(slug, route, board, alight, leave, arrive):
    return Ride(slug, route, board, alight, DAY, leave, arrive)


def test_what_a_morning_costs():
    town = fares()
    bus = ride(BUS, "loop", "kokonoka_1", "eki_3", 36_000, 37_000)
    rail = ride(RAIL, "kuma", "r01_1", "r14_1", 38_000, 41_000)
    told = price(town, [bus, rail], rules=town_rules())
    assert [(line.why, line.amount) for line in told.lines] == [("fare", 150), ("fare", 800), ("discount", -50)]
    assert told.total == 900
    child = price(town, [bus, rail], Rider(age="child"), rules=town_rules())
    assert [line.amount for line in child.lines] == [80, 400, -30]
    late = rail._replace(leave_s=37_000 + 3601)
    assert price(town, [bus, late], rules=town_rules()).total == 950
    night = ride(BUS, "night", "kokonoka_4", "kanisaku_1", 88_200, 89_760)
    far = ride(BUS, "okoba", "eki_1", "sanchu_1", 0, 0)
    assert [price(town, [each]).total for each in (night, far)] == [740, 570]


def test_a_citys_file_of_agreements_is_understood_or_its_fault_is_told(tmp_path, settings):
    assert read_rules(ROOT / "mobility" / "demo" / "town" / "agreements.toml").discounts[0].off == 50
    assert why_no_fare_rules() is None
    for n, (text, fault) in enumerate(
        [
            ("[[discounts]]\nid = 'x'", "name"),
            ("discount = []", "discount"),
            ("=", "Invalid"),
            ("[classes.a]\nchild = {percent = 200}", "100"),
        ]
    ):
        file = tmp_path / f"{n}.toml"
        file.write_text(text, encoding="utf-8")
        settings.FARE_RULES = str(file)
        assert fault in why_no_fare_rules()
    settings.FARE_RULES = str(tmp_path / "nowhere.toml")
    assert "nowhere.toml" in why_no_fare_rules()
    settings.FARE_RULES = ""
    assert town_rules() == TownRules()
