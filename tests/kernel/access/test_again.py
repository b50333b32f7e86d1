"""A rollback takes the log's row with it although the data was read: it is written again."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kernel import clock
from kernel.access import AccessRefused, access
from kernel.ids import new_id
from kernel.problems import NotAllowed
from kernel.use_case import Act, Key, use_case
from tests.kernel.access.conftest import own, sql
from tests.kernel.access.town import Diary

pytestmark = pytest.mark.postgres

ENTER = "SELECT ground FROM kernel_enter_access(%s, 'town.read', %s, %s, '{diary}', '', '')"
ENTER_MANY = "SELECT id FROM kernel_enter_accesses(%s::uuid[], 'town.read', %s, %s::uuid[], '{diary}', '', '')"


def readings(owner, person) -> list[tuple]:
    statement = "SELECT purpose, again FROM kernel_access_log WHERE subject = %s AND ground = 'self' ORDER BY id"
    return owner.execute(statement, [person.id]).fetchall()


def read(person, and_then=lambda: None) -> list[str]:
    with own(person):
        moods = [diary.mood for diary in Diary.objects.all()]
        and_then()
        return moods


def fall() -> None:
    raise ZeroDivisionError


class Reader:
    account_level = authentication_level = 1
    scopes = None
    language = "ja"

    def __init__(self, person):
        self.actor = self.subject = person.id

    def may(self, right, within=None):
        return True


def test_what_commits_is_logged_once(taro, owner):
    read(taro)
    assert readings(owner, taro) == [("town.read", False)]


def test_after_a_fault_the_reading_stands_in_the_log(taro, owner):
    with pytest.raises(ZeroDivisionError):
        read(taro, and_then=fall)
    assert readings(owner, taro) == [("town.read", True)]
    assert sql("SELECT mood FROM town_diary") == []


def test_after_an_error_of_the_database_too(taro, owner):
    with pytest.raises(DatabaseError):
        read(taro, and_then=lambda: sql("SELECT 1 / 0"))
    assert readings(owner, taro) == [("town.read", True)]
    assert sql("SELECT mood FROM town_diary") == []


@pytest.mark.parametrize("key", [Key.REQUIRED, Key.NONE])
def test_after_a_refused_use_case_too(taro, owner, key):
    @use_case("test.read_and_refuse", key=key)
    def read_and_refuse(act: Act) -> None:
        """Read, and refuse because of what was read."""
        if read(taro):
            raise NotAllowed

    with pytest.raises(NotAllowed):
        read_and_refuse(Act(Reader(taro), at=clock.now(), key="read-and-refuse"))
    assert readings(owner, taro) == [("town.read", True)]


def test_after_a_savepoint_was_rolled_back_too(taro, owner):
    @use_case("test.read_in_a_savepoint")
    def read_in_a_savepoint(act: Act) -> None:
        """Read inside a savepoint that is rolled back, and once outside."""
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            read(taro, and_then=fall)
        read(taro)

    read_in_a_savepoint(Act(Reader(taro), at=clock.now()))
    assert sorted(readings(owner, taro)) == [("town.read", False), ("town.read", True)]


def test_after_a_rollback_by_hand_too(taro, owner):
    with own(taro):
        list(Diary.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    assert readings(owner, taro) == [("town.read", True)]


def by_hand(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_after_a_rollback_by_hand_and_more_sql_too(taro, owner):
    with own(taro):
        list(Diary.objects.all())
        by_hand("ROLLBACK", "SELECT 1")
    assert readings(owner, taro) == [("town.read", True)]


def test_after_a_rollback_by_hand_and_another_reading_too(taro, hanako, owner):
    with own(taro):
        list(Diary.objects.all())
        by_hand("ROLLBACK")
        with own(hanako):
            list(Diary.objects.all())
    assert (readings(owner, taro), readings(owner, hanako)) == ([("town.read", True)], [("town.read", False)])


def test_after_a_rollback_inside_one_statement_too(taro, owner):
    with own(taro):
        list(Diary.objects.all())
        connection.connection.execute("ROLLBACK; BEGIN; SELECT 1", prepare=False)
    assert readings(owner, taro) == [("town.read", True)]


def test_after_a_savepoint_by_hand_was_rolled_back_too(taro, hanako, owner):
    with own(taro):
        by_hand("SAVEPOINT here")
        with own(hanako):
            list(Diary.objects.all())
        by_hand("ROLLBACK TO here")
        with own(taro):
            list(Diary.objects.all())
    assert readings(owner, taro) == [("town.read", False), ("town.read", False)]
    assert readings(owner, hanako) == [("town.read", True)]


def test_after_an_error_that_was_swallowed_too(taro, owner):
    with own(taro):
        list(Diary.objects.all())
        with pytest.raises(psycopg.Error):
            connection.connection.execute("SELECT 1 / 0")  # past Django, which would remember it
    assert readings(owner, taro) == [("town.read", True)]


def test_an_act_that_goes_well_asks_nothing_more_for_it(taro):
    with CaptureQueriesContext(connection) as queries, own(taro), own(taro):
        list(Diary.objects.all())
    asked = [query["sql"] for query in queries if "kernel_" in query["sql"]]
    assert [sql_.partition("(")[0].rpartition(" ")[2] for sql_ in asked] == [
        "kernel_enter_access", "kernel_enter_access", "kernel_leave_accesses",
    ]  # fmt: skip
    assert connection.connection.info.parameter_status("application_name") == "machi"


@pytest.mark.parametrize("name", ["machi", "machi 7", "machi seven", "machi 99999999999", "somebody else"])
def test_the_count_goes_on_from_whatever_the_session_is_called(taro, hanako, name):
    def called() -> str | None:
        return connection.connection.info.parameter_status("application_name")

    with transaction.atomic():
        sql("SELECT set_config('application_name', %s, true)", name)
        before = 7 if name == "machi 7" else 0
        sql(ENTER, new_id(), taro.id, taro.id)
        assert called() == f"machi {before + 1}"
        sql(ENTER_MANY, [new_id(), new_id()], taro.id, [taro.id, hanako.id])  # she is left out
        assert called() == f"machi {before + 2}"
    assert called() == "machi"


def test_after_a_silent_rollback_too(taro, owner):
    with own(taro):
        list(Diary.objects.all())
        transaction.set_rollback(True)
    assert readings(owner, taro) == [("town.read", True)]


def test_an_access_that_was_refused_is_not_logged_as_a_reading(taro, hanako, owner):
    with pytest.raises(AccessRefused), access(purpose="curiosity", actor=hanako.id, subject=taro.id, classes=["diary"]):
        pytest.fail("the block must not run")
    assert owner.execute("SELECT count(*) FROM kernel_access_log WHERE purpose = 'curiosity'").fetchone() == (0,)
