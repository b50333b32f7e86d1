"""Pages by cursor: nothing twice, nothing left out, however many rows share an instant or arrive meanwhile."""

import base64
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kernel.ids import new_id
from kernel.log import audit
from kernel.models import AuditEntry
from kernel.principal import SYSTEM
from kernel.web.pagination import CursorMalformed, InvalidQuery, _decode, _encode, limit_of, page_of

KEY = "01a2001b-cc3a-7f0d-81f6-3467225e934c"
NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def write(*minutes: int) -> None:
    audit.append(
        audit.entry(SYSTEM, "test.page", audit.Note(what={"minute": each}), key=None, at=NOON + timedelta(minutes=each))
        for each in minutes
    )


def walk(got, limit: int, meanwhile=lambda: None) -> list[list[str]]:
    pages, cursor = [], ""
    while True:
        request = got(limit=limit, cursor=cursor) if cursor else got(limit=limit)
        page = page_of(AuditEntry.objects.all(), request, shape=lambda row: str(row.pk), instant="recorded_at")
        pages.append(page.results)
        cursor = page.next
        if cursor is None:
            return pages
        meanwhile()


def stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM kernel_audit ORDER BY recorded_at DESC, id DESC")
        return [str(id_) for (id_,) in cursor.fetchall()]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 200])
def test_every_row_comes_once_newest_first_even_where_instants_are_equal(db, got, limit):
    write(0, 1, 1, 1, 2, 2, 5)
    pages = walk(got, limit)
    assert [id_ for page in pages for id_ in page] == stored()
    assert all(len(page) == limit for page in pages[:-1])


def test_rows_that_arrive_meanwhile_shift_nothing(db, got):
    write(*range(6))
    before = stored()
    pages = walk(got, 2, meanwhile=lambda: write(9))
    assert [id_ for page in pages for id_ in page] == before


def test_an_empty_list_is_one_empty_page(db, got):
    assert walk(got, 50) == [[]]


@pytest.mark.parametrize("rows", [1, 60])
def test_a_page_costs_one_query(db, got, django_assert_num_queries, rows):
    write(*range(rows))
    with django_assert_num_queries(1):
        walk(got, 200)


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "ten", "５０", "", " 5", "99999", "0012345", "1" * 5000])
def test_a_wrong_limit_is_refused_by_name(got, limit):
    with pytest.raises(InvalidQuery) as refused:
        limit_of(got(limit=limit))
    assert refused.value.errors[0].field == "limit"


def test_the_limit_is_fifty_where_none_is_asked(got):
    assert [limit_of(got()), limit_of(got(limit="1")), limit_of(got(limit="200"))] == [50, 1, 200]


@given(
    st.integers(0, 4_000_000_000_000_000).map(lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us))
)
def test_a_cursor_keeps_its_place_to_the_microsecond(at):
    key = new_id(at)
    assert _decode(_encode(at, key)) == (at, key)


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "日本語",
        "!!!!",
        "/" * 3000,
        encoded("2026-11-21T00:00:00|no-uuid"),
        encoded("2026-11-21T00:00:00+00:00"),
        encoded(f"2026-11-21T00:00:00|{KEY}"),
        encoded(f"yesterday|{KEY}"),
        encoded(f"0001-01-01T00:00:00+23:59|{KEY}"),
        encoded(f"9999-12-31T23:59:59-23:59|{KEY}"),
    ],
)
def test_a_cursor_that_we_never_gave_is_refused(db, got, cursor):
    with pytest.raises(CursorMalformed):
        page_of(AuditEntry.objects.all(), got(cursor=cursor), shape=str, instant="recorded_at")


@pytest.mark.postgres
def test_the_cursor_enters_an_index(committed_db, got):
    """An index on (instant, id) is entered at the cursor, not read from its end and filtered."""
    with psycopg.connect(committed_db.owner_url) as owner:
        owner.execute("CREATE INDEX ON kernel_audit (recorded_at, id)")
        owner.execute("SET enable_seqscan = off")
        request = got(cursor=_encode(NOON, new_id(NOON)))
        with CaptureQueriesContext(connection) as queries:
            page_of(AuditEntry.objects.all(), request, shape=str, instant="recorded_at")
        plan = "\n".join(line for (line,) in owner.execute(f"EXPLAIN {queries[0]['sql']}"))
    assert "Index Cond: (recorded_at <= " in plan
