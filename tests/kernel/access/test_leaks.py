"""Every way past the manager that was thought of comes to nothing: joins, raw SQL, COPY, views, lazy rows, the pool's next user."""

import threading

import psycopg
import pytest
from django.db import DatabaseError, connection, connections
from django.db.models import Count, F, Prefetch
from psycopg_pool import ConnectionPool

from kernel.access import OutsideAccess
from kernel.checks import UNPROTECTED, personal_tables
from kernel.ids import new_id
from tests.kernel.access.conftest import own, sql
from tests.kernel.access.town import Diary, Letter, Person, Visit

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("model", [Diary, Letter])
@pytest.mark.parametrize(
    "touch",
    [
        lambda rows: list(rows.all()),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.first(),
        lambda rows: rows.get(pk=new_id()),
        lambda rows: rows.in_bulk([new_id()]),
        lambda rows: rows.aggregate(Count("pk")),
        lambda rows: next(rows.iterator(), None),
        lambda rows: rows.update(person=None),
        lambda rows: rows.all().delete(),
        lambda rows: rows.create(person_id=new_id()),
        lambda rows: rows.bulk_create([rows.model(person_id=new_id())]),
        lambda rows: rows.get_or_create(pk=new_id()),
        lambda rows: rows.raw("SELECT 1"),
        lambda rows: rows.explain(),
        lambda rows: list(rows.values_list("pk")),
        lambda rows: rows.model(pk=new_id(), person_id=new_id()).save(),
        lambda rows: rows.model(pk=new_id(), person_id=new_id()).refresh_from_db(),
        lambda rows: list(rows.model._base_manager.all()),
        lambda rows: list(rows.model._default_manager.all()),
    ],
)
def test_no_manager_does_anything_outside_an_access(town, model, touch):
    with pytest.raises(OutsideAccess, match=model.__name__):
        touch(model.objects)


def test_a_row_known_by_its_key_is_not_deleted_from_outside(taro, owner):
    (key,) = owner.execute("SELECT id FROM town_diary WHERE person_id = %s", [taro.id]).fetchone()
    owner.execute("DELETE FROM town_visit WHERE diary_id = %s", [key])
    assert Diary(pk=key, person_id=taro.id).delete()[0] == 0
    assert owner.execute("SELECT count(*) FROM town_diary WHERE id = %s", [key]).fetchone() == (1,)


def test_a_query_may_be_built_anywhere_and_run_inside(taro):
    query = Diary.objects.filter(mood="happy").order_by("pk")
    with own(taro):
        assert [diary.person_id for diary in query] == [taro.id]


def test_a_lazy_query_carried_out_of_the_access_shows_nothing(taro):
    with own(taro):
        carried, stream = Diary.objects.all(), Diary.objects.iterator()
    with pytest.raises(OutsideAccess):
        list(carried)
    with pytest.raises(OutsideAccess):
        next(stream)


def test_a_stream_begun_inside_ends_with_the_access(taro):
    with own(taro):
        Diary.objects.create(person=taro, mood="hungry")
        stream = Diary.objects.iterator(chunk_size=1)
        next(stream)
    with pytest.raises((OutsideAccess, DatabaseError)):
        next(stream)


def test_forward_keys_joins_and_prefetches_show_nothing_from_outside(taro):
    visit = Visit.objects.filter(pk__in=[row for (row,) in sql("SELECT id FROM town_visit")]).order_by("-pk")[0]
    with pytest.raises(OutsideAccess):
        visit.diary  # noqa: B018 - the forward key uses the base manager
    assert Visit.objects.select_related("diary").count() == Visit.objects.count()
    assert list(Visit.objects.select_related("diary").filter(pk=visit.pk)) == []
    assert list(Visit.objects.filter(pk=visit.pk).values("diary__mood")) == []
    assert list(Visit.objects.filter(diary__mood="happy")) == []
    assert list(Person.objects.filter(diaries__mood="happy")) == []
    assert list(Person.objects.order_by("diaries__mood").values_list("diaries__mood", flat=True).distinct()) == [None]
    assert Person.objects.filter(pk=taro.pk).annotate(moods=Count("diaries")).get().moods == 0
    assert list(Person.objects.filter(pk=taro.pk).annotate(mood=F("diaries__mood")).values_list("mood", flat=True)) == [
        None
    ]
    with pytest.raises(OutsideAccess):
        list(Person.objects.prefetch_related("diaries"))
    with pytest.raises(OutsideAccess):
        list(Person.objects.prefetch_related(Prefetch("diaries", Diary.objects.all())))
    with pytest.raises(OutsideAccess):
        list(taro.diaries.all())


