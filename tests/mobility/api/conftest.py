"""A city whose timetable is that of the made-up town, and where it is Friday morning."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from kernel import clock
from mobility.gateways.feed_files import pack
from mobility.selectors.places.town import forget_town
from mobility.services.feeds import serving
from tests.mobility.bringing.office import bring, register
from tests.mobility.town import FILES, FRIDAY_MORNING

ROOT = "/api/v1/mobility/"


@pytest.fixture
def at(monkeypatch) -> Callable[[datetime], None]:
    """Let it be another time."""

    def is_now(instant: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: instant)

    forget_town()
    is_now(FRIDAY_MORNING)
    return is_now


@pytest.fixture
def town(db, at) -> None:
    """Let the town's timetable be used."""
    serving._held.network = None
    register("town")
    bring("town", pack({name: text.encode() for name, text in FILES.items()}), at=FRIDAY_MORNING)


class Door:
    """Somebody who asks, signed in nowhere."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, language: str = "ja", **query: Any):
        return self.client.get(ROOT + path, query, headers={"Accept-Language": language})


@pytest.fixture
def anybody() -> Door:
    return Door()
