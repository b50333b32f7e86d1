"""The law of the live feed: what a sign had, plus what it was told, is what it would read afresh."""

import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.test import Client

from kernel import clock
from kernel.contributions import feed_named
from kernel.ids import new_id
from kernel.principal import SYSTEM_ACTOR, GuestPrincipal
from mobility.engine.live import Catalogue, Gathering, overlaid
from mobility.engine.live.news import TripNews, TripRef
from mobility.errors import StopUnknown
from mobility.models import ServiceAlert
from mobility.services import stops
from mobility.services.stops import telling
from tests.mobility.town import FRIDAY_MORNING, town_network
from tests.wallet.test_feeds import Wire

FEED = "mobility.departures"


class Town:
    """The town's network as it runs now, in place of the one that a process would hold."""

    def __init__(self, monkeypatch) -> None:
        self.planned = self.network = town_network()
        self.catalogue = Catalogue(
            self.planned.timetable, trip_ids=self.planned.feed.trip_id, stop_of=dict(self.planned.stop_numbers),
            route_ids=self.planned.feed.route_id, trip_route=self.planned.feed.trip_route,
        )  # fmt: skip
        for module in ("mobility.consumers", "mobility.services.stops.telling"):
            monkeypatch.setattr(f"{module}.live_network", lambda **_at: self.network)

    def hear(self, at: datetime, *news: TripNews) -> None:
        gathered = Gathering()
        gathered.take(news, self.catalogue, int(at.timestamp()))
        self.network = self.planned.with_live(overlaid(self.planned.timetable, gathered.changes()))


class Sign:
    """A sign that read a snapshot once and takes what is later."""

    def __init__(self, stop: str, at: datetime) -> None:
        self.feed = feed_named(FEED)
        self.topic = self.feed.topic(GuestPrincipal(), stop)
        self.shows = self.afresh(at)

    def afresh(self, at: datetime):
        return msgspec.to_builtins(self.feed.snapshot(self.topic, at=at))["board"]

    def hear(self, mark: str, at: datetime) -> None:
        for kind, data in self.feed.events(self.topic, mark, at=at):
            assert kind == "departures.changed"
            if data["board"]["at"] > self.shows["at"]:
                self.shows = data["board"]


@pytest.fixture
def town(db, monkeypatch) -> Town:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY_MORNING)
    return Town(monkeypatch)


def without_instant(board):
    return {name: value for name, value in board.items() if name != "at"}


@pytest.mark.slow  # two days of two signs, told and read afresh at every step
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_old_snapshot_and_events_are_the_fresh_snapshot(town, settings, seed):
    dice, at, watch = random.Random(seed), FRIDAY_MORNING, stops.Watch()
    wire = Wire(settings.REDIS_URL)
    stops.tell_changes(watch, at=at)
    signs = [Sign("S1", at), Sign("k2", at), Sign("c", at)]
    told = 0
    for step in range(120):
        at += timedelta(seconds=dice.choice([1, 7, 59, 61, 600, 3600]))
        if step % 5 == 0:
            news = [
                TripNews(TripRef(trip), delay_s=60 * dice.randrange(-2, 20))
                for trip in ("t1", "back")
                if dice.random() < 0.6
            ]
            gone = [TripNews(TripRef("t2"), kind="canceled")] if dice.random() < 0.4 else []
            town.hear(at, *news, *gone)
        if step % 17 == 0:
            say(at, "S")
        stops.tell_changes(watch, at=at)
        for topic, mark in wire.heard():
            for sign in signs:
                if sign.topic == topic:
                    sign.hear(mark, at)
                    told += 1
        assert [(step, without_instant(each.shows)) for each in signs] == [
            (step, without_instant(each.afresh(at))) for each in signs
        ]
    assert told < 3 * 120


def say(at: datetime, stop: str) -> None:
    ServiceAlert.objects.create(
        id=new_id(), header={"ja": f"お知らせ {at:%H:%M}"}, written_by=SYSTEM_ACTOR, made_at=at, changed_at=at,
        ends_at=at + timedelta(hours=1), concerned=[{"stop": stop}],
    )  # fmt: skip


def test_boards_are_touched_where_something_left_and_all_of_them_when_news_came(town, settings):
    watch, wire = stops.Watch(), Wire(settings.REDIS_URL)

    def touched(seconds: float) -> set[str]:
        stops.tell_changes(watch, at=FRIDAY_MORNING + timedelta(seconds=seconds))
        return {topic.removeprefix(f"{FEED}:") for topic, _mark in wire.heard()}

    assert touched(0) == {"S", "k1", "c"}
    assert touched(0.9) == touched(0.9) == set()
    assert touched(1) == {"S"}
    assert touched(359) == touched(360) == set()
    assert touched(361) == {"k1"}
    town.hear(FRIDAY_MORNING, TripNews(TripRef("back"), delay_s=60))
    assert touched(362) == {"S", "k1", "c"}
    assert touched(1799) == set()
    assert touched(1802) == {"c"}
    say(FRIDAY_MORNING + timedelta(seconds=1803), "c")
    assert touched(1804) == {"S", "k1", "c"}


def test_a_notice_that_ends_by_itself_is_told_too(town, settings):
    watch, wire = stops.Watch(), Wire(settings.REDIS_URL)
    say(FRIDAY_MORNING, "S")
    for seconds in (0, 3595, 3601):
        wire.heard()
        stops.tell_changes(watch, at=FRIDAY_MORNING + timedelta(seconds=seconds))
    assert len(wire.heard()) == 3


def test_without_a_timetable_nobody_is_told(db, settings, monkeypatch):
    def missing(**_at):
        raise telling.NoTimetable

    monkeypatch.setattr(telling, "live_network", missing)
    assert stops.tell_changes(stops.Watch(), at=FRIDAY_MORNING) == 0


def test_a_board_is_told_in_every_language_at_once(town):
    board = Sign("S2", FRIDAY_MORNING).shows
    first = board["departures"][0]
    assert (board["stop"], first["id"], first["platform"], first["state"]) == ("S", "t1@20260109:0", "1", "planned")
    assert first["headsign"] == {
        "ja": "市役所",
        "ja-easy": "市役所",
        "en": "City Hall",
        "zh-hans": "市役所",
        "ko": "시청",
    }
    assert first["line"]["en"] == "Town Line"


def test_every_platform_of_a_stop_is_one_topic_and_an_unknown_one_is_refused(town):
    feed = feed_named(FEED)
    assert {feed.topic(GuestPrincipal(), each) for each in ("S", "S1", "S2")} == {f"{FEED}:S"}
    with pytest.raises(StopUnknown):
        feed.topic(GuestPrincipal(), "nowhere")


def test_who_is_nobody_draws_a_ticket_for_what_is_open_alone(town):
    nobody = Client()

    def draw(*feeds):
        return nobody.post("/api/v1/realtime/tickets", {"feeds": feeds}, "application/json")

    assert draw(f"{FEED}:S1").status_code == 201
    for refused, status, code in (("wallet.mine", 401, "not_signed_in"), (f"{FEED}:x", 404, "stop_unknown")):
        answer = draw(f"{FEED}:S1", refused)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_midnight_is_told(town, settings):
    watch, wire = stops.Watch(), Wire(settings.REDIS_URL)
    for at in (datetime(2026, 1, 9, 14, 59, 59, tzinfo=UTC), datetime(2026, 1, 9, 15, 0, 0, tzinfo=UTC)):
        wire.heard()
        stops.tell_changes(watch, at=at)
    assert len(wire.heard()) == 3
