"""A town with one bus line, and an operator whose server the tests hold."""

import pytest

from mobility.gateways.feed_files import pack
from mobility.gateways.live_sources import register_twin, withdraw_twin
from mobility.services.live import publishing, serving
from tests.mobility.bringing.office import bring, register
from tests.mobility.feeds import written
from tests.mobility.live.operator import Operator


@pytest.fixture(autouse=True)
def _just_started(monkeypatch):
    """Every test begins as a process that just started, and looks for news whenever it is asked."""
    monkeypatch.setattr(publishing, "_last", publishing._Published())
    serving.forget_live()
    yield
    serving.forget_live()


@pytest.fixture
def operator():
    """Return the operator; what it says is opened at ``demo:operator/…``."""
    found = Operator()
    register_twin(found, "operator")
    yield found
    withdraw_twin("operator")


@pytest.fixture
def town(db):
    """Bring in the timetable of the line ``red``: from A by B to C."""
    trips = {
        "t8": "A 8:00, B 8:10 8:11, C 8:20",
        "t9": "A 9:00, B 9:10 9:11, C 9:20",
        "t12": "A 12:00, B 12:10, C 12:20",
    }
    register("red", is_open=True, licence="CC BY 4.0")
    bring("red", pack(written("A B C", trips, services="all,1,1,1,1,1,1,1,20260601,20261231")))
