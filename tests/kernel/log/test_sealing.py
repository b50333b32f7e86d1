"""Rows are sealed in one chain; whatever is done to them afterwards is found, and the row is named."""

import hashlib
import json
import random
import threading
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connections

from kernel.log import sealing
from kernel.log.sealing import Verdict, prove, seal, seal_all, verify
from kernel.tasks import LogDamaged, verify_logs
from tests.kernel.log.conftest import NOON, sql

pytestmark = pytest.mark.postgres  # with a database of its own for each test: commits are what is tested

LOG = "kernel_audit"


def seals() -> list[tuple]:
    return sql("SELECT entry_id, seq, hash FROM kernel_audit_seal ORDER BY seq")


def found(verdict: Verdict) -> tuple:
    return verdict.damage, verdict.seq, verdict.entry


def test_each_row_gets_a_number_and_a_hash_over_itself_and_the_one_before(write):
    ids = write(3)
    assert (seal(LOG), seal(LOG)) == (3, 0)
    assert [(entry, seq) for entry, seq, _hash in seals()] == [(ids[0], 1), (ids[1], 2), (ids[2], 3)]
    before = b""
    for (_entry, _seq, hash_), (row,) in zip(
        seals(),
        sql("SELECT to_jsonb(a)::text FROM kernel_audit a ORDER BY recorded_at"),
        strict=True,
    ):
        members = {name: value for name, value in json.loads(row).items() if value is not None}
        assert "subject" not in members
        proof = prove(LOG, _entry)
        assert json.loads(proof.canonical) == members
        assert bytes(hash_) == hashlib.sha256(before + proof.canonical.encode()).digest()
        before = bytes(hash_)


def test_a_whole_log_is_found_whole(write):
    write(5)
    seal(LOG)
    write(2, at=NOON + timedelta(hours=1))
    verdict = verify(LOG)
    assert (verdict.sealed, verdict.unsealed, verdict.damage) == (5, 2, None)
    assert verdict.head == bytes(seals()[-1][2]).hex()
    assert verify("kernel_access_log") == Verdict("kernel_access_log", 0, 0, "")


@pytest.mark.parametrize(
    "damage",
    ["what = '{\"number\": 9}'", "why = 'because'", "actor = subject", "recorded_at = recorded_at + interval '1 microsecond'",
     "subject = actor", "what = what || '{\"more\": null}'", "xid = xid + 1"],
)  # fmt: skip
def test_a_changed_row_is_named(write, strip_guard, owner, damage):
    ids = write(5)
    owner.execute("UPDATE kernel_log SET head_seq = 0")  # the owner may; nothing is sealed yet
    seal(LOG)
    strip_guard("kernel_audit_202611")
    change = damage.replace("actor = subject", "actor = '00000000-0000-7000-8000-00000000000f'")
    owner.execute(f"UPDATE kernel_audit_202611 SET {change} WHERE id = %s", [ids[2]])
    expected = "row missing" if damage.startswith("recorded_at") else "row changed"
    assert found(verify(LOG)) == (expected, 3, ids[2])
    with pytest.raises(LogDamaged, match=str(ids[2])):
        verify_logs()


def test_a_missing_row_is_named(write, strip_guard, owner):
    ids = write(5)
    seal(LOG)
    strip_guard("kernel_audit_202611")
    owner.execute("DELETE FROM kernel_audit_202611 WHERE id = %s", [ids[3]])
    assert found(verify(LOG)) == ("row missing", 4, ids[3])


def test_a_row_taken_out_with_its_seal_leaves_a_gap(write, strip_guard, owner):
    ids = write(5)
    seal(LOG)
    strip_guard("kernel_audit_202611")
    owner.execute("DELETE FROM kernel_audit_202611 WHERE id = %s", [ids[3]])
    owner.execute("DELETE FROM kernel_audit_seal WHERE entry_id = %s", [ids[3]])
    assert found(verify(LOG)) == ("seal missing", 4, None)


