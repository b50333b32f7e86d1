"""The demo town runs: its operators are asked, all that they say is found, and journeys, vehicles and bicycles follow."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from kernel import clock
from mobility.demo.live import seed_live
from mobility.demo.seeding import seed_lines
from mobility.loops.live import hear
from mobility.models import LiveSource
from mobility.selectors.live import docks_now, message_out, vehicles_now
from mobility.services.live import live_generation, live_network

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # both timetables are brought in
NOON = datetime(2026, 12, 1, 3, 10, tzinfo=UTC)  # a car is on its round


def test_the_town_runs(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    seed_lines()
    seed_live()
    seed_live()
    assert LiveSource.objects.count() == 7
    hear()
    rows = LiveSource.objects.order_by("made_at", "id")
    assert {(row.url, row.outcome) for row in rows} == {(row.url, "good") for row in rows}
    told = [row.report for row in rows if row.kind == "trip_updates"]
    assert all(each["matched"]["unmatched"] == {} and each["matched"]["trips"] == each["trips"] > 0 for each in told)
    network = live_network(at=NOON)
    assert live_generation() is not None
    assert network.live is not None
    vehicles = vehicles_now(network, at=NOON, language="en").vehicles
    assert vehicles
    assert [each for each in vehicles if not (each.trip and each.line and each.late_s is not None)] == []
    assert len(docks_now(at=NOON)) > 5
    driven = {each.id for each in vehicles if each.route == "mihon-bus:loop"}
    assert driven
    assert driven <= {"mihon-bus:loop-1", "mihon-bus:loop-2"}  # the city's own cars, and nobody tells of them twice
    out = message_out("vehicle-positions", network, at=NOON, feed="mihon-bus").vehicles.values()
    assert driven == {f"mihon-bus:{each.id}" for each in out if each.trip.trip_id.startswith("loop-")}
    assert [each.id for each in network.closures] == ["waterworks-20261130"]
    asked = {"from": "32.21640,130.75300", "to": "32.21262,130.76130", "own": "bicycle"}
    found = Client().get("/api/v1/mobility/journeys", asked, headers={"Accept-Language": "en"}).json()
    (ridden,) = [leg for each in found["direct"] for leg in each["legs"] if leg["way"] == "bicycle"]
    assert (ridden["start"]["name"], ridden["end"]["name"], ridden["fare"]) == (
        "Hitoyoshi Station",
        "Kokonokamachi",
        100,
    )
