"""The demo town's operators: what they make up is GTFS-Realtime like any other, and everything in it is found again."""

from datetime import timedelta

import numpy as np
import pytest

from kernel import clock
from mobility.engine.live.progress import Run, progress
from mobility.gateways.driver_positions import register_drivers, withdraw_drivers
from mobility.gateways.driver_twin import DriverTwin
from mobility.gateways.fetching import FetchRefused
from mobility.gateways.gtfs_realtime import read_message
from mobility.gateways.live_sources import register_twin, withdraw_twin
from mobility.gateways.live_twin import LiveTwin
from mobility.gateways.made_up import MadeUp
from mobility.selectors.live import alerts_now, vehicles_now
from mobility.services.feeds import current_network
from mobility.services.live import live_network, poll_due, publish_changes
from tests.mobility.live.operator import DAY, EIGHT, source

pytestmark = pytest.mark.django_db
AT = EIGHT + timedelta(minutes=5)


@pytest.fixture
def twin(town):
    found = LiveTwin(lambda: (current_network(at=AT), AT))
    register_twin(found, "red")
    yield found
    withdraw_twin("red")


def test_all_that_it_tells_is_found_in_the_timetable(twin):
    for kind in ("trip_updates", "vehicle_positions", "alerts"):
        source(kind, at=AT, url=f"demo:red/{kind}")
    assert poll_due(at=AT) == 3
    assert publish_changes(at=AT) == 1
    network = live_network(at=AT)
    (vehicle,) = vehicles_now(network, at=AT, language="ja").vehicles
    assert (vehicle.trip, vehicle.route, vehicle.day) == ("red:t8", "red:r", DAY)
    times = network.times(network.trip_numbers["red:t8"], DAY)
    planned = network.planned(network.trip_numbers["red:t8"])
    assert times.is_told.all()
    assert (times.departure - planned.departure).max() < 900
    assert alerts_now(at=AT, language="en").alerts == []  # road works begin at nine
    assert [each.header for each in alerts_now(at=AT + timedelta(hours=1), language="en").alerts] == [
        "[Sample] Road works: line r may run late."
    ]


def test_it_says_the_same_when_it_is_asked_again_and_what_was_told_stays_true(twin):
    assert twin("red/trip_updates") == twin("red/trip_updates")
    later = LiveTwin(lambda: (current_network(at=AT), AT + timedelta(minutes=10)))
    (first,) = read_message(twin("red/trip_updates")).message.trips.values()
    (then,) = read_message(later("red/trip_updates")).message.trips.values()
    assert first.calls[0].sequence == 0
    assert then.calls[0].sequence > 0
    assert then.calls[0].departure_at <= int((AT + timedelta(minutes=10)).timestamp())


@pytest.mark.parametrize("path", ["blue/trip_updates", "red/else", "red"])
def test_other_addresses_hold_nothing(twin, path):
    if path.startswith("blue"):
        twin = LiveTwin(lambda: (current_network(at=AT), AT))
    with pytest.raises(FetchRefused, match="status"):
        twin(path)


def test_how_far_a_vehicle_is_and_how_late():
    run = Run(
        np.array([32.0, 32.01, 32.02]),
        np.array([130.0, 130.0, 130.0]),
        np.array([0, 600, 1260]),
        np.array([0, 660, 1260]),
    )
    assert progress(run, 32.005, 130.0, 300) == (1, 0)
    assert progress(run, 32.005, 130.0005, 420) == (1, 120)
    assert progress(run, 32.01, 130.0, 630) == (2, 0)
    assert progress(run, 32.015, 130.0, 900) == (2, -60)
    assert progress(run, 32.005, 130.1, 300) is None
    assert progress(Run(*(each[:1] for each in run)), 32.0, 130.0, 0) is None


def test_on_a_line_there_and_back_the_way_that_fits_the_time_is_taken():
    run = Run(np.array([32.0, 32.01, 32.0]), np.array([130.0] * 3), np.array([0, 600, 1200]), np.array([0, 600, 1200]))
    assert progress(run, 32.002, 130.0, 130) == (1, 10)
    assert progress(run, 32.002, 130.0, 1100) == (2, 20)


@pytest.fixture
def drivers(town):
    found = DriverTwin("red", "r")
    register_drivers(found)
    yield found
    withdraw_drivers(found)


def test_drivers_tell_where_they_are_and_their_lateness_follows(drivers):
    network = current_network(at=AT)
    (car,) = drivers.now(network, at=int(AT.timestamp()))
    assert (car.id, car.trip.trip_id, car.trip.start_day) == ("r-1", "t8", DAY)
    assert car.label.endswith("1（見本）")
    drawn = MadeUp(network, network.catalogues["red"], {network.trip_numbers["red:t8"]: "t8"})
    (vehicle,) = drawn._running(int(AT.timestamp()))
    publish_changes(at=AT)
    (told,) = vehicles_now(live_network(at=AT), at=AT, language="ja").vehicles
    assert (told.id, told.trip, told.route) == ("red:r-1", "red:t8", "red:r")
    lateness = vehicle.departure[1] - network.planned(network.trip_numbers["red:t8"]).departure[1]
    assert abs(told.late_s - lateness) < 60  # seen from the way between the stops
    assert drivers.now(network, at=int(AT.timestamp()) + 30 * 60) == []


def test_the_city_gives_out_its_drivers_places(drivers, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    seen = [read_message(client.get(f"/api/v1/mobility/realtime/vehicle-positions.pb{feed}").content).message.vehicles
            for feed in ("", "?feed=red", "?feed=blue")]  # fmt: skip
    assert [[(each.id, each.trip.trip_id) for each in told.values()] for told in seen] == [
        [("r-1", "red:t8")], [("r-1", "t8")], [],
    ]  # fmt: skip


def test_of_a_line_that_the_city_drives_its_operator_tells_nothing(town):
    twin = LiveTwin(lambda: (current_network(at=AT), AT), {"red": "r"})
    for kind in ("trip_updates", "vehicle_positions"):
        told = read_message(twin(f"red/{kind}")).message
        assert (told.trips, told.vehicles) == ({}, {})
    assert DriverTwin("red", "q").now(current_network(at=AT), at=int(AT.timestamp())) == []
