"""Giving lines of a paid order back, by who runs the shop's till or by the app that sold them."""

from collections.abc import Sequence
from uuid import UUID

from kernel.clock import jst_date
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.checkout import LineAmount, LineLeft, of_lines
from wallet.engine.order_results import OrderShown
from wallet.errors import OrderLinesUnsound, OrderNotPaid
from wallet.models import Order, OrderPayment, OrderRefundReason, OrderStatus
from wallet.selectors.orders import order_for_seller, whole_orders
from wallet.selectors.shops import check_till
from wallet.services.cards.sending_back import finish_card_refunds
from wallet.services.checkout.following import Followed
from wallet.services.orders.booking import lock_order
from wallet.services.orders.giving_back import Back, give_lines_back


@use_case("wallet.refund_order", key=Key.REQUIRED, status=201)
def decide_refund(act: Act, *, order_id: UUID, lines: Sequence[LineAmount] | None = None) -> OrderShown:
    """Book what goes back. Locks: the key, the order, and as :func:`wallet.services.orders.giving_back.give_lines_back`.

    :raises NotFound: :raises NotAllowed: for who may not refund there, or not after the day; :raises OrderNotPaid:
    :raises OrderLinesUnsound: for more than is left of a line; :raises OrderCardLocked: :raises ShopShort:.
    """
    order = lock_order(order_id)
    if order is None:
        raise NotFound
    is_today = order.ended_at is not None and jst_date(order.ended_at) == jst_date(act.at)
    check_till(act.principal, order.shop, "wallet.refund" if is_today else "wallet.refund_later")
    made = give_back_of(act, order, lines, OrderRefundReason.SHOP)
    act.audit(what={"order_id": str(order_id), "refund_id": str(made), "lines": len(lines or ())})
    return order_for_seller(whole_orders().get(pk=order_id))


def give_back_of(act: Act, order: Order, lines: Sequence[LineAmount] | None, reason: OrderRefundReason) -> UUID:
    """Give lines of a locked order back, or all that is left; return the refund's id. Refusals as above."""
    if order.status != OrderStatus.PAID:
        raise OrderNotPaid
    left = (LineLeft(line.number, line.taken - line.refunded) for line in order.lines.order_by("number"))
    wanted = of_lines(left, lines)
    if not wanted:
        raise OrderLinesUnsound
    return give_lines_back(act, order, Back(wanted, reason)).pk


def send_to_card(act: Act, order_id: UUID) -> OrderShown | None:
    """Ask the card company for what is to go back of an order, where a card has a part; return the order as it stands then."""
    row = OrderPayment.objects.filter(order_id=order_id, card_refunded__gt=0).first()
    if row is None or row.card_payment_id is None:
        return None
    finish_card_refunds(at=act.at, payment_id=row.card_payment_id)
    return order_for_seller(whole_orders().get(pk=order_id))


refund_order_lines = Followed(
    decide_refund,
    send_to_card,
    """Give so much of these lines back, or all that is left; each tender gets its part, the card by the card company.

    Refusals are those of :func:`decide_refund`. Where the company is away, the sweep asks again.
    """,
)
