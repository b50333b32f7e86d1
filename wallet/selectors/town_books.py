"""The books of a made-up town in one digest: equal for equal lives, whatever ids were drawn."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

_BALANCES = """
SELECT a.number, b.amount, b.held, coalesce((SELECT sum(i.amount) FROM wallet_creditinbox i WHERE i.account_id = b.account_id), 0)
  FROM unnest(%s::uuid[]) WITH ORDINALITY AS a (id, number) JOIN wallet_balance b ON b.account_id = a.id ORDER BY 1
"""
_LOTS = """
SELECT a.number, l.kind, l.expires_on, sum(l.remaining), sum(l.issued)
  FROM unnest(%s::uuid[]) WITH ORDINALITY AS a (id, number) JOIN wallet_lot l ON l.account_id = a.id
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_MOVES = """
SELECT jst_date(j.at), j.kind, d.kind, c.kind, count(*), sum(p.amount)
  FROM wallet_posting p JOIN wallet_journal j ON j.id = p.journal_id JOIN wallet_account d ON d.id = p.debit_id
  JOIN wallet_account c ON c.id = p.credit_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


def books_digest(accounts: Sequence[UUID]) -> str:
    """Return the SHA-256 over balances, lots and daily movements; accounts are named by their place in ``accounts`` alone."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for statement, values in ((_BALANCES, [list(accounts)]), (_LOTS, [list(accounts)]), (_MOVES, [])):
            cursor.execute(statement, values)
            for row in cursor.fetchall():
                digest.update(repr(tuple(str(part) for part in row)).encode())
    return digest.hexdigest()


def daily_moves() -> list[tuple[Any, ...]]:
    """Return (day, from, to, yen, postings) of everything that moved, as it was counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, debit_kind, credit_kind, sum(yen)::bigint, sum(postings)::bigint FROM wallet_circulationmove"
            " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return list(cursor.fetchall())
