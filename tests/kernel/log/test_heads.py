"""Each day the city signs how its log stands; what it signed it never takes back, and what it cannot stand by it does not sign."""

import json
import threading
from datetime import UTC, date, datetime, timedelta

import jwt
import psycopg
import pytest
from django.db import DatabaseError, connections
from django.test import Client

from kernel import signing
from kernel.checks import log_heads
from kernel.log import growth, head_files, heads, retention, sealing, tree
from kernel.log.growth import LogInDoubt
from kernel.log.heads import ProofNotReady, covering, sign_days
from kernel.models import TreeHead
from kernel.own_contributions import contributions
from tests.kernel.log.conftest import NOON, sql
from tests.kernel.log.readings import LOG, read_many

pytestmark = pytest.mark.postgres  # with a database of its own for each test: commits are what is tested

MIDNIGHT = datetime(2026, 11, 21, 15, 0, 5, tzinfo=UTC)  # five seconds into the 22nd in Japan
DAY = timedelta(days=1)


@pytest.fixture
def read(committed_db, owner):
    retention.make_partitions(at=NOON)
    return lambda count=3, at=NOON: read_many(owner, count, at=at)


def days() -> list[tuple[date, int]]:
    return list(TreeHead.objects.filter(day__isnull=False).order_by("day").values_list("day", "size"))


def test_the_first_head_of_an_empty_log_is_the_known_hash_of_nothing(committed_db):
    (head,) = sign_days(LOG, at=MIDNIGHT)
    assert (head.size, head.root, head.day) == (0, tree.EMPTY.hex(), date(2026, 11, 22))
    assert head.root.startswith("e3b0c442")


def test_a_days_head_covers_what_was_written_and_opens_with_the_public_key_alone(read):
    read(3)
    (head,) = sign_days(LOG, at=MIDNIGHT)  # seals and grows first
    assert (head.size, head.root) == (3, growth.root(LOG, 3).hex())
    (jws,) = head_files.lines(date(2026, 11, 22))
    assert jws == TreeHead.objects.get().jws
    (public,) = signing.public_keys("log")["keys"]
    said = json.loads(jwt.api_jws.decode(jws, jwt.PyJWK(public).key, algorithms=["EdDSA"]))
    assert said == {
        "log": LOG, "size": 3, "root": head.root, "at": "2026-11-21T15:00:05Z", "day": "2026-11-22",
    }  # fmt: skip
    assert jwt.get_unverified_header(jws)["typ"] == "machi-log-head"


def test_one_head_a_day_however_often_it_is_asked(read):
    read()
    assert len(sign_days(LOG, at=MIDNIGHT)) == 1
    assert sign_days(LOG, at=MIDNIGHT + timedelta(hours=5)) == []
    assert sign_days(LOG, at=MIDNIGHT - timedelta(seconds=6)) == []  # a clock that is behind
    assert len(head_files.lines(date(2026, 11, 22))) == 1


def test_days_that_were_missed_are_made_up_and_say_when_they_were_signed(read):
    read()
    sign_days(LOG, at=MIDNIGHT)
    read(2, at=NOON + DAY)
    made = sign_days(LOG, at=MIDNIGHT + 3 * DAY)
    assert [head.day for head in made] == [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)]
    assert {head.at for head in made} == {MIDNIGHT + 3 * DAY}
    assert days() == [(date(2026, 11, 22), 3), *((date(2026, 11, day), 5) for day in (23, 24, 25))]
    assert head_files.days() == [date(2026, 11, day) for day in (22, 23, 24, 25)]


