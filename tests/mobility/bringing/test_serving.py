"""A process opens the network once, shares its pages, and swaps it for another while searches go on."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from kernel.principal import SYSTEM
from kernel.use_case import Act
from kernel.web import health
from mobility import services
from mobility.errors import NetworkAway
from mobility.gateways import releases
from mobility.models import FeedVersion
from mobility.services.feeds import serving, tidy_networks, why_cold, why_not_current
from tests.mobility.bringing.office import NOON, bring, register, small, used

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def process(monkeypatch, settings):
    """Begin as a process does that has nothing open yet, and opens what is new beside."""
    monkeypatch.setattr(serving, "_held", serving._Held())
    monkeypatch.setattr(serving, "LOOKS_EVERY_S", 0.0)
    monkeypatch.setattr(health, "_found", None)  # readiness is remembered for a second, also that of another story
    settings.FEEDS = settings.FEEDS | {"opens_beside": True}
    yield
    until(lambda: not serving._held.is_opening)


def until(holds, seconds=60.0):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def lose(release):
    """Lose a network's folder, and the file it could be made again from."""
    releases.forget_release(release)
    for version in FeedVersion.objects.all():
        releases.forget_release(version.pk)
        (releases.folder().parent / "files" / version.file).unlink(missing_ok=True)


def test_a_process_that_serves_without_timetables_stays_ready_while_the_first_is_opened(process):
    assert why_cold(at=NOON) is None  # a city without timetables is ready
    register("red")
    found = bring("red", small(10))
    assert why_cold(at=NOON) is None
    until(lambda: serving._held.network is not None)
    assert serving._held.network.release == found.release_id


def test_a_process_is_not_ready_until_it_has_opened_the_network(process):
    register("red")
    found = bring("red", small(10))
    assert why_cold(at=NOON) == "Timetables are being opened."
    until(lambda: why_cold(at=NOON) is None)
    assert serving._held.network.release == found.release_id
    assert why_not_current() is None
    checks = {each["name"]: each["ok"] for each in Client().get("/readyz").json()["checks"]}
    assert (checks["network_open"], checks["network_current"]) == (True, True)


def test_another_network_is_opened_beside_and_then_takes_its_place(process):
    register("red")
    first, second = bring("red", small(10)), bring("red", small(20))
    services.return_to_network(Act(SYSTEM, at=NOON), release_id=first.release_id, why="x")
    begun = services.current_network(at=NOON)
    services.return_to_network(Act(SYSTEM, at=NOON), release_id=second.release_id, why="x")
    assert services.current_network(at=NOON) is begun
    assert why_cold(at=NOON) is None  # a process that serves stays ready
    until(lambda: services.current_network(at=NOON).release == second.release_id)
    assert begun.feed.arrival.tolist() != services.current_network(at=NOON).feed.arrival.tolist()


def test_a_network_that_cannot_be_opened_is_said_and_the_old_one_serves_on(process):
    register("red")
    first = bring("red", small(10))
    before = services.current_network(at=NOON)
    lose(bring("red", small(20)).release_id)
    services.current_network(at=NOON)
    until(lambda: why_not_current() is not None)
    assert services.current_network(at=NOON) is before
    assert str(used().pk) in why_not_current()
    services.return_to_network(Act(SYSTEM, at=NOON), release_id=first.release_id, why="戻す")
    assert services.current_network(at=NOON).release == first.release_id
    assert why_not_current() is None


def test_a_process_that_begins_then_says_so_and_serves_everything_else(process):
    register("red")
    lose(bring("red", small(10)).release_id)
    with pytest.raises(NetworkAway):
        services.current_network(at=NOON)
    assert why_cold(at=NOON) is None
    began = time.monotonic()
    with pytest.raises(NetworkAway):
        services.current_network(at=NOON)
    assert time.monotonic() - began < 0.5  # it is left alone for a while
    answer = Client().get("/readyz").json()
    assert {each["name"]: each["ok"] for each in answer["checks"]}["network_current"] is False


def test_what_one_search_writes_no_other_process_sees(process):
    register("red")
    found = bring("red", small(10))
    arrival = services.current_network(at=NOON).timetable.arrival
    assert arrival.flags.writeable
    before = arrival.tolist()
    arrival[:] = 0
    assert releases.open_release(found.release_id).arrays["feed.arrival"].tolist() == before


def test_old_networks_leave_the_disk_and_come_back_when_they_are_asked_for():
    register("red")
    all_of_them = [bring("red", small(n), at=NOON + timedelta(minutes=n)) for n in range(10, 23)]
    far = NOON.replace(year=2199)
    gone = tidy_networks(at=far)
    on_disk = {path.name for path in releases.folder().iterdir()}
    assert all_of_them[0].release_id.hex not in on_disk
    assert all_of_them[0].version_id.hex not in on_disk
    assert {all_of_them[-1].release_id.hex, all_of_them[-1].version_id.hex} <= on_disk
    assert gone >= 3 + 12
    services.return_to_network(Act(SYSTEM, at=NOON), release_id=all_of_them[0].release_id, why="昔に戻す")
    assert services.current_network(at=NOON).release == all_of_them[0].release_id
