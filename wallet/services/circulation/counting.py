"""Counting what circulates, day by day, from the ledger.

A day is always counted as a whole and in one statement, so counting it again is never wrong, only late. What must not happen is
that something booked is never noticed: ids are drawn in one order and committed in another. So the ledger is asked for what was
written by transactions that may still have been open at the last look (their number, from ``xmin``, is not below the oldest that
was open then), and every night for what does not add up.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kernel.clock import jst_midnight
from wallet.engine.circulation import week_of
from wallet.engine.withholding import LEAST
from wallet.models import (
    CURRENCY,
    CirculationDay,
    CirculationDue,
    CirculationFigure,
    CirculationMove,
    CirculationSale,
    CirculationTail,
    CirculationWeek,
    DueKind,
)

REST = timedelta(hours=1)
"""A journal's number is drawn a moment before its transaction has one, so the ledger is looked through an hour further back."""

_HORIZON = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
       (SELECT coalesce(max(id), 0) FROM wallet_journal)
"""
_NOTE = """
WITH fresh AS (
  SELECT jst_date(at) AS day, min(id) AS first, max(id) AS last FROM wallet_journal
   WHERE id > %(below_journal)s AND wallet_transaction_of(xmin) >= %(below_transaction)s GROUP BY 1),
found AS (
  INSERT INTO wallet_circulationday AS known (day, first_journal, last_journal) SELECT day, first, last FROM fresh
  ON CONFLICT (day) DO UPDATE SET first_journal = least(known.first_journal, EXCLUDED.first_journal),
                                  last_journal = greatest(known.last_journal, EXCLUDED.last_journal))
INSERT INTO wallet_circulationdue (kind, day) SELECT 'day', day FROM fresh ON CONFLICT DO NOTHING
"""
_NOT_ADDING_UP = """
WITH booked AS (
  SELECT jst_date(j.at) AS day, min(j.id) AS first, max(j.id) AS last, count(*) AS postings, sum(p.amount) AS yen
    FROM wallet_journal j JOIN wallet_posting p ON p.journal_id = j.id WHERE p.currency = %(currency)s GROUP BY 1),
counted AS (SELECT day, sum(postings) AS postings, sum(yen) AS yen FROM wallet_circulationmove GROUP BY 1),
wrong AS (
  SELECT b.day, b.first, b.last FROM booked b LEFT JOIN counted c USING (day)
   WHERE (b.postings, b.yen) IS DISTINCT FROM (c.postings, c.yen)),
found AS (
  INSERT INTO wallet_circulationday AS known (day, first_journal, last_journal) SELECT day, first, last FROM wrong
  ON CONFLICT (day) DO UPDATE SET first_journal = least(known.first_journal, EXCLUDED.first_journal),
                                  last_journal = greatest(known.last_journal, EXCLUDED.last_journal))
INSERT INTO wallet_circulationdue (kind, day) SELECT 'day', day FROM wrong ON CONFLICT DO NOTHING
"""
_COUNT = """
WITH moved AS MATERIALIZED (
  SELECT j.kind, extract(hour FROM j.at AT TIME ZONE 'Asia/Tokyo')::smallint AS hour, p.amount,
         d.kind AS debit_kind, c.kind AS credit_kind, p.debit_id, p.credit_id,
         first_value(CASE WHEN d.kind = 'resident' THEN d.id WHEN c.kind = 'resident' THEN c.id END)
           OVER (PARTITION BY j.id ORDER BY (d.kind = 'resident') DESC, (c.kind = 'resident') DESC, p.line) AS person
    FROM wallet_circulationday known
    JOIN wallet_journal j ON j.id BETWEEN known.first_journal AND known.last_journal
    JOIN wallet_posting p ON p.journal_id = j.id
    JOIN wallet_account d ON d.id = p.debit_id
    JOIN wallet_account c ON c.id = p.credit_id
   WHERE known.day = %(day)s AND j.at >= %(begins)s AND j.at < %(ends)s AND p.currency = %(currency)s),
moves AS (
  INSERT INTO wallet_circulationmove (day, kind, debit_kind, credit_kind, yen, postings, people)
  SELECT %(day)s, kind, debit_kind, credit_kind, sum(amount), count(*),
         coalesce((array_agg(DISTINCT person ORDER BY person) FILTER (WHERE person IS NOT NULL))[1:%(least)s], '{}')
    FROM moved GROUP BY kind, debit_kind, credit_kind),
