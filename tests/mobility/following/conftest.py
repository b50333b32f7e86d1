"""A town with four bus lines that meet, an operator whose server the tests hold, and somebody who follows a journey through it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kernel import clock
from kernel.contributions import feed_named
from kernel.principal import GuestPrincipal
from mobility.engine.live.news import CallNews, Message, TripNews, TripRef
from mobility.gateways.feed_files import pack
from mobility.gateways.live_sources import register_twin, withdraw_twin
from mobility.models import LiveSource
from mobility.services import journeys
from mobility.services.live import poll_due, publish_changes, publishing, serving
from tests.mobility.bringing.office import bring, register
from tests.mobility.feeds import written
from tests.mobility.live.operator import DAY, EIGHT, Operator, source
from tests.wallet.test_feeds import Wire

ROOT = "/api/v1/mobility/"
STOPS = " ".join(f"S{n}" for n in range(61))
TRIPS = {
    "a": "S0 8:00, S20 8:10 8:11, S40 8:20",
    "a2": "S0 8:20, S20 8:30",
    "b": "S20 8:14, S60 8:25",
    "b2": "S20 8:34, S60 8:45",
    "c": "S40 8:28, S60 8:38",
}
SERVICES = "all,1,1,1,1,1,1,1,20260601,20261231"
QUESTION = {
    "from": {"lat": 32.0, "lon": 130.7, "name": "自宅"},
    "to": {"lat": 32.06, "lon": 130.7, "name": "病院"},
    "most_walk_minutes": 5,
}
LEG = ("way", "leaves_at", "arrives_at", "planned_leaves_at", "planned_arrives_at", "metres", "risk_m", "offer", "fare")


def feed_of(trips: dict[str, str]) -> bytes:
    return pack(written(STOPS, trips, services=SERVICES))


def minutes(text: str) -> timedelta:
    hours, minute, *second = (int(part) for part in text.split(":"))
    return timedelta(hours=hours - 8, minutes=minute, seconds=sum(second))


def taken(journey: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the legs of a journey as whoever takes it sends them."""
    return [
        {name: leg[name] for name in LEG}
        | {
            end: {name: leg[end][name] for name in ("lat", "lon", "stop") if name in leg[end]}
            for end in ("start", "end")
        }
        | ({"trip": {"id": leg["trip"]["id"], "day": leg["trip"]["day"]}} if leg["trip"] else {})
        for leg in journey["legs"]
    ]


class City:
    """What the operator says, the loops that hear it and tell, and what time it is."""

    def __init__(self, operator: Operator, monkeypatch, redis_url: str) -> None:
        self.operator, self.watch, self.wire = operator, journeys.Watch(), Wire(redis_url)
        self.client, self._patch = Client(), monkeypatch
        self.at = EIGHT
        self.is_now("7:50")

    def is_now(self, text: str) -> None:
        self.at = EIGHT + minutes(text)
        self._patch.setattr(clock, "now", lambda: self.at)
        publishing._last.gathered_at = None

    def says(self, *news: TripNews) -> None:
        """Let the operator say this, and the city hear it."""
        told = {f"e{n}": each for n, each in enumerate(news)}
        self.operator.says["trip_updates"] = Message(int(self.at.timestamp()), trips=told)
        serving._held.looked_at = 0.0
        LiveSource.objects.update(next_at=self.at)
        poll_due(at=self.at)
        publish_changes(at=self.at)

    def late(self, trip: str, seconds: int, call: int = 0) -> TripNews:
        told = CallNews(call, arrival_delay_s=seconds, departure_delay_s=seconds)
        return TripNews(TripRef(trip, start_day=DAY), calls=(told,))

    def cancelled(self, trip: str) -> TripNews:
        return TripNews(TripRef(trip, start_day=DAY), "canceled")

    def post(self, path: str, body: Any, language: str = "ja"):
        return self.client.post(path, body, "application/json", headers={"Accept-Language": language})

    def journeys(self) -> list[dict[str, Any]]:
        return json.loads(self.post(f"{ROOT}journeys", QUESTION).content)["journeys"]

    def ask_to_follow(self, legs: list[dict[str, Any]], language: str = "ja"):
        return self.post(f"{ROOT}followed_journeys", {"question": QUESTION, "legs": legs}, language)

    def tell(self) -> list[tuple[str, str]]:
        """Let the loop go round once; return what was touched."""
        journeys.tell_changes(self.watch, at=self.at)
        return self.wire.heard()


class Traveller:
    """Somebody who follows a journey: a snapshot once, and then what is told."""

    def __init__(self, city: City, journey: dict[str, Any] | None = None, language: str = "ja") -> None:
        self.city, self.feed = city, feed_named("mobility.journey")
        self.journey = journey or city.journeys()[0]
        answer = city.ask_to_follow(taken(self.journey), language)
        assert answer.status_code == 201, answer.content
        self.id, feed = answer.json()["id"], answer.json()["feed"]
        assert feed == f"mobility.journey:{self.id}"
        self.topic = self.feed.topic(GuestPrincipal(), self.id)
        self.shows = self.afresh()
        self.told = 0

    def afresh(self) -> dict[str, Any]:
        return self.feed.snapshot(self.topic, at=self.city.at)["followed"]

    def hear(self, *, at: str | None = None) -> dict[str, Any]:
        """Go on to a time, let the loop go round, take what is told, and return what the screen shows then."""
        if at is not None:
            self.city.is_now(at)
        for topic, mark in self.city.tell():
            if topic == self.topic:
                for kind, data in self.feed.events(topic, mark, at=self.city.at):
                    assert kind == "journey.changed"
                    self.told += 1
                    self.shows = data["followed"]
        return self.shows


@pytest.fixture
def operator():
    found = Operator()
    register_twin(found, "operator")
    yield found
    withdraw_twin("operator")


@pytest.fixture
def city(db, operator, monkeypatch, settings) -> City:
    monkeypatch.setattr(publishing, "_last", publishing._Published())
    serving.forget_live()
    register("red", is_open=True, licence="CC BY 4.0")
    bring("red", feed_of(TRIPS))
    source()
    yield City(operator, monkeypatch, settings.REDIS_URL)
    serving.forget_live()
