"""What circulation should say, summed from the ledger's own rows in the plainest way."""

from typing import Any

from django.db import connection

TABLES = ("circulationmove", "circulationsale", "circulationweek", "circulationfigure", "circulationday")


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return sorted(cursor.fetchall(), key=repr)


def counted() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that was counted."""
    return {table: rows(f"SELECT * FROM wallet_{table}") for table in TABLES}


def moves_in_ledger() -> list[tuple[Any, ...]]:
    return rows(
        """SELECT (j.at AT TIME ZONE 'Asia/Tokyo')::date, j.kind, d.kind, c.kind, sum(p.amount)::bigint, count(*)
             FROM wallet_posting p JOIN wallet_journal j ON j.id = p.journal_id JOIN wallet_account d ON d.id = p.debit_id
             JOIN wallet_account c ON c.id = p.credit_id GROUP BY 1, 2, 3, 4"""
    )


def sales_in_ledger() -> list[tuple[Any, ...]]:
    """Return (day, hour, shop, yen): what payments brought, less refunds in the hour of the refund."""
    return rows(
        """SELECT (at AT TIME ZONE 'Asia/Tokyo')::date, extract(hour FROM at AT TIME ZONE 'Asia/Tokyo')::int, shop_id,
                  sum(yen)::bigint
             FROM (SELECT at, shop_id, amount AS yen FROM wallet_payment UNION ALL
                   SELECT r.at, p.shop_id, -r.amount FROM wallet_refund r JOIN wallet_payment p ON p.id = r.payment_id) each
            GROUP BY 1, 2, 3"""
    )