def test_joins_inside_an_access_show_its_subject_alone(taro, hanako):
    with own(taro):
        seen = set(Person.objects.exclude(diaries=None).values_list("pk", flat=True))
        assert seen == {taro.pk}
        assert set(Visit.objects.values_list("diary__person", flat=True)) == {taro.pk}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT mood FROM town_diary",
        "SELECT mood FROM ONLY town_diary",
        "SELECT mood FROM town_moods",
        "SELECT d.mood FROM town_person p JOIN town_diary d ON d.person_id = p.id",
        "SELECT mood FROM town_diary WHERE mood = 'happy' OR true",
        "WITH d AS (SELECT * FROM town_diary) SELECT mood FROM d",
        "DELETE FROM town_diary RETURNING mood",
        "UPDATE town_diary SET mood = mood RETURNING mood",
        "SELECT mood FROM town_diary TABLESAMPLE SYSTEM (100)",
    ],
)
def test_raw_sql_shows_nothing(taro, statement):
    assert sql(statement) == []


def test_raw_sql_cannot_read_past_the_policy_with_a_talkative_function(taro):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
            " AS $$ BEGIN RAISE EXCEPTION 'heard %', $1; END $$"
        )
        cursor.execute("SELECT count(*) FROM town_diary WHERE pg_temp.tell(mood)")
        assert cursor.fetchone() == (0,)


def test_copy_shows_nothing_outside_and_ones_own_inside(taro, hanako):
    def copied() -> bytes:
        with connection.cursor() as cursor, cursor.copy("COPY town_diary (mood) TO STDOUT") as copy:
            return b"".join(bytes(chunk) for chunk in copy)

    assert copied() == b""
    with own(taro):
        assert copied() == b"happy\n"
    with own(taro), pytest.raises(psycopg.Error, match="row-level security"), connection.cursor() as cursor:
        cursor.copy("COPY town_diary FROM STDIN").__enter__()


@pytest.mark.parametrize(
    "attempt",
    [
        "SET row_security = off",
        "SET ROLE NONE",
        "RESET ROLE",
        "SET SESSION AUTHORIZATION DEFAULT",
    ],
)
def test_session_commands_open_nothing(taro, attempt):
    with connection.cursor() as cursor:
        cursor.execute(attempt)
        try:
            cursor.execute("SELECT mood FROM town_diary")
            assert cursor.fetchall() == []
        except DatabaseError as refused:
            assert "row-level security" in str(refused)  # noqa: PT017 - with row_security off the query is an error
        finally:
            connections.close_all()


@pytest.mark.parametrize(
    "attempt",
    [
        "SET ROLE machi_owner",
        "SET ROLE postgres",
        "ALTER TABLE town_diary DISABLE ROW LEVEL SECURITY",
        "DROP POLICY town_diary_access ON town_diary",
        "CREATE POLICY mine ON town_diary USING (true)",
        "INSERT INTO kernel_open_access (id, subject, classes, purpose) SELECT id, id, '{diary}', 'x' FROM town_person",
        "CREATE OR REPLACE FUNCTION machi_subjects(text) RETURNS uuid[] LANGUAGE sql AS 'SELECT array_agg(id) FROM town_person'",
        "INSERT INTO kernel_purpose VALUES ('mine', '{diary}')",
    ],
)
def test_the_application_cannot_open_the_door_itself(taro, attempt):
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(attempt)
    assert sql("SELECT mood FROM town_diary") == []


