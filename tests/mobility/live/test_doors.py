"""What runs now over the public doors, and as GTFS-Realtime for other programs."""

import json
from datetime import timedelta

import pytest

from kernel import clock
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.engine.live.news import AlertNews, Concerned, Message, TripRef, VehicleNews
from mobility.engine.live_results import AlertDraft
from mobility.gateways import live_store
from mobility.gateways.driver_positions import register_drivers, withdraw_drivers
from mobility.gateways.gtfs_realtime import read_message
from mobility.selectors.live import docks_near
from mobility.services.live import poll_due, publish_changes, write_alert
from tests.mobility.gateways.test_gbfs import version_3
from tests.mobility.live.operator import DAY, EIGHT, arrives, late, source

pytestmark = pytest.mark.django_db
API = "/api/v1/mobility/"
SECOND = int(EIGHT.timestamp())
T8 = TripRef("t8", start_day=DAY)
BUS = VehicleNews("7", "人吉 7", T8, 32.0, 130.7, 90.0, 8.5, SECOND, sequence=1, crowding="few_seats_available")


@pytest.fixture(autouse=True)
def _eight(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EIGHT)


def get(client, path, **headers):
    answer = client.get(API + path, headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def message(client, path):
    answer = client.get(API + path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/x-protobuf")
    return read_message(answer.content).message


def test_vehicles_are_on_the_map_with_line_stop_and_lateness(town, operator, client):
    source("vehicle_positions", attribution="赤バス")
    source("trip_updates")
    ghost = VehicleNews("9", "", TripRef("nowhere"), 33.0, 131.0, at=SECOND)
    operator.says["vehicle_positions"] = Message(SECOND, vehicles={"a": BUS, "b": ghost})
    operator.says["trip_updates"] = late(120, "t8")
    poll_due(at=EIGHT)
    publish_changes(at=EIGHT)
    told = get(client, "vehicles")
    assert told["attribution"] == ["赤バス"]
    bus, other = told["vehicles"]
    assert bus == {
        "id": "red:7", "label": "人吉 7", "lat": 32.0, "lon": 130.7, "at": "2026-06-09T23:00:00Z", "status": "in_transit_to",
        "bearing": 90.0, "speed_m_s": 8.5, "crowding": "few_seats_available", "trip": "red:t8", "day": "2026-06-10",
        "route": "red:r", "stop": "red:B", "stop_name": "B", "late_s": 120,
    }  # fmt: skip
    assert other["id"] == "red:9"
    assert "trip" not in other
    assert [each["id"] for each in get(client, "vehicles?box=31.9,130.6,32.1,130.8")["vehicles"]] == ["red:7"]
    assert [each["id"] for each in get(client, "vehicles?route=red:r")["vehicles"]] == ["red:7"]
    assert get(client, "vehicles?route=red:q")["vehicles"] == []


@pytest.mark.parametrize(
    "path",
    ["vehicles?box=1,2,3", "vehicles?box=3,2,1,4", "vehicles?box=a,b,c,d", "vehicles?box=nan,0,1,1", "bikes", "bikes?near=1",
     "bikes?near=95,10", "bikes?near=32,130&metres=0", "bikes?near=32,130&metres=١"],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(town, client, path):
    answer = client.get(API + path)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_query")


def test_what_is_too_old_is_not_shown(town, operator, client, monkeypatch):
    source("vehicle_positions")
    operator.says["vehicle_positions"] = Message(SECOND, vehicles={"a": BUS})
    poll_due(at=EIGHT)
    monkeypatch.setattr(clock, "now", lambda: EIGHT + timedelta(minutes=6))
    assert get(client, "vehicles")["vehicles"] == []


def test_notices_are_told_in_the_readers_language(town, client):
    draft = AlertDraft(header={"ja": "祭り", "zh-hans": "节日", "en": "Festival"}, routes=["red:r"])
    write_alert(Act(SYSTEM, at=EIGHT, key=str(new_id(EIGHT))), draft=draft)
    for language, header in (("ja", "祭り"), ("zh-Hans", "节日"), ("ko", "Festival")):
        (alert,) = get(client, "alerts", accept_language=language)["alerts"]
        assert (alert["header"], alert["touched"]) == (header, [{"route": "red:r"}])
    assert get(client, "alerts?route=red:q")["alerts"] == []


def test_bicycles_around_a_place(db, operator, client):
    source("gbfs", feed="", url="demo:operator/gbfs", attribution="まちサイクル")
    site = version_3()
    operator.says = {"gbfs": site.files["gbfs.json"]} | {
        name: data for name, data in site.files.items() if name != "gbfs.json"
    }
    listed = json.loads(operator.says["gbfs"])
    for each in listed["data"]["feeds"]:
        each["url"] = f"demo:operator/{each['url']}"
    operator.says["gbfs"] = json.dumps(listed).encode()
    poll_due(at=EIGHT)
    assert get(client, "bikes?near=32.2,130.7") == {"docks": [], "bikes": [], "systems": []}  # of noon, and it is eight


def test_bicycles_that_are_fresh(db, operator, client, monkeypatch):
    test_bicycles_around_a_place(None, operator, client)
    from datetime import UTC, datetime  # noqa: PLC0415

    monkeypatch.setattr(clock, "now", lambda: datetime.fromtimestamp(1_781_049_600, UTC))
    told = get(client, "bikes?near=32.2,130.7&metres=500", accept_language="en")
    (dock,) = told["docks"]
    assert [(each.thing.id, each.metres) for each in docks_near(32.2, 130.7, 500, at=clock.now())] == [
        ("machi_cycle:1", 0)
    ]
    assert (dock["id"], dock["name"], dock["metres"], dock["bikes"], dock["electric"], dock["docks"]) == (
        "machi_cycle:1", "Station", 0, 2, 1, 6,
    )  # fmt: skip
    assert [(each["id"], each["metres"]) for each in told["bikes"]] == []
    (system,) = told["systems"]
    assert (system["name"], system["attribution"], system["plans"][0]["price"]) == (
        "まちサイクル",
        "まちサイクル",
        "165",
    )


def test_other_programs_get_what_may_be_passed_on(town, operator, client):
    source("trip_updates", is_open=True, licence="CC BY 4.0")
    source("vehicle_positions")
    source("alerts", is_open=True, licence="CC BY 4.0")
    operator.says["trip_updates"] = late(120, "t8")
    operator.says["vehicle_positions"] = Message(SECOND, vehicles={"a": BUS})
    operator.says["alerts"] = Message(
        SECOND, alerts={"x": AlertNews("x", (), (Concerned(stop_id="B"),), header={"ja": "工事"})}
    )
    poll_due(at=EIGHT)
    write_alert(Act(SYSTEM, at=EIGHT, key=str(new_id(EIGHT))), draft=AlertDraft(header={"ja": "全体"}))
    (trip,) = message(client, "realtime/trip-updates.pb").trips.values()
    assert (trip.trip.trip_id, trip.calls[0].departure_delay_s) == ("red:t8", 120)
    (trip,) = message(client, "realtime/trip-updates.pb?feed=red").trips.values()
    assert trip.trip == T8
    assert message(client, "realtime/trip-updates.pb?feed=blue").trips == {}
    assert message(client, "realtime/vehicle-positions.pb").vehicles == {}
    alerts = message(client, "realtime/alerts.pb?feed=red").alerts.values()
    assert sorted((each.header["ja"], [one.stop_id for one in each.concerned]) for each in alerts) == [
        ("全体", []),
        ("工事", ["B"]),
    ]
    assert {each.header["ja"] for each in message(client, "realtime/alerts.pb?feed=blue").alerts.values()} == {"全体"}


class Drivers:
    """Two drivers of the line: one between A and B, one far off the way."""

    feed = "red"

    def now(self, network, *, at):
        lat, lon = (network.feed.stop_lat, network.feed.stop_lon)
        a, b = (network.stop_numbers[f"red:{stop}"] for stop in "AB")
        yield VehicleNews("d1", "", T8, float(lat[a] + lat[b]) / 2, float(lon[a] + lon[b]) / 2, at=at)
        yield VehicleNews("d2", "", TripRef("t9", start_day=DAY), 35.0, 135.0, at=at)


def test_drivers_positions_go_out_and_make_their_trips_late(town, client, monkeypatch):
    drivers, at = Drivers(), EIGHT + timedelta(minutes=8)
    monkeypatch.setattr(clock, "now", lambda: at)
    register_drivers(drivers)
    try:
        publish_changes(at=at)
        vehicles = message(client, "realtime/vehicle-positions.pb").vehicles
        trips = message(client, "realtime/trip-updates.pb?feed=red").trips
        late_at = arrives("A", "C", 7.9, at)
    finally:
        withdraw_drivers(drivers)
    assert sorted((each.id, each.trip.trip_id) for each in vehicles.values()) == [("d1", "red:t8"), ("d2", "red:t9")]
    (trip,) = trips.values()
    assert (trip.trip, trip.calls[0].sequence, trip.calls[0].arrival_delay_s) == (T8, 1, 180)
    assert late_at == "8:23:00"


def test_without_redis_it_is_said_that_nothing_can_be_looked_up(town, client, monkeypatch):
    def away(_sources):
        raise live_store.StoreAway

    monkeypatch.setattr(live_store, "messages_of", away)
    monkeypatch.setattr(live_store, "fleets_of", away)
    for path in ("vehicles", "bikes?near=32,130", "realtime/trip-updates.pb"):
        answer = client.get(API + path)
        assert (answer.status_code, answer.json()["code"]) == (503, "live_away")
    assert client.get(API + "alerts").status_code == 200
