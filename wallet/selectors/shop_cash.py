"""Cash that shops took in at their tills for coins: it is the city's, and settlement keeps as much of what the shops are due."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from wallet.models import SOURCES, AccountKind

_OWED = """
SELECT shop.organisation_id, sum(moved.amount)::bigint FROM (
    SELECT t.shop_id, p.amount FROM wallet_topup t JOIN wallet_posting p ON p.journal_id = t.journal_id AND p.debit_id = %(cash)s
      WHERE t.shop_id IS NOT NULL AND t.at < %(before)s
    UNION ALL SELECT t.shop_id, -p.amount FROM wallet_premiumvoid v JOIN wallet_premiumpurchase b ON b.id = v.purchase_id
      JOIN wallet_topup t ON t.id = b.top_up_id JOIN wallet_posting p ON p.journal_id = v.journal_id AND p.credit_id = %(cash)s
      WHERE v.at < %(before)s
    UNION ALL SELECT s.id, -h.cash FROM wallet_settlementshare h JOIN wallet_shop s ON s.account_id = h.account_id
      JOIN wallet_settlementtransfer t ON t.id = h.transfer_id WHERE t.journal_id IS NOT NULL) moved
  JOIN wallet_shop shop ON shop.id = moved.shop_id GROUP BY 1 HAVING sum(moved.amount) > 0
"""


def cash_owed(*, before: datetime) -> dict[UUID, int]:
    """Return by organisation how many yen its shops took in before that instant and no settlement has kept yet."""
    with connection.cursor() as cursor:
        cursor.execute(_OWED, {"cash": SOURCES[AccountKind.SHOP_CASH], "before": before})
        return dict(cursor.fetchall())