def test_a_temporary_table_does_not_stand_in_for_the_real_one(taro):
    with own(taro), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE kernel_open_access (xid bigint, began_at timestamptz, subject uuid, classes text[])"
        )
        cursor.execute(
            "INSERT INTO kernel_open_access SELECT pg_current_xact_id()::text::bigint, transaction_timestamp(), id, '{diary}'"
            " FROM town_person"
        )
        cursor.execute("SELECT count(DISTINCT person_id) FROM town_diary")
        assert cursor.fetchone() == (1,)
        cursor.execute("DROP TABLE pg_temp.kernel_open_access")


def test_forged_and_old_access_ids_open_nothing(taro, hanako):
    with own(taro) as old:
        pass
    for id_ in (old.id, new_id()):
        with pytest.raises(DatabaseError, match="no such access"), own(hanako):
            sql("SELECT kernel_keep_subject_key(%s, 1::smallint, 'x')", id_)
    assert sql("SELECT machi_subjects('diary')") == [([],)]


def test_the_pools_next_user_sees_nothing(town, taro, hanako):
    """One connection, two users after one another: nothing of the first is left for the second."""
    enter = "SELECT ground FROM kernel_enter_access(%s, 'town.read', %s, %s, '{diary}', '', '')"
    with ConnectionPool(town.app_url, min_size=1, max_size=1, open=True) as pool:
        with pool.connection() as first:
            pid = first.info.backend_pid
            assert first.execute(enter, [new_id(), taro.id, taro.id]).fetchone() == ("self",)
            assert first.execute("SELECT mood FROM town_diary").fetchall() == [("happy",)]
            first.execute("SELECT set_config('machi.access', 'kept for the session', false)")
        with pool.connection() as second:
            assert second.info.backend_pid == pid
            assert second.execute("SELECT mood FROM town_diary").fetchall() == []
            assert second.execute("SELECT machi_subjects('diary')").fetchone() == ([],)
            second.execute(enter, [new_id(), hanako.id, hanako.id])
            assert second.execute("SELECT mood FROM town_diary").fetchall() == [("sleepy",)]


def test_another_connection_sees_nothing_of_an_open_access(town, taro):
    with own(taro), psycopg.connect(town.app_url) as other:
        assert other.execute("SELECT mood FROM town_diary").fetchall() == []


def test_another_thread_is_outside(taro):
    found = []

    def look():
        try:
            found.append(list(Diary.objects.all()))
        except OutsideAccess as refused:
            found.append(str(refused))
        finally:
            connections.close_all()

    with own(taro):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(10)
    assert found == ["Diary holds personal data of the class 'diary'"]


def test_every_definer_function_looks_for_temporary_tables_last(db):
    """Unnamed in the search path, pg_temp comes first: a temporary table would stand in for the real one."""
    rows = sql(
        "SELECT proname, coalesce((SELECT setting FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%%'), '')"
        " FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY proname"
    )
    assert len(rows) > 10
    assert [name for name, path in rows if not path.endswith("pg_temp")] == []


def test_every_view_of_personal_data_asks_with_the_rights_of_who_asks(db):
    """A view otherwise reads with its owner's rights, past every policy; a materialized one keeps what it read."""
    rows = sql(
        "SELECT DISTINCT v.relname FROM pg_class v JOIN pg_rewrite r ON r.ev_class = v.oid"
        " JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid"
        " JOIN pg_class t ON t.oid = d.refobjid AND t.relrowsecurity"
        " WHERE v.relkind = 'm' OR v.relkind = 'v' AND NOT coalesce(v.reloptions @> '{security_invoker=true}', false)"
    )
    assert rows == []


def test_every_table_of_personal_data_is_protected(db):
    assert sql(UNPROTECTED, personal_tables()) == []
