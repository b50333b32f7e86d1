"""One's own balance and history; who has no account yet sees an empty one."""

from datetime import datetime

from django.db.models import QuerySet

from kernel.principal import Principal
from wallet.engine.results import BalanceNow
from wallet.errors import NoWallet
from wallet.models import CURRENCY, Entry
from wallet.selectors.accounts import account_of
from wallet.selectors.balances import balance_of, entries_of
from wallet.selectors.statements import StatementMonths, months_of


def own_balance(principal: Principal, *, at: datetime) -> BalanceNow:
    """Return what the resident acted for may spend."""
    try:
        return balance_of(account_of(principal), at=at)
    except NoWallet:
        return BalanceNow(currency=CURRENCY, available=0, held=0, version=0, lots=[])


def own_entries(principal: Principal) -> "QuerySet[Entry]":
    """Return the history of the resident acted for, to be paged."""
    try:
        return entries_of(account_of(principal))
    except NoWallet:
        return Entry.objects.none()


def own_months(principal: Principal, *, at: datetime) -> StatementMonths:
    """Return the months for which the resident acted for has a statement."""
    try:
        return months_of(account_of(principal), at=at)
    except NoWallet:
        return StatementMonths(results=[])
