"""What the wallet leaves in the outbox: pseudonymous, by ids alone. Documented in ``docs/events.md``."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.use_case import Event


class PaymentSettled(Event, frozen=True, kw_only=True):
    """A payment is booked (paid by code, charged at the till, or captured from a hold)."""

    name = "wallet.payment.settled.v1"
    payment_id: UUID
    account_id: UUID
    shop_id: UUID
    amount: int
    currency: str


class PaymentRefunded(Event, frozen=True, kw_only=True):
    """Part or all of a payment went back; ``is_void`` where it was cancelled on its day."""

    name = "wallet.payment.refunded.v1"
    payment_id: UUID
    refund_id: UUID
    account_id: UUID
    shop_id: UUID
    amount: int
    currency: str
    is_void: bool


class ToppedUp(Event, frozen=True, kw_only=True):
    """Coins were issued."""

    name = "wallet.top_up.made.v1"
    top_up_id: UUID
    account_id: UUID
    shop_id: UUID | None
    amount: int
    bonus: int
    currency: str


class HoldClosed(Event, frozen=True, kw_only=True):
    """A hold ended: ``captured`` is 0 where all of it went back."""

    name = "wallet.hold.closed.v1"
    hold_id: UUID
    account_id: UUID
    shop_id: UUID
    amount: int
    captured: int


class LotsExpired(Event, frozen=True, kw_only=True):
    """Coins passed their last day."""

    name = "wallet.lots.expired.v1"
    account_id: UUID
    amount: int
    currency: str


class AccountClosed(Event, frozen=True, kw_only=True):
    """A resident's account was closed, and the link to its holder cut; ``given_up`` went back to the city."""

    name = "wallet.account.closed.v1"
    account_id: UUID
    given_up: int
    currency: str


class AccountFreezeChanged(Event, frozen=True, kw_only=True):
    """An account was frozen, or a freeze was ended; ``frozen`` is what stands now: ``no``, ``outgoing`` or ``all``."""

    name = "wallet.account.freeze_changed.v1"
    account_id: UUID
    freeze_id: UUID
    frozen: str


class ShopsSettled(Event, frozen=True, kw_only=True):
    """A settlement was approved: so many transfers of so much in all are booked to the bank."""

    name = "wallet.shops.settled.v1"
    batch_id: UUID
    transfers: int
    amount: int


class CoinsSent(Event, frozen=True, kw_only=True):
    """Paid coins went from one resident to another."""

    name = "wallet.transfer.sent.v1"
    transfer_id: UUID
    sender_id: UUID
    recipient_id: UUID
    amount: int
    currency: str


class TopUpReversed(Event, frozen=True, kw_only=True):
    """Coins of a top-up were taken back (``reason``: ``refund``, ``dispute``) or put back (``restored``), a bonus beside them."""

    name = "wallet.top_up.reversed.v1"
    reversal_id: UUID
    account_id: UUID
    reason: str
    taken: int
    lost: int
    bonus: int = 0
    currency: str


class OrderLineSaid(msgspec.Struct, frozen=True):
    """One line of an order, as the app that sells knows it: by its number."""

    number: int
    product: str
    quantity: int
    amount: int


class OrderHeld(Event, frozen=True, kw_only=True):
    """What an order asks for is set aside; the seller captures it or lets it go until ``held_until``."""

    name = "wallet.order.held.v1"
    order_id: UUID
    source: str
    source_id: str
    shop_id: UUID
    account_id: UUID
    total: int
    held_until: datetime


class OrderPaid(Event, frozen=True, kw_only=True):
    """An order is paid: the app that sells delivers, and says ``order_delivered`` or ``order_failed``.

    A line's ``amount`` is what of it was taken.
    """

    name = "wallet.order.paid.v1"
    order_id: UUID
    source: str
    source_id: str
    shop_id: UUID
    account_id: UUID
    total: int
    lines: list[OrderLineSaid]


class OrderEnded(Event, frozen=True, kw_only=True):
    """An order ended without money; ``status`` is ``cancelled`` or ``expired``."""

    name = "wallet.order.ended.v1"
    order_id: UUID
    source: str
    source_id: str
    shop_id: UUID
    status: str


class OrderRefunded(Event, frozen=True, kw_only=True):
    """Lines of a paid order came back; a line's ``amount`` is what of it. ``reason`` is ``shop`` or ``undelivered``."""

    name = "wallet.order.refunded.v1"
    order_id: UUID
    source: str
    source_id: str
    shop_id: UUID
    account_id: UUID
    refund_id: UUID
    amount: int
    reason: str
    lines: list[OrderLineSaid]
