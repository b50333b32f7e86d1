"""A source is asked, what it says is laid over the timetable, and everything that can go wrong with it is said and harms nobody."""

from datetime import timedelta

import pytest
import redis

from accounts.errors import ReasonMissing
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act
from mobility.engine.live.news import Message, TripNews, TripRef
from mobility.engine.live_results import LiveDraft
from mobility.errors import LiveSourceRetired, LiveSourceUnfit
from mobility.gateways import live_store
from mobility.gateways.live_sources import register_twin
from mobility.loops.live import hear
from mobility.models import LiveSource
from mobility.services.live import (
    change_live_source,
    live_generation,
    poll_due,
    publish_changes,
    register_live_source,
    retire_live_source,
    serving,
)  # fmt: skip
from mobility.services.live.sources import headers_of
from tests.mobility.bringing.office import bring, small
from tests.mobility.bringing.test_bringing import Visitor
from tests.mobility.live.operator import DAY, EIGHT, arrives, late, source

pytestmark = pytest.mark.django_db


def hears(at=EIGHT):
    poll_due(at=at)
    return publish_changes(at=at)


def test_a_late_bus_is_late_for_whoever_asks(town, operator):
    row = source()
    operator.says["trip_updates"] = late(600)
    assert arrives("A", "C", 8.5) == "9:20:00"
    assert hears() == 1
    assert arrives("A", "C", 8.5) == "9:30:00"
    assert live_generation() == 1
    row.refresh_from_db()
    assert (row.outcome, row.good_at, row.said_at) == ("good", EIGHT, EIGHT)
    assert row.report["matched"] == {"trips": 1, "unmatched": {}, "examples": []}


def test_a_source_is_asked_when_it_is_due_and_the_same_news_make_no_new_generation(town, operator):
    source(poll_seconds=30)
    operator.says["trip_updates"] = late(600)
    assert hears() == 1
    assert hears(EIGHT + timedelta(seconds=29)) == 1
    assert len(operator.asked) == 1
    assert hears(EIGHT + timedelta(seconds=30)) == 1
    assert len(operator.asked) == 2
    operator.says["trip_updates"] = late(660)
    assert hears(EIGHT + timedelta(seconds=60)) == 2
    assert arrives("A", "C", 8.5) == "9:31:00"
    assert live_store.generation(1) is not None
    for n in range(3):
        operator.says["trip_updates"] = late(700 + n)
        hears(EIGHT + timedelta(seconds=90 + 30 * n))
    assert live_store.generation(1) is None


def test_differences_are_added_to_what_was_said(town, operator):
    source()
    operator.says["trip_updates"] = late(600)
    hears()
    canceled = TripNews(TripRef("t12", start_day=DAY), "canceled")
    operator.says["trip_updates"] = Message(int(EIGHT.timestamp()) + 30, False, {"f": canceled})
    hears(EIGHT + timedelta(seconds=30))
    assert arrives("A", "C", 8.5) == "9:30:00"
    assert arrives("A", "C", 11) == "1 day, 8:20:00"


@pytest.mark.parametrize(
    ("said", "outcome", "code"),
    [
        (None, "away", "status"),
        (b"<html>", "refused", "not_protobuf"),
        (late(600, at=EIGHT - timedelta(minutes=6)), "stale", None),
    ],
)
def test_what_cannot_be_used_is_said_and_everything_runs_as_planned(town, operator, said, outcome, code):
    row = source()
    if said is not None:
        operator.says["trip_updates"] = said
    hears()
    row.refresh_from_db()
    assert (row.outcome, row.report.get("code"), row.good_at) == (outcome, code, None)
    assert arrives("A", "C", 8.5) == "9:20:00"


def test_what_is_too_old_is_set_aside_and_so_is_everything_when_nobody_gathers_any_more(town, operator, valkey):
    source()
    operator.says["trip_updates"] = late(600)
    hears()
    assert arrives("A", "C", 8.5) == "9:30:00"
    del operator.says["trip_updates"]
    hears(EIGHT + timedelta(minutes=4))
    assert arrives("A", "C", 8.5) == "9:30:00"
    hears(EIGHT + timedelta(minutes=6))
    assert arrives("A", "C", 8.5) == "9:20:00"
    operator.says["trip_updates"] = late(300, at=EIGHT + timedelta(minutes=7))
    hears(EIGHT + timedelta(minutes=7))
    assert arrives("A", "C", 8.5) == "9:25:00"
    assert 0 < valkey.ttl(live_store.LATEST) <= live_store.GENERATION_S
    valkey.delete(live_store.LATEST)
    assert arrives("A", "C", 8.5) == "9:20:00"


def test_trips_that_are_not_found_are_counted_beside_the_source(town, operator):
    row = source()
    message = late(60)
    message.trips["x"] = TripNews(TripRef("nowhere", start_day=DAY), delay_s=5)
    operator.says["trip_updates"] = message
    hears()
    row.refresh_from_db()
    assert row.report["matched"] == {"trips": 1, "unmatched": {"unknown_trip": 1}, "examples": ["unknown_trip nowhere"]}


