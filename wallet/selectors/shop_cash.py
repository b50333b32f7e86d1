"""Cash that shops took in at their tills for coins: it is the city's, and settlement keeps as much of what the shops are due."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection

from accounts.selectors import reader_names, workplaces_of
from kernel.principal import Principal
from wallet.engine.settled import CashOfMine, CashOfShops, CashReceived
from wallet.models import SOURCES, AccountKind, HandoverWay, ShopCashHandover

_OWED = """
SELECT shop.organisation_id, sum(moved.amount) AS amount FROM (
    SELECT t.shop_id, p.amount FROM wallet_topup t JOIN wallet_posting p ON p.journal_id = t.journal_id AND p.debit_id = %(cash)s
      WHERE t.shop_id IS NOT NULL AND t.at < %(before)s
    UNION ALL SELECT t.shop_id, -p.amount FROM wallet_premiumvoid v JOIN wallet_premiumpurchase b ON b.id = v.purchase_id
      JOIN wallet_topup t ON t.id = b.top_up_id JOIN wallet_posting p ON p.journal_id = v.journal_id AND p.credit_id = %(cash)s
      WHERE v.at < %(before)s
    UNION ALL SELECT s.id, -h.cash FROM wallet_settlementshare h JOIN wallet_shop s ON s.account_id = h.account_id
      JOIN wallet_settlementtransfer t ON t.id = h.transfer_id WHERE t.journal_id IS NOT NULL) moved
  JOIN wallet_shop shop ON shop.id = moved.shop_id GROUP BY 1
"""
_STILL_OWED = f"""
SELECT organisation_id, sum(amount)::bigint FROM (SELECT organisation_id, amount FROM ({_OWED}) kept
    UNION ALL SELECT organisation_id, -amount FROM wallet_shopcashhandover WHERE journal_id IS NOT NULL) both_ways
  GROUP BY 1 HAVING sum(amount) > 0
"""  # noqa: S608 - the other query, no value
_PLANNED = """
SELECT coalesce(sum(t.cash), 0)::bigint FROM wallet_settlementtransfer t
  WHERE t.organisation_id = %s AND t.state = 'planned'
"""
MOST_SHOWN = 20
RIGHT = "wallet.see_settlements"
MOMENT = timedelta(microseconds=1)
"""Added to an instant, so that what happened at it counts too."""


class HandoverRow(msgspec.Struct, frozen=True):
    """Cash that was recorded as handed over, and the name of whose it was."""

    row: ShopCashHandover
    name: str


def cash_owed(*, before: datetime) -> dict[UUID, int]:
    """Return by organisation how many yen its shops took in before that instant, that no settlement has kept yet, and that were not
    handed over, whenever that was.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STILL_OWED, {"cash": SOURCES[AccountKind.SHOP_CASH], "before": before})
        return dict(cursor.fetchall())


def cash_to_hand_over(organisation_id: UUID, *, at: datetime) -> int:
    """Return what an organisation may still hand over: what it owes, less what a settlement that is drawn up means to keep."""
    with connection.cursor() as cursor:
        cursor.execute(_PLANNED, [organisation_id])
        planned = int(cursor.fetchone()[0])
    return max(0, cash_owed(before=at + MOMENT).get(organisation_id, 0) - planned)


def handover_ways() -> list[tuple[str, str]]:
    """Return how cash may come, each with its words."""
    return [(way.value, str(way.label)) for way in HandoverWay]


def handovers_waiting() -> list[HandoverRow]:
    """Return what waits for another officer, oldest first."""
    return _rows(ShopCashHandover.objects.filter(decided_at=None).order_by("recorded_at", "id"))


def handovers_decided() -> list[HandoverRow]:
    """Return what was decided last."""
    rows = ShopCashHandover.objects.filter(decided_at__isnull=False)
    return _rows(rows.order_by("-decided_at", "-id")[:MOST_SHOWN])


def cash_of_mine(principal: Principal, *, at: datetime) -> CashOfShops:
    """Return what the shops hold of the organisations that this person manages, and what the city has received of it."""
    mine = [each for each in workplaces_of(principal) if principal.may(RIGHT, within=each)]
    owed = cash_owed(before=at + MOMENT) if mine else {}
    rows = ShopCashHandover.objects.filter(organisation_id__in=mine, is_accepted=True)
    received: dict[UUID, list[CashReceived]] = {}
    for row in rows.order_by("-received_on", "-id"):
        some = received.setdefault(row.organisation_id, [])
        if len(some) < MOST_SHOWN:
            some.append(CashReceived(row.pk, row.amount, row.way, row.received_on))
    return CashOfShops([CashOfMine(each, owed.get(each, 0), received.get(each, [])) for each in mine])


def _rows(rows: Iterable[ShopCashHandover]) -> list[HandoverRow]:
    found = list(rows)
    names = reader_names(row.organisation_id for row in found)
    return [HandoverRow(row, names.get(row.organisation_id, str(row.organisation_id))) for row in found]
