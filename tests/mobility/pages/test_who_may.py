"""Every desk of getting about, tried by everybody: officers and administrators of the city come in, nobody else does."""

import pytest
from django.urls import get_resolver

from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act
from mobility.engine.live_results import AlertDraft, LiveDraft
from mobility.models import LiveSource, ServiceAlert, StopSign
from mobility.services.live import register_live_source, write_alert
from tests.accounts.devices.test_devices import let_in
from tests.accounts.devices.test_screens import Office
from tests.mobility.bringing.office import NOON, bring, register, small
from tests.mobility.pages.desks import at_the_desk
from tests.wallet.callers import City

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "admin/feeds/": "/admin/feeds/",
    "admin/feeds/<slug:slug>": "/admin/feeds/red",
    "admin/feeds/<slug:slug>/progress": "/admin/feeds/red/progress",
    "admin/feeds/<slug:slug>/versions/<uuid:version_id>": "/admin/feeds/red/versions/{version}",
    "admin/feeds/releases/<uuid:release_id>": "/admin/feeds/releases/{release}",
    "admin/live/": "/admin/live/",
    "admin/live/new": "/admin/live/new",
    "admin/live/<uuid:source_id>": "/admin/live/{source}",
    "admin/service-alerts/": "/admin/service-alerts/",
    "admin/service-alerts/new": "/admin/service-alerts/new",
    "admin/service-alerts/<uuid:alert_id>": "/admin/service-alerts/{alert}",
    "admin/service-alerts/<uuid:alert_id>/change": "/admin/service-alerts/{alert}/change",
    "admin/signs/": "/admin/signs/",
    "admin/signs/<uuid:device_id>": "/admin/signs/{device}",
}
DEEDS = {
    "admin/live/<uuid:source_id>": {"deed": "pause", "why": "x"},
    "admin/service-alerts/<uuid:alert_id>": {"deed": "end", "why": "x"},
    "admin/signs/<uuid:device_id>": {"deed": "set", "stop": "red:A"},
    "admin/live/new": {"kind": "gbfs", "name": "x", "url": "https://x.example/", "poll_seconds": "30"},
    "admin/service-alerts/new": {
        "header_ja": "x",
        "cause": "other_cause",
        "effect": "other_effect",
        "severity": "info",
    },
}


def intended():
    return Act(SYSTEM, at=NOON, key=str(new_id(NOON)))


@pytest.fixture
def world():
    """Return the ids of one of everything, and the people who try."""
    office, city = Office(City()), City()
    register("red")
    brought = bring("red", small())
    draft = LiveDraft(kind="trip_updates", name="赤バス", url="https://bus.example/rt", feed="red")
    _sign, device, _given = let_in(office.officer, office, "signage")
    shop = city.shop()
    ids = {
        "version": brought.version_id, "release": brought.release_id, "device": device["id"],
        "source": register_live_source(intended(), draft=draft).id,
        "alert": write_alert(intended(), draft=AlertDraft(header={"ja": "工事"})).id,
    }  # fmt: skip
    people = {
        "resident": city.resident(), "cashier": shop.cashier, "manager": shop.manager, "officer": office.officer,
        "administrator": office.administrator,
    }  # fmt: skip
    return ids, people


def test_every_desk_stands_in_the_table_and_no_other():
    found = {str(each.pattern) for each in get_resolver("mobility.pages.urls").url_patterns}
    assert {route for route in found if route.startswith("admin/")} == PAGES.keys()


def test_officers_and_administrators_come_in_and_nobody_else(world, client):
    ids, people = world
    seen = {}
    for name, person in people.items():
        desk = at_the_desk(person)
        seen[name] = {route: desk.get(path.format(**ids)).status_code for route, path in PAGES.items()}
    assert set(seen["officer"].values()) == set(seen["administrator"].values()) == {200}
    for name in ("resident", "cashier", "manager"):
        assert set(seen[name].values()) <= {302, 403}, name
    for path in PAGES.values():
        assert client.get(path.format(**ids))["Location"].startswith("/admin/login/")


def test_whoever_may_not_changes_nothing(world, client):
    ids, people = world
    for person in (people["resident"], people["manager"]):
        desk = at_the_desk(person)
        for route, deed in DEEDS.items():
            assert desk.post(PAGES[route].format(**ids), deed).status_code in {302, 403}
    for route, deed in DEEDS.items():
        assert client.post(PAGES[route].format(**ids), deed)["Location"].startswith("/admin/login/")
    assert LiveSource.objects.get().paused_at is None
    assert ServiceAlert.objects.get().ended_at is None
    assert not StopSign.objects.exists()
