"""Saying a week: once it is over its counts become figures, and what speaks of fewer than ten people stays out."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kernel.clock import jst_date, jst_midnight
from wallet.engine.circulation import Figure, Sale, Step, figures_of_moves, figures_of_sales, figures_of_steps
from wallet.engine.withholding import LEAST
from wallet.models import CURRENCY, CirculationDue, CirculationFigure, CirculationWeek, DueKind

WEEK = timedelta(days=7)
SUPPORT = frozenset(("campaign", "merchant"))

_SALES = """
SELECT s.day, s.hour, shop.district, shop.trade, s.yen, s.support_yen, s.payments, s.people
  FROM wallet_circulationsale s JOIN wallet_shop shop ON shop.id = s.shop_id
 WHERE s.day >= %(week)s AND s.day < %(next)s
"""
_MOVES = """
SELECT debit_kind, credit_kind, yen, postings, people FROM wallet_circulationmove WHERE day >= %(week)s AND day < %(next)s
"""
_VISITS = """
SELECT p.account_id, p.amount, shop.district, shop.trade,
       lag(shop.district) OVER after_another AS district_before, lag(shop.trade) OVER after_another AS trade_before
  FROM wallet_shop shop
  JOIN LATERAL (SELECT account_id, amount, at, id FROM wallet_payment
                 WHERE shop_id = shop.id AND at >= %(begins)s AND at < %(ends)s AND status <> 'voided') p ON true
 WHERE shop.currency = %(currency)s
WINDOW after_another AS (PARTITION BY p.account_id ORDER BY p.at, p.id)
"""
_STEPS = f"""
WITH visits AS MATERIALIZED ({_VISITS})
SELECT 'payers', '', '', count(DISTINCT account_id), 0, '{{}}'::uuid[] FROM visits
UNION ALL
SELECT 'district_steps', district_before, district, sum(amount), count(*),
       (array_agg(DISTINCT account_id ORDER BY account_id))[1:%(least)s]
  FROM visits WHERE district_before IS NOT NULL GROUP BY district_before, district
UNION ALL
SELECT 'trade_steps', trade_before, trade, sum(amount), count(*), (array_agg(DISTINCT account_id ORDER BY account_id))[1:%(least)s]
  FROM visits WHERE trade_before IS NOT NULL GROUP BY trade_before, trade
"""  # noqa: S608 - put together from what stands here
_COINS_OUT = """
SELECT coalesce(sum(change), 0)::bigint, coalesce(sum(change * least(7, %(next)s - day)), 0)::bigint
  FROM (SELECT day, sum(CASE WHEN credit_kind = 'resident' THEN yen ELSE 0 END)
                  - sum(CASE WHEN debit_kind = 'resident' THEN yen ELSE 0 END) AS change
          FROM wallet_circulationmove WHERE day < %(next)s GROUP BY day) AS daily
"""


def weeks_due(*, at: datetime) -> list[date]:
    """Return the weeks that wait and are over, oldest first."""
    over = CirculationDue.objects.filter(kind=DueKind.WEEK, day__lte=jst_date(at) - WEEK)
    return list(over.order_by("day").values_list("day", flat=True))


def publish_week(week: date) -> None:
    """Make the figures of one week (its Monday) anew from its counts."""
    with transaction.atomic():
        if not CirculationDue.objects.filter(kind=DueKind.WEEK, day=week).delete()[0]:
            return
        CirculationFigure.objects.filter(week=week).delete()
        CirculationWeek.objects.filter(week=week).delete()
        steps, payers = _steps(week)
        moves = figures_of_moves(Step(*row) for row in _rows(_MOVES, week))
        withheld = {frozenset((move.row, move.column)) for move in moves if move.yen is None}
        sales = (Sale(*row) for row in _rows(_SALES, week))
        figures = figures_of_sales(sales, says_support=SUPPORT not in withheld)
        coins_out, coins_out_days = _rows(_COINS_OUT, week)[0]
        CirculationWeek.objects.create(
            week=week, payers=payers, coins_out=coins_out, coins_out_days=coins_out_days, is_withheld=not figures
        )
        if figures:
            figures += moves
            figures += [figure for name, table in steps.items() for figure in figures_of_steps(name, table)]
            CirculationFigure.objects.bulk_create([_row_of(week, figure) for figure in figures], batch_size=1000)


def _steps(week: date) -> tuple[dict[str, list[Step]], int]:
    tables: dict[str, list[Step]] = {"district_steps": [], "trade_steps": []}
    payers = 0
    for about, *step in _rows(_STEPS, week):
        if about == "payers":
            payers = int(step[2])
        else:
            tables[about].append(Step(*step))
    return tables, payers


def _row_of(week: date, figure: Figure) -> CirculationFigure:
    return CirculationFigure(
        week=week, about=figure.table, row_key=figure.row, column_key=figure.column, yen=figure.yen,
        support_yen=figure.support_yen, payments=figure.payments,
    )  # fmt: skip


def _rows(statement: str, week: date) -> list[Any]:
    after = week + WEEK
    values: dict[str, Any] = {
        "week": week, "next": after, "begins": jst_midnight(week), "ends": jst_midnight(after), "currency": CURRENCY,
        "least": LEAST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
