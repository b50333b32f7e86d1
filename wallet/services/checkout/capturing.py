"""What is held: captured whole or in part, or let go; and orders that end without money."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import structlog

from kernel.principal import SYSTEM
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.checkout import CARD_LEAST, LineAmount, LineLeft, is_over, of_lines, part_of
from wallet.engine.order_results import OrderShown
from wallet.errors import (
    CardVendorAway,
    OrderBeingPaid,
    OrderLinesUnsound,
    OrderNotHeld,
    OrderNotOpen,
    OrderPartUnsound,
)
from wallet.models import CardPayment, Order, OrderPayment, OrderPaymentStatus, OrderStatus
from wallet.selectors.orders import order_for_seller, overdue_orders, whole_orders
from wallet.selectors.shops import check_till
from wallet.services.cards.looking import look
from wallet.services.checkout.following import Followed
from wallet.services.orders.booking import change, end_order, fix, live_payment, lock_order, take, tenders_of

_TAKEN = ("discount_taken", "coin_taken", "card_taken")
_log = structlog.get_logger(__name__)


@use_case("wallet.capture_order", key=Key.REQUIRED, status=201)
def decide_capture(act: Act, *, order_id: UUID, lines: Sequence[LineAmount] | None = None) -> OrderShown:
    """Fix what is taken; with coins alone it is taken at once. Locks: the key, the order, hold, balance, coupons, budgets.

    :raises NotFound: :raises NotAllowed: for who may not charge there; :raises OrderNotHeld: :raises OrderLinesUnsound: for lines
    that are not there; :raises OrderPartUnsound: where less than fifty yen would be left to the card.
    """
    order, row = _held(act, order_id)
    wanted = of_lines((LineLeft(line.number, line.amount) for line in order.lines.all()), lines)
    if not wanted:
        raise OrderLinesUnsound
    asked = tenders_of(row)
    taken = asked.less(part_of(asked, asked.total - sum(wanted.values())))
    if 0 < taken.card < CARD_LEAST:
        raise OrderPartUnsound(most=CARD_LEAST)
    fix(order, row, taken, wanted)
    if row.card_payment_id is not None:
        CardPayment.objects.filter(pk=row.card_payment_id).update(to_take=taken.card)
    if taken.card:
        row.status = OrderPaymentStatus.CAPTURING
        row.save(update_fields=["status", *_TAKEN])
        change(act, order)
    else:
        take(act, order, row)
    act.audit(what={"order_id": str(order_id), "amount": taken.total, **taken._asdict()})
    return order_for_seller(whole_orders().get(pk=order_id))


@use_case("wallet.cancel_order")
def decide_cancel(act: Act, *, order_id: UUID) -> OrderShown:
    """End it; who cancels twice finds it cancelled. Locks: the order, hold, balance, coupons, budgets.

    :raises NotFound: :raises NotAllowed: for who may not charge there; :raises OrderNotOpen: where it was paid or its time was
    over; :raises OrderBeingPaid: while what is held is being captured.
    """
    order = _locked(act, order_id)
    if order.status != OrderStatus.CANCELLED:
        _end(act, order, OrderStatus.CANCELLED)
    act.audit(what={"order_id": str(order_id)})
    return order_for_seller(whole_orders().get(pk=order_id))


def expire_orders(*, at: datetime) -> int:
    """End the orders whose time is over, each in a transaction of its own; return how many."""
    ended = 0
    for order_id in overdue_orders(at=at):
        try:
            act = Act(SYSTEM, at=at)
            expire_order(act, order_id=order_id)
            _urge(act, order_id)
            ended += 1
        except DomainError as refusal:
            _log.warning("order_expiry", order_id=str(order_id), code=refusal.code)
    return ended


@use_case("wallet.expire_order")
def expire_order(act: Act, *, order_id: UUID) -> None:
    """End one order whose time is over, if that is still so under its lock."""
    order = _locked(act, order_id)
    if order.pk in overdue_orders(at=act.at):
        _end(act, order, OrderStatus.EXPIRED)
    act.audit(what={"order_id": str(order_id), "status": order.status})


def _end(act: Act, order: Order, status: OrderStatus) -> None:
    if is_over(order.status):
        raise OrderNotOpen
    row = live_payment(order)
    if row is not None and row.status == OrderPaymentStatus.CAPTURING:
        raise OrderBeingPaid
    end_order(act, order, status)


def _held(act: Act, order_id: UUID) -> tuple[Order, OrderPayment]:
    order = _locked(act, order_id)
    row = live_payment(order) if order.status == OrderStatus.HELD else None
    if row is None or row.status != OrderPaymentStatus.HELD:
        raise OrderNotHeld
    return order, row


def _locked(act: Act, order_id: UUID) -> Order:
    order = lock_order(order_id)
    if order is None:
        raise NotFound
    check_till(act.principal, order.shop, "wallet.charge")
    return order


def _urge(act: Act, order_id: UUID) -> OrderShown | None:
    """Let the card company do what was decided, where a card has a part; return the order as it stands then."""
    rows = CardPayment.objects.filter(order_payment__order_id=order_id, to_take__isnull=False)
    for card_payment_id in list(rows.filter(finished_at=None).values_list("pk", flat=True)):
        look(card_payment_id, at=act.at)
    return order_for_seller(whole_orders().get(pk=order_id)) if rows.exists() else None


def urge_later(act: Act, order_id: UUID) -> OrderShown | None:
    """Do the same, and leave it to the sweep where the company is away: for us the order is over."""
    with suppress(CardVendorAway):
        return _urge(act, order_id)
    return None


capture_order = Followed(
    decide_capture,
    _urge,
    """Take what is held for these lines, or for all; the rest goes back to coins, card and coupons in their measure.

    Refusals are those of :func:`decide_capture`; :raises CardVendorAway: :raises CardVendorRefuses: where the decision stands
    and the company has not done it yet; the sweep asks again.
    """,
)
cancel_order = Followed(
    decide_cancel,
    urge_later,
    """End an order that is not paid; whatever is set aside goes back, and money that a card still brings is sent back.

    Refusals are those of :func:`decide_cancel`.
    """,
)