def test_a_tail_cut_off_with_its_seals_is_found(write, strip_guard, owner):
    ids = write(5)
    seal(LOG)
    strip_guard("kernel_audit_202611")
    owner.execute("DELETE FROM kernel_audit_202611 WHERE id = ANY (%s)", [ids[3:]])
    owner.execute("DELETE FROM kernel_audit_seal WHERE seq > 3")
    assert found(verify(LOG)) == ("tail cut", 4, None)


def test_a_forged_seal_is_found(write, strip_guard, owner):
    ids = write(5)
    seal(LOG)
    strip_guard("kernel_audit_202611")
    strip_guard("kernel_audit_seal")
    owner.execute("UPDATE kernel_audit_202611 SET why = 'because' WHERE id = %s", [ids[1]])
    proof = prove(LOG, ids[1])
    forged = hashlib.sha256(proof.previous + proof.canonical.encode()).digest()
    owner.execute("UPDATE kernel_audit_seal SET hash = %s WHERE seq = 2", [forged])
    assert found(verify(LOG)) == ("row changed", 3, ids[2])  # the next one hangs on the old hash


def test_a_row_that_comes_late_gets_a_later_number_and_nothing_is_lost(committed_db, write):
    """A transaction that began first and commits last: an id or time watermark would pass it by."""
    with psycopg.connect(committed_db.app_url) as slow:
        slow.execute(
            "INSERT INTO kernel_audit (id, recorded_at, actor, action, key, what, why, request_id) VALUES"
            " ('00000000-0000-7000-8000-0000000000aa', %s, gen_random_uuid(), 'test.slow', '', '{}', '', '')",
            [NOON - timedelta(hours=1)],
        )
        for minute in range(3):
            write(2, at=NOON + timedelta(hours=minute))
            assert seal(LOG) == 2
        assert seal(LOG) == 0
    assert seal(LOG) == 1
    assert str(seals()[-1][0]).endswith("aa")
    assert verify(LOG).damage is None


def test_writers_and_sealers_at_once_lose_nothing(committed_db):
    """Random transactions that commit out of order, two sealers: at the end everything is sealed once, without a full look."""
    ended = threading.Event()

    def writer(seed: int) -> None:
        dice = random.Random(seed)
        with psycopg.connect(committed_db.app_url) as own:
            for _ in range(25):
                for _ in range(dice.randint(1, 3)):
                    own.execute(
                        "INSERT INTO kernel_audit (id, recorded_at, actor, action, key, what, why, request_id) VALUES"
                        " (gen_random_uuid(), %s, gen_random_uuid(), 'test.race', '', '{}', '', '')",
                        [NOON + timedelta(seconds=dice.randint(-9999, 9999))],
                    )
                own.execute("SELECT pg_sleep(%s)", [dice.random() / 200])
                own.rollback() if dice.random() < 0.2 else own.commit()

    def sealer() -> None:
        while not ended.is_set():
            seal_all()
        connections.close_all()

    writers = [threading.Thread(target=writer, args=[seed]) for seed in range(6)]
    sealers = [threading.Thread(target=sealer) for _ in range(2)]
    for thread in writers + sealers:
        thread.start()
    for thread in writers:
        thread.join(60)
    ended.set()
    for thread in sealers:
        thread.join(60)
    seal(LOG)
    verdict = verify(LOG)
    assert (verdict.unsealed, verdict.damage) == (0, None)
    assert verdict.sealed == sql("SELECT count(*) FROM kernel_audit")[0][0] > 100


def test_only_what_is_new_is_looked_at(write, owner, strip_guard):
    write(3)
    assert seal(LOG) == 3
    strip_guard("kernel_audit_202611")
    owner.execute("UPDATE kernel_audit SET xid = 1")  # older than any transaction still open on this server
    owner.execute("DELETE FROM kernel_audit_seal WHERE seq = 1")
    write(1, at=NOON + timedelta(hours=1))
    assert seal(LOG) == 1  # not two: the sealer does not go back
    assert seal(LOG, fully=True) == 1  # the nightly look does


