"""Whose data is shown to whom, for how long, and that the log says so."""

import asyncio
import time

import psycopg
import pytest
from django.core.exceptions import SynchronousOnlyOperation
from django.db import DatabaseError, connection, transaction

from kernel import clock
from kernel.access import AccessRefused, OutsideAccess, access, access_many, opened
from kernel.principal import SYSTEM_ACTOR
from kernel.request_context import bind_request, clear_request
from kernel.use_case import Act, use_case
from tests.kernel.access.conftest import own, sql
from tests.kernel.access.town import Diary, Letter

pytestmark = pytest.mark.postgres


def moods() -> list[str]:
    return sorted(mood for (mood,) in sql("SELECT mood FROM town_diary"))


def logged(owner, person) -> list[tuple]:
    statement = (
        "SELECT actor, purpose, classes, ground, reason, again FROM kernel_access_log WHERE subject = %s ORDER BY id"
    )
    return owner.execute(statement, [person.id]).fetchall()


def test_a_person_sees_their_own_page_and_no_other(taro, hanako):
    assert moods() == []
    with own(taro):
        assert moods() == ["happy"]
        assert [diary.mood for diary in Diary.objects.all()] == ["happy"]
    with own(hanako):
        assert moods() == ["sleepy"]
    assert moods() == []


def test_every_access_stands_in_the_log(taro, owner):
    bind_request("request-4711")
    with own(taro, "letter", "diary", "diary", purpose="town.remember", reason="an old day"):
        pass
    clear_request()
    assert logged(owner, taro)[1:] == [(taro.id, "town.remember", ["diary", "letter"], "self", "an old day", False)]
    assert owner.execute(
        "SELECT request_id FROM kernel_access_log WHERE subject = %s AND purpose = 'town.remember'", [taro.id]
    ).fetchone() == ("request-4711",)


def test_sign_up_writes_the_first_page_as_the_system(taro, owner):
    assert logged(owner, taro) == [(SYSTEM_ACTOR, "town.sign_up", ["diary", "letter"], "system", "", False)]


def test_nobody_else_may_look(taro, hanako, owner):
    before = logged(owner, taro)
    with pytest.raises(AccessRefused), access(purpose="curiosity", actor=hanako.id, subject=taro.id, classes=["diary"]):
        pytest.fail("the block must not run")
    assert moods() == []
    assert logged(owner, taro) == before


@pytest.mark.parametrize(
    ("purpose", "classes"),
    [("town.unnamed", ["diary"]), ("town.sign_up", ["diary", "health"]), ("", ["diary"])],
)
def test_the_system_needs_a_named_purpose_that_covers_every_class(taro, purpose, classes):
    with pytest.raises(AccessRefused), access(purpose=purpose, actor=SYSTEM_ACTOR, subject=taro.id, classes=classes):
        pytest.fail("the block must not run")


@pytest.mark.parametrize(("purpose", "classes"), [("", ["diary"]), ("town.read", [])])
def test_an_access_without_purpose_or_class_is_no_access(taro, purpose, classes):
    refused = pytest.raises(DatabaseError, match="check")
    with refused, access(purpose=purpose, actor=taro.id, subject=taro.id, classes=classes):
        pytest.fail("the block must not run")


def test_a_class_shows_its_own_tables_alone(taro):
    with own(taro, "letter"):
        assert moods() == []
        with pytest.raises(OutsideAccess):
            Diary.objects.count()
        assert Letter.objects.count() == 0


def test_nobody_writes_for_another(taro, hanako):
    with own(taro), pytest.raises(DatabaseError, match="row-level security"):
        Diary.objects.create(person=hanako, mood="forged")
    with own(taro):
        assert Diary.objects.filter(person=hanako).update(mood="forged") == 0
        assert Diary.objects.filter(person_id=hanako.id).delete() == (0, {})
    with own(taro), pytest.raises(DatabaseError, match="row-level security"):
        Diary.objects.update(person=hanako)
    with own(hanako):
        assert moods() == ["sleepy"]


