"""Orders that wait too long, as the coin desk sees them: set aside and not taken, or paid and not delivered."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db.models import DateTimeField, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from wallet.models import Order, OrderDelivery, OrderStatus

HANDLE = "wallet.handle_orders"
HELD_LONG = timedelta(days=1)
SOON_OVER = timedelta(hours=6)
UNDELIVERED_LONG = timedelta(hours=1)
MOST = 100


class WaitingOrder(msgspec.Struct, frozen=True):
    """An order, since when it waits and how many whole hours that is; ``is_pressing`` where what is set aside soon goes back."""

    row: Order
    since: datetime
    hours: int
    is_held: bool
    is_pressing: bool


def waiting_orders(*, at: datetime) -> list[WaitingOrder]:
    """Return them, what waits longest first, a hundred at the most; :func:`count_waiting` says how many there are."""
    rows = _waiting(at).select_related("shop").order_by("since", "id")[:MOST]
    return [_shown(row, row.since, at) for row in rows]


def count_waiting(*, at: datetime) -> int:
    """Return how many orders wait too long."""
    return _waiting(at).count()


def is_waiting_long(order: Order, *, at: datetime) -> bool:
    """Tell whether an order is among them."""
    return _waiting(at).filter(pk=order.pk).exists()


def _waiting(at: datetime) -> "QuerySet[Any]":
    """Return orders with ``since``: when coins or card were set aside, or when they were paid."""
    alive = Q(payments__status__in=["held", "capturing"])
    rows = Order.objects.filter(Q(status=OrderStatus.HELD) | Q(delivery=OrderDelivery.WAITING))
    rows = rows.annotate(
        since=Coalesce("ended_at", Min("payments__begun_at", filter=alive), output_field=DateTimeField())
    )
    held = Q(status=OrderStatus.HELD) & (Q(since__lte=at - HELD_LONG) | Q(held_until__lte=at + SOON_OVER))
    return rows.filter(held | Q(delivery=OrderDelivery.WAITING, ended_at__lte=at - UNDELIVERED_LONG))


def _shown(row: Order, since: datetime, at: datetime) -> WaitingOrder:
    is_held = row.status == OrderStatus.HELD
    is_pressing = is_held and row.held_until is not None and row.held_until <= at + SOON_OVER
    return WaitingOrder(row, since, (at - since) // timedelta(hours=1), is_held, is_pressing)
