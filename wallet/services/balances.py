"""Changing balances. An account's balance row is its lock: whoever holds it may change the account's lots, holds and inbox."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest

from kernel.clock import jst_date
from wallet.engine.lots import spendable
from wallet.errors import (
    AccountFrozen,
    InsufficientFunds,
    LimitBalance,
    LimitPerDay,
    NoWallet,
    ShopShort,
    WalletRefusal,
)
from wallet.models import Balance, Frozen
from wallet.selectors.lots import lots_of
from wallet.services.folding import fold_into


def take(account_id: UUID, amount: int, *, at: datetime, to_hold: bool = False) -> date:
    """Lower what may be spent by ``amount`` if it is there, and count it towards the day's limit; return that day.

    One conditional UPDATE locks the row and decides. With ``to_hold`` the amount is set aside instead of leaving the account.

    :raises AccountFrozen: where nothing may go out; :raises InsufficientFunds: where less lives on that day; :raises LimitPerDay:
    where the day has had enough.
    """
    day, limit = jst_date(at), settings.COIN["per_day"]
    spent_today = Case(When(spent_on__gte=day, then=F("spent")), default=Value(0))
    rows = Balance.objects.annotate(spent_today=spent_today).filter(
        pk=account_id, frozen=Frozen.NO, amount__gte=amount, spent_today__lte=limit - amount
    )
    changed = rows.update(
        amount=F("amount") - amount,
        held=F("held") + (amount if to_hold else 0),
        version=F("version") + 1,
        spent=spent_today + amount,
        spent_on=Greatest(F("spent_on"), Value(day)),
    )
    if not changed:
        raise _why_not(account_id, amount, day)
    counted_on = Balance.objects.values_list("spent_on", flat=True).get(pk=account_id)
    assert counted_on is not None  # noqa: S101 - just written
    return counted_on


def _why_not(account_id: UUID, amount: int, day: date) -> WalletRefusal:
    if Balance.objects.filter(pk=account_id, frozen__gt=Frozen.NO).exists():
        return AccountFrozen()
    if spendable(lots_of(account_id), day) < amount:
        return InsufficientFunds()
    return LimitPerDay(limit=settings.COIN["per_day"])


def lock(*account_ids: UUID) -> dict[UUID, Balance]:
    """Lock these balances, by account id, so that two acts on the same accounts never wait for each other."""
    rows = Balance.objects.select_for_update().filter(pk__in=account_ids).order_by("account_id")
    return {row.account_id: row for row in rows}


def give(balance: Balance, amount: int, *, held: int = 0, counted_on: date | None = None) -> bool:
    """Raise a locked balance by ``amount`` and change what is held by ``held``; tell whether a day got its limit back.

    It does where ``counted_on`` is still the balance's last day of spending.
    """
    restores = counted_on is not None and balance.spent_on == counted_on
    Balance.objects.filter(pk=balance.account_id).update(
        amount=F("amount") + amount,
        held=F("held") + held,
        version=F("version") + 1,
        spent=F("spent") - (amount if restores else 0),
    )
    return restores


def give_up_to_limit(account_id: UUID, amount: int) -> None:
    """Raise a balance by coins that are newly issued or sent.

    :raises NoWallet: :raises AccountFrozen: where nothing may come in; :raises LimitBalance: where more would be held than one may.
    """
    limit = settings.COIN["balance"]
    room = Q(amount__lte=limit - amount - F("held"), frozen__lt=Frozen.ALL)
    if not Balance.objects.filter(room, pk=account_id).update(amount=F("amount") + amount, version=F("version") + 1):
        frozen = Balance.objects.filter(pk=account_id).values_list("frozen", flat=True).first()
        if frozen is None:
            raise NoWallet
        if frozen == Frozen.ALL:
            raise AccountFrozen
        raise LimitBalance(limit=limit)


def draw_from_merchant(balance: Balance, amount: int) -> None:
    """Lower a locked merchant's balance, folding its inbox first where that is needed.

    :raises ShopShort: where the merchant holds less.
    """
    folded = 0 if balance.amount >= amount else fold_into(balance.account_id)
    if balance.amount + folded < amount:
        raise ShopShort
    Balance.objects.filter(pk=balance.account_id).update(amount=F("amount") - amount, version=F("version") + 1)