def test_accesses_nest_and_each_ends_with_its_block(taro, hanako):
    with own(taro):
        with own(hanako):
            assert moods() == ["happy", "sleepy"]
        assert moods() == ["happy"]
        with own(taro, "letter"):
            assert moods() == ["happy"]
        assert moods() == ["happy"]
    assert moods() == []


def test_an_inner_fault_that_is_caught_ends_the_inner_access_alone(taro, hanako):
    with own(taro):
        with pytest.raises(ZeroDivisionError), own(hanako):
            raise ZeroDivisionError
        assert moods() == ["happy"]


def test_inside_a_use_case_it_joins_and_ends_before_the_use_case(taro, owner):
    seen = []

    @use_case("test.read_diary")
    def read_diary(act: Act) -> None:
        """Read inside, look again after."""
        with own(taro):
            seen.append(moods())
            number = sql("SELECT pg_current_xact_id()::text::bigint")
        seen.append(moods())
        assert number == sql("SELECT pg_current_xact_id()::text::bigint")

    class Reader:
        actor = subject = taro.id

    read_diary(Act(Reader(), at=clock.now()))
    assert seen == [["happy"], []]
    assert len(logged(owner, taro)) == 2


def test_in_a_strangers_transaction_no_access_opens(taro):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), own(taro):
        pytest.fail("the block must not run")


def test_on_an_event_loop_no_access_opens(taro):
    async def look():
        with own(taro):
            pytest.fail("the block must not run")

    with pytest.raises(SynchronousOnlyOperation):
        asyncio.run(look())


def test_the_open_access_is_found_by_its_subject(taro, hanako):
    with own(taro) as outer, own(hanako) as inner:
        assert opened(taro.id) is outer
        assert opened(hanako.id) is inner
        with own(taro) as again:
            assert opened(taro.id) is again
    with pytest.raises(OutsideAccess):
        opened(taro.id)


def test_the_application_has_no_right_on_log_keys_and_open_accesses(town):
    for table in ("kernel_access_log", "kernel_access_log_default", "kernel_subject_key", "kernel_open_access"):
        for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            assert sql("SELECT has_table_privilege(%s, %s)", table, right) == [(False,)], (table, right)
    partitions = sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'kernel_access_log'::regclass")
    assert len(partitions) >= 4
    assert all(sql("SELECT has_table_privilege(%s, 'SELECT')", name) == [(False,)] for (name,) in partitions)
    assert sql("SELECT has_table_privilege('kernel_purpose', 'INSERT')") == [(False,)]


def test_not_even_the_owner_changes_the_log(taro, owner):
    for statement in (
        "UPDATE kernel_access_log SET purpose = 'nothing'",
        "DELETE FROM kernel_access_log",
        "TRUNCATE kernel_access_log",
    ):
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            owner.execute(statement)


def test_finished_accesses_are_swept_and_open_ones_are_not(taro, hanako):
    with own(taro):
        pass
    with own(hanako):
        deadline = time.monotonic() + 120
        while (
            sql("SELECT kernel_sweep_open_accesses()")[0][0] < 1
        ):  # not before older transactions of the server have ended
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert moods() == ["sleepy"]
    assert connection.in_atomic_block is False


@pytest.mark.parametrize(("purpose", "classes"), [("", ["diary"]), ("town.read", [])])
def test_what_says_neither_why_nor_what_opens_nothing(taro, owner, purpose, classes):
    before = logged(owner, taro)
    with pytest.raises(DatabaseError), access(purpose=purpose, actor=taro.id, subject=taro.id, classes=classes):
        pytest.fail("the block must not run")
    with pytest.raises(DatabaseError), access_many(purpose=purpose, actor=taro.id, subjects=[taro.id], classes=classes):
        pytest.fail("the block must not run")
    assert logged(owner, taro) == before
