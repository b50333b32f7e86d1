"""Fares of rides that somebody can take today equal the operators' own tables, read again by other code."""

import random
from datetime import date
from functools import cache

import pytest

from mobility.engine.fares import Fares, Payer, Ride, Rider, price, read_fares
from mobility.engine.gtfs import Faults
from tests.mobility.fare_oracle import FareOracle, rows
from tests.mobility.feeds import needs_open_data, open_feed

pytestmark = [pytest.mark.slow, needs_open_data]  # 208,000 rules are read twice

BUSES = ("dentetsubus", "kumabus", "toshibus")
DAY = date(2026, 6, 10)


@cache
def town():
    names = {name: f"{name}.gtfs.zip" for name in (*BUSES, "kumamotodentetsu", "kumamotoshiden")}
    files = {name: open_feed(file)[0] for name, file in names.items()}
    files["poa"] = open_feed("poa_eptc.zip")[0]
    faults = Faults()
    fares = Fares({name: read for name, each in files.items() if (read := read_fares(each, faults))})
    assert faults.found == []
    return Fares.from_bytes(fares.to_bytes()), files


def rides_of(files, count, seed):
    """Take vehicles from the timetable itself: any trip, any two of its calls."""
    dice = random.Random(seed)
    route = {row["trip_id"]: row["route_id"] for row in rows(files, "trips.txt")}
    calls = {}
    for row in rows(files, "stop_times.txt"):
        calls.setdefault(row["trip_id"], []).append((int(row["stop_sequence"]), row["stop_id"]))
    trips = sorted(trip for trip, own in calls.items() if len(own) > 1)
    for trip in dice.choices(trips, k=count):
        own = [stop for _n, stop in sorted(calls[trip])]
        board, alight = sorted(dice.sample(range(len(own)), 2))
        yield route[trip], own[board], own[alight], tuple(own[board : alight + 1])


@pytest.mark.parametrize("name", BUSES)
def test_a_thousand_rides_equal_the_operators_tables(name):
    fares, files = town()
    oracle, known = FareOracle(files[name]), 0
    for route, board, alight, through in rides_of(files[name], 1000, 5):
        found = fares.of_ride(Ride(name, route, board, alight, DAY, 0, 0, through))
        told = oracle.of_ride(route, board, alight, through)
        assert (found.amount if found else None) == told, (route, board, alight)
        known += told is not None
    assert known > 950


@pytest.mark.parametrize("name", ["kumamotodentetsu", "kumamotoshiden", "poa"])
def test_rail_tram_and_another_country(name):
    fares, files = town()
    oracle, known = FareOracle(files[name]), 0
    for route, board, alight, through in rides_of(files[name], 200, 6):
        found = fares.of_ride(Ride(name, route, board, alight, DAY, 0, 0, through))
        assert (found.amount if found else None) == oracle.of_ride(route, board, alight, through)
        known += found is not None
    assert known > 190


@pytest.mark.parametrize("name", ["kumamotodentetsu", "kumamotoshiden", "poa"])
def test_journeys_with_changes_cost_what_trying_every_ticket_tells(name):
    fares, files = town()
    oracle, dice = FareOracle(files[name]), random.Random(7)
    pool = list(rides_of(files[name], 300, 8))
    for _ in range(100):
        taken = dice.sample(pool, dice.randint(1, 4))
        rides = [
            Ride(name, route, board, alight, DAY, n * 1800, n * 1800 + 900)
            for n, (route, board, alight, _t) in enumerate(taken)
        ]
        unknown, amount = oracle.of_rides(
            [(route, board, alight, n * 1800, ()) for n, (route, board, alight, _t) in enumerate(taken)]
        )
        told = price(fares, rides)
        assert (len(told.unknown), told.at_least) == (unknown, amount)


def test_one_ticket_takes_one_from_one_railway_line_to_the_other():
    fares, _files = town()
    rides = [
        Ride("kumamotodentetsu", "2", "1_0", "8_0", DAY, 36_000, 36_600),
        Ride("kumamotodentetsu", "1", "8_0", "19_0", DAY, 36_900, 38_200),
    ]
    told = price(fares, rides)
    assert [(line.why, line.amount) for line in told.lines] == [("fare", 560), ("change", 0)]
    assert [fares.of_ride(ride).amount for ride in rides] == [280, 480]


def test_brazil_pays_in_centavos_and_promises_no_reduction():
    fares, files = town()
    route, board, alight, _through = next(rides_of(files["poa"], 1, 1))
    ride = Ride("poa", route, board, alight, date(2019, 5, 15), 0, 0)
    assert fares.of_ride(ride)[2:4] == (470, "BRL")
    assert fares.of_ride(ride, Payer(Rider(age="child"))).amount == 470
    assert price(fares, [ride, ride])[:3] == (940, 940, "BRL")


def test_a_ride_is_looked_up_in_microseconds():
    fares, _files = town()
    fare = fares.of_ride(Ride("kumabus", "1_1313_2_20260502", "100002_1", "100005_2", DAY, 0, 0))
    assert (fare.id, fare.amount) == ("1_1313_2_200_20260502", 200)
    assert len(fares.to_bytes()) < 3_500_000
