"""Checkout: the one front door by which an app or a till asks for money. Nobody else talks to a card company.

An app places an order with lines, says who pays and how, and hears by the outbox what becomes of it (``wallet.order.…`` in
``docs/events.md``); it answers an ``OrderPaid`` with :func:`order_delivered` or :func:`order_failed`.
"""

from wallet.services.checkout.capturing import cancel_order, capture_order, expire_orders
from wallet.services.checkout.delivering import order_delivered, order_failed
from wallet.services.checkout.helping import give_undelivered_back, let_go_of_held, note_delivery
from wallet.services.checkout.paying import give_up_order_payment, look_for_order, pay_order
from wallet.services.checkout.placing import NewLine, NewOrder, place_bill, place_order
from wallet.services.checkout.refunding import refund_order_lines

__all__ = [
    "NewLine",
    "NewOrder",
    "cancel_order",
    "capture_order",
    "expire_orders",
    "give_undelivered_back",
    "give_up_order_payment",
    "let_go_of_held",
    "look_for_order",
    "note_delivery",
    "order_delivered",
    "order_failed",
    "pay_order",
    "place_bill",
    "place_order",
    "refund_order_lines",
]
