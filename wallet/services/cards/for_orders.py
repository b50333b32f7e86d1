"""What a card's money means to the order that it is for; order and payment are locked."""

from accounts.notifications import Value
from kernel.use_case import Act
from wallet.models import (
    CardPayment,
    CardPurpose,
    CardStatus,
    Order,
    OrderMode,
    OrderPayment,
    OrderPaymentStatus,
    OrderStatus,
)
from wallet.services.orders.booking import change, end_order, end_payment, fix_whole, lock_order, set_held, take
from wallet.services.orders.giving_back import order_of_card

UNFINISHED = (OrderPaymentStatus.BEGUN, OrderPaymentStatus.HELD, OrderPaymentStatus.CAPTURING)


def receive(act: Act, payment: CardPayment) -> bool:
    """Book the order as paid; tell whether it still waited for this money: else it goes back to the card."""
    order, row = _of(payment)
    if row.status not in UNFINISHED or (order.mode == OrderMode.HOLD and row.status != OrderPaymentStatus.CAPTURING):
        return False
    if row.status != OrderPaymentStatus.CAPTURING:
        fix_whole(order, row)
    take(act, order, row)
    return True


def follow(act: Act, payment: CardPayment) -> None:
    """Follow what became of the card's side without money: what is set aside there is set aside here, and an end is an end."""
    order, row = _of(payment)
    if payment.status == CardStatus.RESERVED and row.status == OrderPaymentStatus.BEGUN:
        set_held(act, order, row)
    elif payment.status == CardStatus.ENDED and row.status == OrderPaymentStatus.BEGUN:
        end_payment(act, order, row)
    elif payment.status == CardStatus.ENDED and row.status in UNFINISHED:
        end_order(act, order, OrderStatus.EXPIRED)  # the card's bank did not wait so long


def refund_ended(act: Act, payment: CardPayment) -> None:
    """Let the order show that money has gone back to the card, or could not."""
    if payment.purpose == CardPurpose.ORDER:
        change(act, _of(payment)[0])


def place_of(payment: CardPayment) -> dict[str, Value]:
    """Return what a message leads to."""
    if payment.purpose == CardPurpose.ORDER:
        return {"order": str(order_of_card(payment.pk))}
    return {"payment": str(payment.pk)}


def _of(payment: CardPayment) -> tuple[Order, OrderPayment]:
    row = OrderPayment.objects.get(card_payment=payment)
    order = lock_order(row.order_id)
    assert order is not None  # noqa: S101 - no order is ever deleted
    return order, row
