"""The first locks of whatever is booked of a card payment: its order, where it is of one, and then the payment itself."""

from uuid import UUID

from wallet.models import CardPayment
from wallet.services.orders.booking import lock_order
from wallet.services.orders.giving_back import order_of_card


def lock_payment(payment_id: UUID) -> CardPayment:
    """Lock a payment and what it is for; what it issued is read beside it."""
    order_id = order_of_card(payment_id)
    if order_id is not None:
        lock_order(order_id)
    return CardPayment.objects.select_for_update(of=("self",)).select_related("top_up").get(pk=payment_id)
