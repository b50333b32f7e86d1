"""Partitions are there before they are needed, take in what came too early, and go when their time is over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kernel import clock, idempotency
from kernel.idempotency import Answer
from kernel.ids import new_id
from kernel.log import retention
from kernel.log.sealing import seal, verify
from kernel.tasks import keep_partitions
from tests.kernel.log.conftest import sql

pytestmark = pytest.mark.postgres  # with a database of its own for each test: commits are what is tested

SPRING = datetime(2031, 4, 10, 3, 0, tzinfo=UTC)


def where(table: str) -> dict[str, int]:
    return dict(sql(f"SELECT tableoid::regclass::text, count(*) FROM {table} GROUP BY 1"))


def exists(name: str) -> bool:
    return sql("SELECT to_regclass(%s) IS NOT NULL", name)[0][0]


def test_the_coming_days_and_months_are_there_from_the_start(committed_db):
    (today,) = sql("SELECT applied FROM django_migrations WHERE app = 'kernel' AND name = '0003_log'")[0]
    assert exists(f"kernel_answer_{today:%Y%m%d}")
    assert exists(f"kernel_answer_{today + timedelta(days=6):%Y%m%d}")
    for log in ("kernel_audit", "kernel_outbox", "kernel_access_log"):
        assert exists(f"{log}_{today:%Y%m}")
        assert exists(f"{log}_{today + timedelta(days=80):%Y%m}")


def test_partitions_are_made_once(committed_db):
    made = retention.make_partitions(at=SPRING)
    assert made[:4] == [f"kernel_access_log_2031{month}" for month in ("04", "05", "06", "07")]
    assert made[-1] == "kernel_answer_20310417"
    assert len(made) == 3 * 4 + 8
    assert retention.make_partitions(at=SPRING) == []


def test_rows_that_came_before_their_partition_move_into_it(write, emit):
    ids = write(3, at=SPRING)
    late = write(1, at=SPRING + timedelta(days=4000))
    event = emit("test.early.v1", at=SPRING)
    assert where("kernel_audit") == {"kernel_audit_default": 4}
    retention.make_partitions(at=SPRING)
    assert where("kernel_audit") == {"kernel_audit_203104": 3, "kernel_audit_default": 1}
    assert where("kernel_outbox") == {"kernel_outbox_203104": 1}
    assert {id_ for (id_,) in sql("SELECT id FROM kernel_audit")} == {*ids, *late}
    assert sql("SELECT id FROM kernel_outbox") == [(event,)]


def test_a_moved_row_keeps_its_seal(write):
    write(3, at=SPRING)
    seal("kernel_audit")
    retention.make_partitions(at=SPRING)
    write(2, at=SPRING + timedelta(hours=1))
    assert seal("kernel_audit") == 2
    assert verify("kernel_audit").damage is None


def test_every_new_partition_is_as_closed_as_its_parent(write, owner):
    write(1, at=SPRING)
    write(1, at=SPRING + timedelta(days=4000))
    retention.make_partitions(at=SPRING)
    for name in (
        "kernel_audit_203104",
        "kernel_audit_203105",
        "kernel_audit_default",
        "kernel_access_log_203104",
        "kernel_answer_20310410",
    ):
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            assert sql("SELECT has_table_privilege('machi_app', %s, %s)", name, right) == [(False,)], (name, right)
    for name in ("kernel_audit_203104", "kernel_audit_default"):
        for statement in (f"UPDATE {name} SET why = 'x'", f"DELETE FROM {name}", f"TRUNCATE {name}"):
            with pytest.raises(Exception, match="append-only"):
                owner.execute(statement)
    assert len(write(1, at=SPRING)) == 1


def test_a_partition_is_not_waited_for_beyond_five_seconds(committed_db, owner):
    owner.execute("SET lock_timeout = '10s'")
    settings = sql("SELECT unnest(proconfig) FROM pg_proc WHERE proname = 'kernel_make_partition'")
    assert ("lock_timeout=5s",) in settings


def keep(age: timedelta) -> str:
    key = f"kept-for-{age.total_seconds():.0f}"
    with transaction.atomic():
        idempotency.keep(new_id(), key, bytes(32), Answer(200, b"{}"), at=clock.now() - age)
    return key


def test_answers_go_after_48_hours_and_not_before(committed_db):
    now = clock.now()
    for days in range(12, 0, -1):
        retention.make_partitions(at=now - timedelta(days=days))
    old = [keep(timedelta(days=days)) for days in (5, 12, 60)]
    young = [keep(timedelta(hours=hours)) for hours in (0, 1, 24, 47)]
    dropped = retention.drop_old_answers()
    assert f"kernel_answer_{now - timedelta(days=5):%Y%m%d}" in dropped
    assert f"kernel_answer_{now - timedelta(days=12):%Y%m%d}" in dropped
    left = {key for (key,) in sql("SELECT key FROM kernel_answer")}
    assert left == set(young)
    assert not left & set(old)
    assert retention.drop_old_answers() == []


def test_a_log_past_its_time_is_dropped_by_the_month_and_the_rest_still_verifies(write, owner):
    owner.execute("UPDATE kernel_log SET keep_months = 3 WHERE name = 'kernel_audit'")
    now = clock.now()
    months = [now - timedelta(days=days) for days in (200, 170, 140, 110, 40)]
    for month in months:
        retention.make_partitions(at=month)
        write(3, at=month)
    while seal("kernel_audit"):
        pass
    dropped = [name for name in retention.drop_old_logs() if name.startswith("kernel_audit")]
    assert f"kernel_audit_{months[0]:%Y%m}" in dropped
    assert f"kernel_audit_{now - timedelta(days=40):%Y%m}" not in dropped
    left = sql("SELECT count(*) FROM kernel_audit")[0][0]
    assert 3 <= left < 15
    verdict = verify("kernel_audit")
    assert (verdict.damage, verdict.sealed) == (None, left)
    write(2, at=now)
    seal("kernel_audit")
    assert verify("kernel_audit").damage is None
    anchor = sql("SELECT anchor_seq, length(anchor_hash) FROM kernel_log WHERE name = 'kernel_audit'")
    assert anchor == [(15 - left, 32)]


def test_a_month_with_an_unsealed_row_stays(write, owner):
    owner.execute("UPDATE kernel_log SET keep_months = 3 WHERE name = 'kernel_audit'")
    old = clock.now() - timedelta(days=200)
    retention.make_partitions(at=old)
    write(1, at=old)
    assert [name for name in retention.drop_old_logs() if name.startswith("kernel_audit")] == []
    seal("kernel_audit")
    assert f"kernel_audit_{old:%Y%m}" in retention.drop_old_logs()


def test_damage_in_what_is_kept_is_still_found_after_a_drop(write, owner, strip_guard):
    owner.execute("UPDATE kernel_log SET keep_months = 3 WHERE name = 'kernel_audit'")
    now = clock.now()
    old = now - timedelta(days=200)
    retention.make_partitions(at=old)
    write(2, at=old)
    ids = write(2, at=now)
    seal("kernel_audit")
    retention.drop_old_logs()
    strip_guard(f"kernel_audit_{now:%Y%m}")
    owner.execute("UPDATE kernel_audit SET why = 'x' WHERE id = %s", [ids[0]])
    verdict = verify("kernel_audit")
    assert (verdict.damage, verdict.seq, verdict.entry) == ("row changed", 3, ids[0])


def test_an_outbox_month_stays_while_an_event_waits(emit, owner):
    old = clock.now() - timedelta(days=400)
    retention.make_partitions(at=old)
    event = emit("test.old.v1", at=old)
    owner.execute(
        "INSERT INTO kernel_delivery (event_id, handler, recorded_at, next_try_at) VALUES (%s, 'h', %s, %s)",
        [event, old, old],
    )
    name = f"kernel_outbox_{old:%Y%m}"
    assert name not in retention.drop_old_logs()
    owner.execute("UPDATE kernel_delivery SET done_at = now()")
    assert name in retention.drop_old_logs()


def test_nobody_can_ask_for_more_to_go_than_is_due(committed_db):
    for name in ("kernel_drop_old_answers", "kernel_drop_old_logs"):
        assert sql("SELECT pronargs FROM pg_proc WHERE proname = %s", name) == [(0,)]
    with pytest.raises(DatabaseError, match="permission denied"):
        sql("UPDATE kernel_log SET keep_months = 3 RETURNING 1")


def test_the_nightly_task_does_it_all(committed_db):
    keep_partitions()
    assert exists(f"kernel_answer_{clock.now() + timedelta(days=6):%Y%m%d}")
    assert connection.in_atomic_block is False