def test_a_restored_database_with_younger_transaction_numbers_is_looked_at_anew(write, owner):
    owner.execute("UPDATE kernel_log SET horizon = 9e15")
    write(2)
    assert seal(LOG) == 2
    assert owner.execute("SELECT horizon < 9e15 FROM kernel_log WHERE name = 'kernel_audit'").fetchone() == (True,)


def test_a_column_added_later_changes_no_seal(write, owner):
    write(2)
    seal(LOG)
    owner.execute("ALTER TABLE kernel_audit ADD COLUMN place text")
    write(1, at=NOON + timedelta(hours=1))
    seal(LOG)
    assert verify(LOG).damage is None
    assert verify(LOG).sealed == 3


def test_the_hash_does_not_depend_on_the_zone_of_who_asks(write):
    write(2)
    seal(LOG)
    sql("SELECT set_config('timezone', 'Asia/Tokyo', false), set_config('datestyle', 'German', false)")
    assert verify(LOG).damage is None
    write(1, at=NOON + timedelta(hours=1))
    seal(LOG)
    sql("SELECT set_config('timezone', 'UTC', false)")
    assert verify(LOG).damage is None


def test_a_proof_can_be_checked_by_hand(write):
    ids = write(3)
    seal(LOG)
    first, last = prove(LOG, ids[0]), prove(LOG, ids[2])
    assert (first.seq, first.previous, first.holds) == (1, b"", True)
    assert (last.seq, last.holds) == (3, True)
    assert last.previous == bytes(seals()[1][2])
    assert json.loads(last.canonical)["what"] == {"number": 2}
    assert prove(LOG, write(1, at=NOON + timedelta(hours=1))[0]) is None


def test_the_application_forges_no_seal_and_changes_no_row(write):
    write(1)
    seal(LOG)
    for statement in (
        "INSERT INTO kernel_audit_seal VALUES (gen_random_uuid(), now(), 99, sha256('x'))",
        "DELETE FROM kernel_audit_seal RETURNING 1",
        "UPDATE kernel_log SET head_seq = 0 RETURNING 1",
        "UPDATE kernel_audit SET why = 'x' RETURNING 1",
        "DELETE FROM kernel_audit RETURNING 1",
        "DELETE FROM kernel_audit_202611 RETURNING 1",
        "SELECT kernel_drop_old_seals('kernel_audit')",
        "SELECT kernel_make_partition('kernel_audit', 'kernel_audit_x', now(), now())",
    ):
        with pytest.raises(DatabaseError, match="permission denied"):
            sql(statement)


def test_a_log_that_is_none_is_refused(committed_db):
    for log in ("kernel_outbox", "accounts_user", "x'; DROP TABLE kernel_audit; --"):
        with pytest.raises(DatabaseError):
            seal(log)
        with pytest.raises(DatabaseError):
            verify(log)


def test_a_big_batch_is_sealed_in_pieces(write, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    write(10)
    assert [seal_all(), seal_all(), seal_all(), seal_all()] == [True, True, False, False]
    assert verify(LOG).sealed == 10


@pytest.mark.slow  # ten thousand rows
def test_ten_thousand_rows_are_sealed_and_verified_in_seconds(committed_db, owner):
    owner.execute(
        "INSERT INTO kernel_audit (id, recorded_at, actor, action, key, what, why, request_id)"
        " SELECT gen_random_uuid(), now(), gen_random_uuid(), 'test.many', '', '{\"amount\": 500}', '', ''"
        " FROM generate_series(1, 10000)"
    )
    began = time.monotonic()
    assert seal(LOG) == 10_000
    assert verify(LOG).sealed == 10_000
    assert time.monotonic() - began < 20  # a third of a second on an idle machine
