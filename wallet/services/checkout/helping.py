"""What an officer does with an order that waits too long, with a reason: the shop and the app had their time.

Before that nobody interferes with what is under way between a shop, an app and who pays.
"""

from uuid import UUID

from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.order_results import OrderShown
from wallet.errors import OrderBeingPaid, OrderNotWaiting
from wallet.models import Order, OrderDelivery, OrderPaymentStatus, OrderRefundReason, OrderStatus
from wallet.selectors.orders import order_for_seller, whole_orders
from wallet.selectors.waiting_orders import HANDLE, is_waiting_long
from wallet.services.checkout.capturing import urge_later
from wallet.services.checkout.following import Followed
from wallet.services.checkout.refunding import give_back_of, send_to_card
from wallet.services.orders.booking import change, end_order, live_payment, lock_order
from wallet.services.settlement import tell_managers


@use_case("wallet.note_delivery", key=Key.REQUIRED)
def note_delivery(act: Act, *, order_id: UUID, why: str) -> OrderShown:
    """Note that the payer has what they paid for, which the app that sold it did not say. Locks: the order.

    :raises NotAllowed: :raises NotFound: :raises OrderNotWaiting: for an order that does not wait so, or not long.
    """
    order = _locked(act, order_id, why)
    if order.delivery != OrderDelivery.WAITING:
        raise OrderNotWaiting
    change(act, order, delivery=OrderDelivery.DELIVERED)
    return order_for_seller(whole_orders().get(pk=order_id))


@use_case("wallet.give_undelivered_back", key=Key.REQUIRED)
def decide_giving_back(act: Act, *, order_id: UUID, why: str) -> OrderShown:
    """Give everything back that is left of what was paid. Locks as a refund's.

    :raises NotAllowed: :raises NotFound: :raises OrderNotWaiting: :raises OrderCardLocked: :raises ShopShort:
    """
    order = _locked(act, order_id, why)
    if order.delivery != OrderDelivery.WAITING:
        raise OrderNotWaiting
    if any(line.taken > line.refunded for line in order.lines.all()):
        give_back_of(act, order, None, OrderRefundReason.UNDELIVERED)
    change(act, order, delivery=OrderDelivery.FAILED)
    _tell(act, order, why)
    return order_for_seller(whole_orders().get(pk=order_id))


@use_case("wallet.let_go_of_held", key=Key.REQUIRED)
def decide_letting_go(act: Act, *, order_id: UUID, why: str) -> OrderShown:
    """End an order whose money is set aside: coins, card and coupons go back. Locks: the order, hold, balance, coupons, budgets.

    :raises NotAllowed: :raises NotFound: :raises OrderNotWaiting: :raises OrderBeingPaid: while the card company is capturing it.
    """
    order = _locked(act, order_id, why)
    row = live_payment(order)
    if order.status != OrderStatus.HELD or row is None:
        raise OrderNotWaiting
    if row.status == OrderPaymentStatus.CAPTURING:
        raise OrderBeingPaid
    end_order(act, order, OrderStatus.CANCELLED)
    _tell(act, order, why)
    return order_for_seller(whole_orders().get(pk=order_id))


def _locked(act: Act, order_id: UUID, why: str) -> Order:
    if not act.principal.may(HANDLE):
        raise NotAllowed
    order = lock_order(order_id)
    if order is None:
        raise NotFound
    if not is_waiting_long(order, at=act.at):
        raise OrderNotWaiting
    act.audit(what={"order_id": str(order_id)}, why=why)
    return order


def _tell(act: Act, order: Order, why: str) -> None:
    values = {"number": order.receipt_number, "why": why}
    tell_managers(act, order.shop.organisation_id, "wallet.order_ended_by_city", values, dedupe=str(order.pk))


give_undelivered_back = Followed(
    decide_giving_back,
    send_to_card,
    """Give back what was paid and never delivered; the card's part by its company. Refusals of :func:`decide_giving_back`.""",
)
let_go_of_held = Followed(
    decide_letting_go,
    urge_later,
    """Let go of what is set aside; the card's part by its company, now or by the sweep. Refusals of :func:`decide_letting_go`.""",
)