sales AS (
  SELECT hour, credit_id AS account, debit_kind AS payer, amount, person FROM moved
   WHERE credit_kind = 'merchant' AND debit_kind IN ('resident', 'campaign')
  UNION ALL
  SELECT hour, debit_id, credit_kind, -amount, person FROM moved
   WHERE debit_kind = 'merchant' AND credit_kind IN ('resident', 'campaign'))
INSERT INTO wallet_circulationsale (day, hour, shop_id, yen, support_yen, payments, people)
SELECT %(day)s, sales.hour, shop.id, coalesce(sum(amount) FILTER (WHERE payer = 'resident'), 0),
       coalesce(sum(amount) FILTER (WHERE payer = 'campaign'), 0), count(*) FILTER (WHERE payer = 'resident' AND amount > 0),
       coalesce((array_agg(DISTINCT person ORDER BY person) FILTER (WHERE person IS NOT NULL))[1:%(least)s], '{}')
  FROM sales JOIN wallet_shop shop ON shop.account_id = sales.account GROUP BY sales.hour, shop.id
"""
_DIGEST = """
SELECT coalesce(encode(sha256(convert_to(string_agg(
         jsonb_build_array(id, district, trade)::text, ',' ORDER BY id), 'UTF8')), 'hex'), '') FROM wallet_shop
"""


def note_changes(*, at: datetime) -> None:
    """Write down which days have something new. Locks: the tail's row, so that one does it at a time."""
    with transaction.atomic():
        tail = CirculationTail.objects.select_for_update().get(pk=1)
        oldest, newest, last_journal = _row(_HORIZON)
        if tail.below_transaction > newest:  # restored elsewhere: these numbers mean nothing here
            tail.below_journal = tail.below_transaction = tail.next_journal = tail.next_transaction = 0
        _run(_NOTE, below_journal=tail.below_journal, below_transaction=tail.below_transaction)
        tail.below_transaction = oldest
        if tail.noted_at is None or (tail.next_transaction <= oldest and tail.noted_at + REST <= at):
            tail.below_journal = tail.next_journal
            tail.next_journal, tail.next_transaction, tail.noted_at = last_journal, newest, at
        _note_register(tail)
        tail.save()


def _note_register(tail: CirculationTail) -> None:
    """Let every week be said anew when a shop's district or trade was corrected."""
    (digest,) = _row(_DIGEST)
    if digest != tail.register_digest:
        tail.register_digest = digest
        weeks = CirculationWeek.objects.values_list("week", flat=True)
        CirculationDue.objects.bulk_create(
            [CirculationDue(kind=DueKind.WEEK, day=week) for week in weeks], ignore_conflicts=True
        )


def note_what_does_not_add_up() -> int:
    """Compare every day with the whole ledger, and let those be counted again that differ; return how many."""
    return _run(_NOT_ADDING_UP, currency=CURRENCY)


def days_due() -> list[date]:
    """Return the days that wait, oldest first."""
    return list(CirculationDue.objects.filter(kind=DueKind.DAY).order_by("day").values_list("day", flat=True))


def count_day(day: date) -> None:
    """Count one day, and let its week be said anew. Another who counts it has the due row; then nothing is left to do."""
    with transaction.atomic():
        if not CirculationDue.objects.filter(kind=DueKind.DAY, day=day).delete()[0]:
            return
        CirculationMove.objects.filter(day=day).delete()
        CirculationSale.objects.filter(day=day).delete()
        _run(
            _COUNT, day=day, begins=jst_midnight(day), ends=jst_midnight(day + timedelta(days=1)), currency=CURRENCY,
            least=LEAST,
        )  # fmt: skip
        week = CirculationDue(kind=DueKind.WEEK, day=week_of(day))
        CirculationDue.objects.bulk_create([week], ignore_conflicts=True)


def forget_counts() -> None:
    """Forget everything that was counted, so that the next look counts the whole ledger."""
    with transaction.atomic():
        CirculationTail.objects.select_for_update().get(pk=1)
        for model in (
            CirculationDue, CirculationDay, CirculationMove, CirculationSale, CirculationFigure, CirculationWeek,
        ):  # fmt: skip
            model.objects.all().delete()
        CirculationTail.objects.filter(pk=1).update(
            below_journal=0, below_transaction=0, next_journal=0, next_transaction=0, noted_at=None
        )


def _run(statement: str, **values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _row(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()