def test_a_new_network_takes_no_changes_that_were_meant_for_the_old_one(town, operator):
    source()
    operator.says["trip_updates"] = late(600)
    hears()
    assert arrives("A", "C", 8.5) == "9:30:00"
    bring("red", small(10), at=EIGHT, at_once=True)
    assert arrives("A", "B", 7.5) == "8:10:00"
    assert live_generation() is None
    assert hears(EIGHT + timedelta(seconds=30)) == 2
    assert LiveSource.objects.get().report["matched"]["unmatched"] == {"unknown_trip": 1}


def test_without_redis_a_process_goes_on_with_what_it_has_for_two_minutes(town, operator, monkeypatch):
    source()
    operator.says["trip_updates"] = late(600)
    hears()
    assert arrives("A", "C", 8.5) == "9:30:00"

    def away():
        raise redis.ConnectionError

    monkeypatch.setattr(live_store, "latest_number", away)
    assert arrives("A", "C", 8.5) == "9:30:00"
    serving._held.heard_at -= live_store.GENERATION_S + 1
    assert arrives("A", "C", 8.5) == "9:20:00"


def test_the_loop_asks_and_publishes(town, operator):
    source()
    assert hear() is False
    assert operator.asked == ["operator/trip_updates"]


def test_without_a_timetable_nothing_is_published(db, operator):
    assert hears() is None
    assert live_store.latest_number() is None


def test_a_source_is_described_anew_and_ends(town, operator):
    row = source(headers={"X-Key": "secret"}, licence="CC BY 4.0", is_open=True)
    assert headers_of(row) == {"X-Key": "secret"}
    assert b"secret" not in bytes(row.sealed_headers)
    draft = LiveDraft(kind="trip_updates", name="赤", url="https://bus.example/tu", feed="red")
    change_live_source(Act(SYSTEM, at=EIGHT), source_id=row.pk, draft=draft)
    row.refresh_from_db()
    assert (row.name, row.url, headers_of(row), row.is_open) == (
        "赤",
        "https://bus.example/tu",
        {"X-Key": "secret"},
        False,
    )
    with pytest.raises(ReasonMissing):
        retire_live_source(Act(SYSTEM, at=EIGHT), source_id=row.pk, why=" ")
    retire_live_source(Act(SYSTEM, at=EIGHT), source_id=row.pk, why="契約が終わった")
    with pytest.raises(LiveSourceRetired):
        retire_live_source(Act(SYSTEM, at=EIGHT), source_id=row.pk, why="もう一度")
    assert hears() == 1
    assert operator.asked == []
    with pytest.raises(NotFound):
        retire_live_source(Act(SYSTEM, at=EIGHT), source_id=SYSTEM.actor, why="x")


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"url": "ftp://bus.example/"}, ["url"]), ({"feed": "blue"}, ["feed"]), ({"kind": "gbfs"}, ["feed"]),
        ({"poll_seconds": 5, "name": " "}, ["name", "poll_seconds"]), ({"is_open": True}, ["licence"]),
        ({"headers": {"X Key": "a"}}, ["headers"]), ({"headers": {"X-Key": "a\nb"}}, ["headers"]),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_asked_is_refused(town, told, fields):
    with pytest.raises(LiveSourceUnfit) as refused:
        source(**told)
    assert [each.field for each in refused.value.errors] == fields
    assert not LiveSource.objects.exists()


def test_whoever_has_no_right_registers_nothing(town):
    draft = LiveDraft(kind="alerts", name="赤", url="https://bus.example/", feed="red")
    with pytest.raises(NotAllowed):
        register_live_source(Act(Visitor(), at=EIGHT, key="of-a-visitor"), draft=draft)
    assert not LiveSource.objects.exists()


def test_a_source_that_breaks_everything_harms_no_other(town, operator):
    odd, good = source("gbfs", feed="", url="demo:operator/gbfs"), source()

    def breaks(path):
        if path.endswith("gbfs"):
            raise ZeroDivisionError
        return operator(path)

    operator.says["trip_updates"] = late(600)
    register_twin(breaks, "operator")
    assert hears() == 1
    for row, told in ((odd, ("away", {"code": "silent", "about": "ZeroDivisionError"})), (good, ("good", None))):
        row.refresh_from_db()
        assert row.outcome == told[0]
        assert told[1] in (None, row.report)
    assert arrives("A", "C", 8.5) == "9:30:00"


def test_texts_that_nothing_can_write_are_refused(town, operator):
    row = source("gbfs", feed="", url="demo:operator/gbfs")
    operator.says["gbfs"] = b'{"data":{"feeds":[{"name":"system_information","url":"demo:operator/s"}]}}'
    operator.says["s"] = b'{"data":{"system_id":"\\ud800"}}'
    poll_due(at=EIGHT)
    row.refresh_from_db()
    assert (row.outcome, row.report["code"]) in {("refused", "unusable"), ("refused", "not_json")}


def test_a_process_that_is_told_of_a_generation_looks_at_once(town, operator, settings):
    settings.LIVE = settings.LIVE | {"looks_every_s": 3600.0}
    source()
    operator.says["trip_updates"] = late(600)
    serving.live_network(at=EIGHT)
    number = hears()
    trip = serving.live_network(at=EIGHT).trip_numbers["red:t9"]
    assert not serving.live_network(at=EIGHT).times(trip, DAY).is_told.any()
    assert serving.live_network(at=EIGHT, generation=number).times(trip, DAY).is_told.any()
