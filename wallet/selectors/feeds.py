"""What the live feeds show: the newest lines of an account and the newest receipts of a shop, whole or by what has just changed."""

from datetime import datetime
from uuid import UUID

import msgspec

from wallet.engine.order_results import OrderShown
from wallet.engine.results import BalanceNow, HistoryEntry, Receipt
from wallet.selectors.balances import balance_of, entries_of, history_entry
from wallet.selectors.orders import order_for_seller, orders_at
from wallet.selectors.receipts import payments_at, receipt_of

KEPT = 20  # a snapshot carries this many lines, so that many is also what events may leave


class Mine(msgspec.Struct, frozen=True):
    """An account as its phone shows it."""

    balance: BalanceNow
    entries: list[HistoryEntry]


class Till(msgspec.Struct, frozen=True):
    """A shop's payments and orders as its tills show them."""

    payments: list[Receipt]
    orders: list[OrderShown]


def mine(account_id: UUID, *, at: datetime) -> Mine:
    """Return balance and newest lines."""
    return Mine(balance=balance_of(account_id, at=at), entries=newest_entries(account_id))


def newest_entries(account_id: UUID) -> list[HistoryEntry]:
    """Return the newest lines of an account's history."""
    return [history_entry(row) for row in entries_of(account_id).order_by("-at", "-id")[:KEPT]]


def entries_about(account_id: UUID, payment_id: UUID) -> list[HistoryEntry]:
    """Return every line about a payment: itself and what was given back; a captured hold also closes, so all the newest come."""
    about = [history_entry(row) for row in entries_of(account_id).filter(payment_id=payment_id).order_by("at", "id")]
    return newest_entries(account_id) if any(line.kind == "capture" for line in about) else about


def till(shop_id: UUID) -> Till:
    """Return the shop's newest receipts and orders."""
    return Till(
        payments=[receipt_of(row) for row in payments_at(shop_id).order_by("-at", "-id")[:KEPT]],
        orders=[order_for_seller(row) for row in orders_at(shop_id).order_by("-placed_at", "-id")[:KEPT]],
    )


def receipt_at(shop_id: UUID, payment_id: UUID) -> Receipt:
    """Return one receipt of the shop as it is now."""
    return receipt_of(payments_at(shop_id).get(pk=payment_id))


def order_at(shop_id: UUID, order_id: UUID) -> OrderShown:
    """Return one order of the shop as it is now."""
    return order_for_seller(orders_at(shop_id).get(pk=order_id))
