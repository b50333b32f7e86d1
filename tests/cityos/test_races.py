"""Publishers that arrive at once: nothing newer is lost, nobody waits in a circle."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from cityos.selectors import entities_of, entity_of
from cityos.services import Observation, Reading, publish_entities
from kernel.principal import SYSTEM
from kernel.use_case import Act

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
GAUGE = "urn:ngsi-ld:WaterLevelObserved:hitoyoshi"

pytestmark = [pytest.mark.postgres, pytest.mark.slow]  # threads, commits and a database of its own


def publish(*readings: tuple[str, int]) -> None:
    """Publish (id, second): the level observed in that second."""
    entities = [
        Reading(
            id=id_,
            type="WaterLevelObserved",
            attributes={"level_mm": Observation(value=second, observed_at=NOON + timedelta(seconds=second))},
        )
        for id_, second in readings
    ]
    publish_entities(Act(SYSTEM, at=NOON + timedelta(hours=1)), entities=entities)


def at_once(*acts: Callable[[], None]) -> None:
    """Start all at one moment, each in its own thread and connection, and raise what any of them raised."""
    start, faults = threading.Barrier(len(acts)), []

    def run(act: Callable[[], None]) -> None:
        try:
            start.wait(10)
            act()
        except Exception as fault:  # noqa: BLE001 - told below, in the test's own thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert faults == []


def test_of_two_publishers_at_once_the_newer_observation_stands(committed_db):
    for round_ in range(20):
        earlier, later = 10 * round_ + 1, 10 * round_ + 2
        at_once(lambda second=earlier: publish((GAUGE, second)), lambda second=later: publish((GAUGE, second)))

        assert entity_of(GAUGE).attributes["level_mm"].value == later


def test_eight_publishers_of_one_new_thing_make_it_once_and_lose_no_version(committed_db):
    at_once(*(lambda second=second: publish((GAUGE, second)) for second in range(8)))

    view = entity_of(GAUGE)
    assert view.attributes["level_mm"].value == 7
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (payload->'entities'->0->>'version')::int FROM kernel_outbox WHERE name = 'cityos.entity.changed.v1'"
        )
        versions = sorted(version for (version,) in cursor.fetchall())
    assert versions == list(range(1, view.version + 1))


def test_overlapping_batches_in_opposite_order_never_wait_in_a_circle(committed_db):
    ids = [f"{GAUGE}-{number:02}" for number in range(30)]
    for second in range(1, 21, 2):
        there = [(id_, second) for id_ in ids]
        back = [(id_, second + 1) for id_ in reversed(ids)]
        at_once(lambda batch=there: publish(*batch), lambda batch=back: publish(*batch))

    levels = {view.attributes["level_mm"].value for view in entities_of("WaterLevelObserved")}
    assert levels == {20}
