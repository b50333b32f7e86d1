"""Every event reaches each of its handlers at least once, whatever falls over on the way."""

import random
import threading
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections

from kernel import clock, contributions
from kernel.contributions import Contributions
from kernel.log import delivery
from kernel.log.delivery import BATCH, LEASE, claim, deliver_some, distribute, name_of
from kernel.log.retention import sweep
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from tests.kernel.log.conftest import NOON, sql

pytestmark = pytest.mark.postgres  # with a database of its own for each test: commits are what is tested

PAID = "INSERT INTO kernel_outbox (id, recorded_at, name, payload) VALUES (gen_random_uuid(), %s, 'test.paid.v1', '{}')"

heard: list[tuple] = []
trouble: list[Exception] = []


def note(event) -> None:
    if trouble:
        raise trouble.pop()
    heard.append(("note", event.id, event.name, event.recorded_at, dict(event.payload)))


def count(event) -> None:
    heard.append(("count", event.id))


@use_case("test.act_on_event")
def act_on_event(act: Act) -> None:
    """A use case of its own, as handlers open them."""


def act(event) -> None:
    act_on_event(Act(SYSTEM, at=clock.now()))
    heard.append(("act", event.id))


@pytest.fixture(autouse=True)
def handlers(monkeypatch):
    heard.clear()
    trouble.clear()
    toy = Contributions(handlers={"test.paid.v1": (note, count), "test.acted.v1": (act,)})
    monkeypatch.setattr(contributions, "_registry", {"toy": toy})


def waiting() -> list[tuple]:
    return sql(
        "SELECT handler, attempts, done_at IS NOT NULL, last_error FROM kernel_delivery ORDER BY handler, event_id"
    )


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_delivery SET next_try_at = now() - interval '1 second' WHERE done_at IS NULL")


def test_an_event_reaches_each_of_its_handlers(emit):
    event = emit("test.paid.v1", amount=500)
    emit("test.unheard.v1")
    assert deliver_some() is False
    assert sorted(heard, key=str) == sorted(
        [("count", event), ("note", event, "test.paid.v1", NOON, {"amount": 500})], key=str
    )
    assert waiting() == [(name_of(count), 1, True, ""), (name_of(note), 1, True, "")]
    deliver_some()
    assert len(heard) == 2


def test_a_handler_opens_its_own_use_cases(emit):
    event = emit("test.acted.v1")
    deliver_some()
    assert heard == [("act", event)]
    assert sql("SELECT count(*) FROM kernel_audit WHERE action = 'test.act_on_event'") == [(1,)]


def test_a_failing_handler_is_tried_again_later_and_holds_up_no_other(emit):
    event = emit("test.paid.v1")
    trouble.extend([ValueError("taro@example.jp"), ZeroDivisionError()])
    deliver_some()
    assert heard == [("count", event)]
    assert waiting()[1] == (name_of(note), 1, False, "ZeroDivisionError")
    deliver_some()
    assert len(heard) == 1  # not yet due
    make_due()
    deliver_some()
    assert waiting()[1] == (name_of(note), 2, False, "ValueError")  # the kind alone: its words may be personal
    make_due()
    deliver_some()
    assert waiting()[1] == (name_of(note), 3, True, "")
    assert [kind for kind, *_rest in heard] == ["count", "note"]


def test_the_pause_doubles_up_to_an_hour(emit):
    emit("test.paid.v1")
    pauses = []
    for _ in range(14):
        trouble.append(ValueError())
        make_due()
        before = clock.now()
        deliver_some()
        (next_try,) = sql("SELECT next_try_at FROM kernel_delivery WHERE handler = %s", name_of(note))[0]
        pauses.append(round((next_try - before).total_seconds()))
    assert pauses[:6] == [2, 4, 8, 16, 32, 64]
    assert pauses[-1] == 3600


def test_whoever_dies_in_the_middle_loses_the_lease_and_it_is_tried_again(emit):
    emit("test.paid.v1")
    at = clock.now()
    distribute(at=at)
    assert len(claim(at=at)) == 2  # and now the process is killed
    assert claim(at=at + LEASE - timedelta(seconds=1)) == []
    assert {each.attempts for each in claim(at=at + LEASE + timedelta(seconds=1))} == {2}


