"""Folding: the merchants' credits go from the inbox into their balances.

``DELETE … RETURNING`` counts exactly the rows that it removed. A roll-up by the highest id seen would lose money: ids are
drawn in one order and committed in another.
"""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from wallet.engine.results import Folded
from wallet.models import Balance

_WAITING = "SELECT DISTINCT account_id FROM wallet_creditinbox LIMIT %s"
_REMOVED = """
WITH gone AS (DELETE FROM wallet_creditinbox WHERE account_id = %s RETURNING amount)
SELECT count(*), coalesce(sum(amount), 0)::bigint FROM gone
"""


def fold_credits(*, most: int = 100) -> list[Folded]:
    """Fold the inboxes of up to ``most`` merchants, each in a transaction of its own; a merchant who is locked waits for the
    next run.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [most])
        waiting = [UUID(str(account_id)) for (account_id,) in cursor.fetchall()]
    return [folded for account_id in waiting if (folded := _fold(account_id)) is not None]


def _fold(account_id: UUID) -> Folded | None:
    with transaction.atomic(durable=True):
        if not Balance.objects.select_for_update(skip_locked=True).filter(pk=account_id).exists():
            return None
        return _move(account_id)


def fold_into(account_id: UUID) -> int:
    """Fold one merchant's inbox in the running transaction, which holds the balance's lock; return how much was added."""
    return _move(account_id).amount


def _move(account_id: UUID) -> Folded:
    with connection.cursor() as cursor:
        cursor.execute(_REMOVED, [account_id])
        rows, amount = cursor.fetchone()
    if amount:
        Balance.objects.filter(pk=account_id).update(amount=F("amount") + amount, version=F("version") + 1)
    return Folded(account_id, rows, amount)
