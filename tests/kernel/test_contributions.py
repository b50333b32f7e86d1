"""What apps hand to the kernel, and how it is found again."""

import sys
from types import ModuleType

import pytest
from django.apps import apps

from config.celery import app as celery
from kernel import contributions
from kernel.contributions import Contributions, Loop, Schedule


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(contributions, "_registry", {})


def app(monkeypatch, name: str, given: Contributions) -> None:
    package, module = ModuleType(name), ModuleType(f"{name}.contributions")
    package.__path__ = []
    module.contributions = given
    monkeypatch.setitem(sys.modules, name, package)
    monkeypatch.setitem(sys.modules, f"{name}.contributions", module)


class Feed:
    name = "toy.counter"


def test_each_app_is_asked_in_the_order_of_the_floors(monkeypatch, empty):
    def one(event):
        """Hear it first."""

    def two(event):
        """Hear it second."""

    app(
        monkeypatch,
        "lower",
        Contributions(handlers={"a.b.v1": (one,)}, feeds=(Feed(),), rights={"cashier": frozenset({"x"})}),
    )
    app(monkeypatch, "upper", Contributions(handlers={"a.b.v1": (two,)}, rights={"cashier": frozenset({"y"})}))
    contributions.collect(["lower", "upper"])
    assert contributions.handlers_of("a.b.v1") == (one, two)
    assert contributions.handlers_of("unheard.v1") == ()
    assert contributions.rights_of("cashier") == {"x", "y"}
    assert contributions.rights_of("nobody") == frozenset()
    assert contributions.feed_named("toy.counter").name == "toy.counter"
    assert contributions.feed_named("toy") is None


def test_an_app_without_contributions_is_passed_over_but_a_broken_one_is_not(monkeypatch, empty):
    package = ModuleType("plain")
    package.__path__ = []
    monkeypatch.setitem(sys.modules, "plain", package)
    contributions.collect(["plain"])
    assert list(contributions.everyones()) == []

    class Broken:
        def find_spec(self, name, path=None, target=None):
            if name == "plain.contributions":
                raise ModuleNotFoundError("no module named 'left_out'", name="left_out")

    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(ModuleNotFoundError, match="left_out"):
        contributions.collect(["plain"])


def test_loops_and_schedules_of_all_apps_come_together(empty):
    tick, tock = Loop("tick", bool), Loop("tock", bool)
    contributions.register(
        "one", Contributions(loops=(tick,), schedules={"one.daily": Schedule("one.tasks.daily", 60)})
    )
    contributions.register("two", Contributions(loops=(tock,)))
    assert contributions.loops() == (tick, tock)
    assert contributions.schedules() == {"one.daily": Schedule("one.tasks.daily", 60, "default")}
    contributions.withdraw("one")
    assert contributions.loops() == (tock,)


def test_without_an_app_that_knows_sign_ins_nobody_is_found(empty):
    with pytest.raises(LookupError):
        contributions.sign_ins()


def test_the_city_itself_has_collected_its_apps():
    gave = list(contributions._registry)
    assert gave[0] == "kernel"
    assert gave == [name for name in ("kernel", "cityos", "accounts", "wallet", "mobility") if name in gave]
    assert {loop.name for loop in contributions.loops()} >= {"log_sealer", "outbox"}


def test_every_schedule_names_a_task_that_exists_and_a_queue_that_is_worked():
    celery.loader.import_default_modules()
    queues = {queue.name for queue in celery.conf.task_queues}
    for schedule in contributions.schedules().values():
        assert schedule.task in celery.tasks
        assert schedule.queue in queues


def test_beat_takes_the_schedules_of_all_apps():
    celery.loader.import_default_modules()
    assert celery.conf.beat_schedule.keys() >= contributions.schedules().keys()
    assert celery.conf.beat_schedule["kernel.verify_logs"]["options"] == {"queue": "bulk"}


def test_the_kernel_stands_last_among_the_installed_apps():
    assert list(apps.app_configs)[-1] == "kernel"