def test_an_event_of_a_transaction_that_commits_late_is_not_passed_by(committed_db, emit):
    """Ids and instants are older than what was already delivered: a watermark on either would lose it."""
    with psycopg.connect(committed_db.app_url) as slow:
        slow.execute(
            "INSERT INTO kernel_outbox (id, recorded_at, name, payload) VALUES"
            " ('00000000-0000-7000-8000-0000000000aa', %s, 'test.paid.v1', '{}')",
            [NOON - timedelta(hours=1)],
        )
        for minute in range(3):
            emit("test.paid.v1", at=NOON + timedelta(minutes=minute))
            deliver_some()
        assert len(heard) == 6
    deliver_some()
    assert len(heard) == 8


def test_an_event_that_was_rolled_back_is_never_delivered(committed_db):
    with psycopg.connect(committed_db.app_url) as other:
        other.execute(PAID, [NOON])
        other.rollback()
    deliver_some()
    assert heard == []


@pytest.mark.slow  # four workers against three writers
def test_many_writers_and_workers_deliver_everything_exactly_once_when_nobody_dies(committed_db):
    writing = threading.Event()

    def writer(seed: int) -> None:
        dice = random.Random(seed)
        with psycopg.connect(committed_db.app_url) as own:
            for _ in range(60):
                own.execute(PAID, [NOON + timedelta(seconds=dice.randint(-9999, 9999))])
                own.execute("SELECT pg_sleep(%s)", [dice.random() / 300])
                own.commit()

    def worker() -> None:
        while not writing.is_set() or deliver_some():
            deliver_some()
        deliver_some()
        connections.close_all()

    writers = [threading.Thread(target=writer, args=[seed]) for seed in range(3)]
    workers = [threading.Thread(target=worker) for _ in range(4)]
    for thread in writers + workers:
        thread.start()
    for thread in writers:
        thread.join(60)
    writing.set()
    for thread in workers:
        thread.join(60)
    while deliver_some():
        pass
    deliver_some()
    counts = Counter((kind, id_) for kind, id_, *_rest in heard)
    assert len(counts) == 360
    assert set(counts.values()) == {1}


def test_a_handler_nobody_has_waits_for_the_deployment_that_brings_it(emit, monkeypatch):
    emit("test.paid.v1")
    distribute(at=clock.now())
    monkeypatch.setattr(contributions, "_registry", {"toy": Contributions(handlers={"test.paid.v1": (count,)})})
    deliver_some()
    assert [kind for kind, *_rest in heard] == ["count"]
    assert waiting()[1] == (name_of(note), 0, False, "")


def test_a_batch_is_bounded_and_says_that_more_waits(emit):
    for minute in range(BATCH):
        emit("test.paid.v1", at=NOON + timedelta(minutes=minute))
    assert deliver_some() is True
    assert len(heard) == BATCH
    assert deliver_some() is True
    assert deliver_some() is False
    assert len(heard) == 2 * BATCH


def test_an_idle_tail_writes_nothing(emit):
    emit("test.paid.v1")
    deliver_some()
    before = sql("SELECT xmin::text, ctid::text FROM kernel_tail")
    for _ in range(5):
        deliver_some()
    assert sql("SELECT xmin::text, ctid::text FROM kernel_tail") == before


def test_a_restored_database_is_looked_at_anew(emit, owner):
    owner.execute("UPDATE kernel_tail SET horizon = 9e15")
    emit("test.paid.v1")
    deliver_some()
    assert len(heard) == 2


def test_done_deliveries_are_swept_after_thirty_days(emit, owner):
    emit("test.paid.v1")
    trouble.append(ValueError())
    deliver_some()
    owner.execute("UPDATE kernel_delivery SET done_at = now() - interval '31 days' WHERE done_at IS NOT NULL")
    sweep()
    assert [name for name, *_rest in waiting()] == [name_of(note)]
    assert timedelta(hours=1) == delivery.LONGEST_PAUSE
