"""What the app that sells says of an order that is paid: delivered, or not to be had; then all of it goes back by itself."""

from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import OrderNotPaid
from wallet.models import Order, OrderDelivery, OrderRefundReason, OrderStatus
from wallet.services.checkout.refunding import give_back_of, send_to_card
from wallet.services.orders.booking import change, lock_order

DELIVER = "wallet.deliver_orders"
"""No role gives it: the city's own machinery answers, in the handler of ``wallet.order.paid.v1``."""


@use_case("wallet.order_delivered")
def order_delivered(act: Act, *, source: str, source_id: str) -> None:
    """Note that the payer has what they paid for; twice does no harm. Locks: the order.

    :raises NotAllowed: for people; :raises NotFound: :raises OrderNotPaid: where there is nothing to deliver, or it had failed.
    """
    order = _locked(act, source, source_id)
    if order.delivery == OrderDelivery.FAILED:
        raise OrderNotPaid
    if order.delivery == OrderDelivery.WAITING:
        change(act, order, delivery=OrderDelivery.DELIVERED)
    act.audit(what={"order_id": str(order.pk)})


def order_failed(act: Act, *, source: str, source_id: str, why: str) -> None:
    """Say that what was paid for cannot be delivered, and why: all that is left of the money goes back, coupons included.

    Twice does no harm. Refusals are those of :func:`record_failure`: the handler that called is called again then.
    """
    record_failure(act, source=source, source_id=source_id, why=why)
    send_to_card(act, Order.objects.get(source=source, source_id=source_id).pk)


@use_case("wallet.order_failed")
def record_failure(act: Act, *, source: str, source_id: str, why: str) -> None:
    """Give everything back. Locks as a refund's.

    :raises NotAllowed: for people; :raises NotFound: :raises OrderNotPaid: where it was delivered, or never paid;
    :raises OrderCardLocked: :raises ShopShort: and nothing is changed.
    """
    order = _locked(act, source, source_id)
    if order.delivery == OrderDelivery.DELIVERED:
        raise OrderNotPaid
    if order.delivery == OrderDelivery.WAITING:
        if any(line.taken > line.refunded for line in order.lines.all()):
            give_back_of(act, order, None, OrderRefundReason.UNDELIVERED)
        change(act, order, delivery=OrderDelivery.FAILED)
    act.audit(what={"order_id": str(order.pk)}, why=why)


def _locked(act: Act, source: str, source_id: str) -> Order:
    if not act.principal.may(DELIVER):
        raise NotAllowed
    found = Order.objects.filter(source=source, source_id=source_id).values_list("pk", flat=True).first()
    order = lock_order(found) if found is not None else None
    if order is None:
        raise NotFound
    if order.status != OrderStatus.PAID:
        raise OrderNotPaid
    return order