def test_schedulers_and_loops_at_once_sign_one_head(read):
    read()
    signing.key_in_use("log")
    faults = []

    def signer() -> None:
        try:
            sign_days(LOG, at=MIDNIGHT)
        except Exception as fault:  # noqa: BLE001 - looked at below
            faults.append(fault)
        connections.close_all()

    threads = [threading.Thread(target=signer) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert (len(days()), len(head_files.lines(date(2026, 11, 22)))) == (1, 1)


def test_a_head_that_was_written_down_and_not_committed_is_taken_over(read, owner, strip_guard):
    """The process dies between file and commit: what is signed is signed."""
    read()
    (before,) = sign_days(LOG, at=MIDNIGHT)
    strip_guard("kernel_treehead")
    owner.execute("DELETE FROM kernel_treehead")
    read(2, at=NOON + timedelta(hours=1))
    assert sign_days(LOG, at=MIDNIGHT + timedelta(minutes=1)) == [before]
    assert days() == [(date(2026, 11, 22), 3)]
    assert len(head_files.lines(date(2026, 11, 22))) == 1


def test_a_newer_leaf_gets_a_head_when_somebody_asks_but_not_every_second(read):
    read(3)
    sign_days(LOG, at=MIDNIGHT)
    read(2, at=NOON + timedelta(hours=1))
    with pytest.raises(ProofNotReady):
        covering(LOG, 4, at=MIDNIGHT + timedelta(hours=1))  # not sealed yet
    growth.seal_and_grow()
    assert covering(LOG, 3, at=MIDNIGHT + timedelta(hours=1)).size == 3
    with pytest.raises(ProofNotReady) as refused:
        covering(LOG, 4, at=MIDNIGHT + timedelta(seconds=3))
    assert refused.value.retry_after == 10
    fresh = covering(LOG, 4, at=MIDNIGHT + timedelta(hours=1))
    assert (fresh.size, fresh.day) == (5, None)
    assert head_files.lines(date(2026, 11, 22))[-1] == fresh.jws
    assert len(sign_days(LOG, at=MIDNIGHT + DAY)) == 1  # the day's own comes all the same


def test_a_turned_over_key_signs_on_and_old_heads_stay_good(read):
    read()
    sign_days(LOG, at=MIDNIGHT)
    signing.rotate("log")
    read(2, at=NOON + DAY)
    sign_days(LOG, at=MIDNIGHT + DAY)
    assert [heads.read_head(row.jws).size for row in TreeHead.objects.order_by("at")] == [3, 5]
    assert log_heads() is None


def test_a_tree_in_doubt_is_signed_by_nobody_and_the_city_says_so(read, owner, strip_guard):
    read()
    sign_days(LOG, at=MIDNIGHT)
    assert log_heads() is None
    strip_guard("kernel_tree_node")
    owner.execute("UPDATE kernel_tree_node SET hash = sha256('x') WHERE level = 1")
    assert log_heads() == (
        "kernel_access_log: The first 3 leaves are not those that were signed. Run manage.py verify_consent_log."
    )
    for attempt in (lambda: sign_days(LOG, at=MIDNIGHT + DAY), lambda: covering(LOG, 4, at=MIDNIGHT + DAY)):
        with pytest.raises((LogInDoubt, ProofNotReady)):
            attempt()
    assert len(days()) == 1
    ready = Client().get("/readyz").json()
    assert {"name": "log_heads", "ok": False, "why": log_heads()} in ready["checks"]
    owner.execute("DELETE FROM kernel_tree_node WHERE level = 1")
    assert "A part of the tree is missing: level 1, index 0." in log_heads()


def test_the_loop_signs_where_no_scheduler_does_and_outlives_a_tree_in_doubt(read, owner, strip_guard):
    read()
    (loop,) = (each for each in contributions.loops if each.name == "log_heads")
    assert loop.step() is False
    assert len(days()) == 1
    strip_guard("kernel_tree_node")
    strip_guard("kernel_treehead")
    owner.execute("UPDATE kernel_treehead SET day = day - 1")
    owner.execute("UPDATE kernel_tree_node SET hash = sha256('x') WHERE level = 0")
    assert loop.step() is False
    assert len(days()) == 1


def test_nobody_changes_a_head(read, owner):
    sign_days(LOG, at=MIDNIGHT)
    for statement in ("UPDATE kernel_treehead SET size = 9 RETURNING 1", "DELETE FROM kernel_treehead RETURNING 1"):
        with pytest.raises(DatabaseError, match="permission denied"):
            sql(statement)
        with pytest.raises(psycopg.DatabaseError, match="append-only"):
            owner.execute(statement)


def test_the_seals_come_first(read):
    """A head counts sealed rows alone; one that is written while it is signed belongs to the next."""
    read(2)
    sealing.seal(LOG)
    growth.grow(LOG)
    read(1, at=NOON + timedelta(hours=1))
    assert covering(LOG, 2, at=MIDNIGHT).size == 2
