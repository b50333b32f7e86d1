"""Changing lots, under the lock of their account's balance."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from kernel.clock import jst_date
from kernel.ids import new_id
from wallet.engine.lots import Move, spend
from wallet.errors import InsufficientFunds
from wallet.models import Journal, Lot, LotKind, LotMove
from wallet.selectors.lots import lots_of


def plan_spending(account_id: UUID, amount: int, day: date) -> list[Move]:
    """Say what to take from which lot; :raises InsufficientFunds: where too little lives on that day, whatever the balance says."""
    moves = spend(lots_of(account_id), amount, day)
    if moves is None:
        raise InsufficientFunds
    return moves


def move(journal: Journal, moves: Iterable[Move]) -> None:
    """Change the lots and write down each change."""
    for each in moves:
        remaining = F("remaining") + each.delta
        Lot.objects.filter(pk=each.lot).update(remaining=remaining, open=Q(remaining__gt=-each.delta))
        LotMove.objects.create(journal=journal, lot_id=each.lot, delta=each.delta)


def issue(journal: Journal, account_id: UUID, kind: LotKind, amount: int, *, expires_on: date | None = None) -> None:
    """Put newly issued coins into a lot of their own.

    It ends ``COIN["lot_days"]`` days after the day of issue, under six months (資金決済法 article 4(2), its order article 4(2)).
    """
    last = expires_on or jst_date(journal.at) + timedelta(days=settings.COIN["lot_days"])
    lot = Lot.objects.create(
        id=new_id(journal.at),
        account_id=account_id,
        kind=kind,
        issued=amount,
        remaining=amount,
        expires_on=last,
        issued_at=journal.at,
        journal=journal,
    )
    LotMove.objects.create(journal=journal, lot=lot, delta=amount)


def carry(journal: Journal, moves: Iterable[Move], account_id: UUID) -> None:
    """Write what these moves took into another account, lot by lot, each with everything that it is: none is extended or merged."""
    taken = {each.lot: -each.delta for each in moves}
    for lot in Lot.objects.filter(pk__in=taken).order_by("expires_on", "kind", "id"):
        amount = taken[lot.pk]
        copy = Lot.objects.create(
            id=new_id(journal.at),
            account_id=account_id,
            kind=lot.kind,
            issued=amount,
            remaining=amount,
            expires_on=lot.expires_on,
            issued_at=lot.issued_at,
            journal=journal,
        )
        LotMove.objects.create(journal=journal, lot=copy, delta=amount)
