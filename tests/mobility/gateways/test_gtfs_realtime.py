"""Messages over the wire: read whatever they are, written so that they read back the same."""

import random
from datetime import date

import pytest
from google.transit import gtfs_realtime_pb2 as wire

from mobility.engine.live.news import (
    AlertNews,
    CallNews,
    Concerned,
    Message,
    TripNews,
    TripRef,
    VehicleNews,
    merged,
)  # fmt: skip
from mobility.gateways.gtfs_realtime import Unreadable, read_message, reading, write_message
from tests.mobility.feeds import OPEN_DATA, needs_open_data

AT = 1_781_049_600
REF = TripRef("t1", "r", 1, date(2026, 6, 10), 8 * 3600)
SAID = Message(
    AT, True,
    trips={
        "a": TripNews(REF, "planned", (
            CallNews(1, "A", departure_delay_s=-30), CallNews(2, "B", arrival_at=AT + 60, departure_at=AT + 90),
            CallNews(3, "C", kind="skipped"), CallNews(4, kind="no_data"), CallNews(5, "E", None, 60, moved_to="E2"),
        ), at=AT - 5, vehicle="bus 7"),
        "b": TripNews(TripRef("t2"), "canceled"),
        "c": TripNews(TripRef("new"), "added", (CallNews(stop_id="A", arrival_at=AT), CallNews(stop_id="B", arrival_at=AT + 9))),
        "d": TripNews(TripRef("t3", start_day=date(2026, 6, 10)), "duplicated", copy=TripRef("t3x", start_s=25 * 3600)),
        "e": TripNews(TripRef("t4"), "replaced", delay_s=120),
    },
    vehicles={
        "v": VehicleNews("7", "人吉 7", REF, 32.21, 130.75, 90.0, 8.5, AT - 3, "B", 2, "stopped_at", "few_seats_available", 80),
        "w": VehicleNews("8", "", TripRef(), 32.22, 130.75),
    },
    alerts={
        "x": AlertNews(
            "x", ((AT, None), (None, AT + 3600)),
            (Concerned("ag", "r", 3, 1, "A", REF), Concerned(route_id="r2")), "construction", "detour", "warning",
            {"": "https://bus.example/1"}, {"ja": "工事のため", "en": "Road works"}, {"ja": "う回します"},
        ),
    },
    deleted=frozenset(),
)  # fmt: skip


def test_what_is_written_reads_back_the_same():
    read = read_message(write_message(SAID, AT))
    assert read.message == SAID
    assert not read.left_aside


def test_a_message_of_differences_replaces_adds_and_deletes():
    news = Message(AT + 9, False, {"b": TripNews(TripRef("t2"), delay_s=5)}, {}, {}, frozenset({"a", "x"}))
    told = read_message(write_message(news, AT + 9)).message
    held = merged(SAID, told)
    assert (sorted(held.trips), held.trips["b"].kind, held.alerts, sorted(held.vehicles)) == (
        ["b", "c", "d", "e"], "planned", {}, ["v", "w"],
    )  # fmt: skip
    assert merged(held, SAID) is SAID
    assert merged(None, told) is told


def feed(*entities):
    message = wire.FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    for n, fill in enumerate(entities):
        fill(message.entity.add(id=str(n)))
    return message.SerializeToString()


def test_what_makes_no_sense_is_left_aside_and_counted(monkeypatch):
    def nowhere(entity):
        entity.vehicle.position.latitude, entity.vehicle.position.longitude = 99, 0

    def unknown(entity):
        pass

    def mute(entity):
        entity.alert.cause = 2

    def long(entity):
        entity.trip_update.trip.trip_id = "t"
        for _ in range(1001):
            entity.trip_update.stop_time_update.add(stop_sequence=1)

    def odd(entity):
        entity.trip_update.trip.start_date, entity.trip_update.trip.start_time = "20269999", "8 o'clock"
        entity.trip_update.timestamp = 2**63

    read = read_message(feed(nowhere, unknown, mute, long, odd))
    assert dict(read.left_aside) == {"position_wrong": 1, "kind_unknown": 1, "text_missing": 1, "calls_too_many": 1}
    assert read.message.trips == {"4": TripNews(TripRef())}
    monkeypatch.setattr(reading, "MOST_ENTITIES", 4)
    with pytest.raises(Unreadable, match="too_many_entities"):
        read_message(feed(nowhere, unknown, mute, long, odd))
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(Unreadable, match="too_large"):
        read_message(feed(nowhere))


@pytest.mark.parametrize("data", [b"", b"<html>no</html>", b"\xff" * 100, write_message(SAID, AT)[:-7]])
def test_other_bytes_are_refused(data):
    with pytest.raises(Unreadable, match="not_protobuf"):
        read_message(data)


def test_bytes_that_were_damaged_never_do_more_than_be_refused():
    dice, whole, read = random.Random(5), bytearray(write_message(SAID, AT)), 0
    for _ in range(2000):
        data = bytearray(whole)
        for _ in range(dice.choice([1, 1, 3, 20])):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            message = read_message(bytes(data)).message
            write_message(message, AT)
            read += 1
        except Unreadable:
            pass
    assert read > 100


@needs_open_data
@pytest.mark.parametrize(
    ("name", "trips", "vehicles"),
    [("king-county-metro-1.pbf", 0, 627), ("king-county-metro-2.pbf", 0, 569), ("mmri_3b.pb", 2, 0), ("mmri_3c.pb", 1, 0),
     ("mmri_3e.pb", 1, 0)],
)  # fmt: skip
def test_messages_of_other_towns_are_read(name, trips, vehicles):
    read = read_message((OPEN_DATA / "gtfs_rt" / name).read_bytes())
    assert (len(read.message.trips), len(read.message.vehicles), read.message.is_whole) == (trips, vehicles, True)
    assert dict(read.left_aside) == ({"position_wrong": 1} if "metro-2" in name else {})
    if name == "king-county-metro-1.pbf":
        bus = read.message.vehicles["1630596716_4382"]
        assert (bus.id, bus.trip, bus.stop_id, bus.at) == (
            "4382", TripRef("49195152", "100001", 0, date(2021, 9, 2)), "2470", 1_630_596_690,
        )  # fmt: skip
    if name == "mmri_3e.pb":
        assert next(iter(read.message.trips.values())).kind == "canceled"
