"""What the wallet's services and selectors return; each is, field by field, the JSON that the API sends.

Amounts are whole yen, instants UTC. The payment function of the database writes :class:`Receipt` itself: a change of a field
here is a change there, and the parity test compares the bytes.
"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec


class ShopName(msgspec.Struct, frozen=True):
    """A shop as a receipt names it."""

    id: UUID
    name: str
    name_en: str


class Receipt(msgspec.Struct, frozen=True):
    """A payment as payer and shop see it; ``version`` rises with every change.

    ``amount`` was paid; with ``discount``, which coupons took off before, it is the price.
    """

    id: UUID
    receipt_number: str
    status: Literal["paid", "partly_refunded", "refunded", "voided"]
    amount: int
    discount: int
    refunded: int
    currency: str
    paid_at: datetime
    shop: ShopName
    version: int


class TopUpReceipt(msgspec.Struct, frozen=True):
    """Coins were issued against ``amount``."""

    id: UUID
    receipt_number: str
    amount: int
    currency: str
    at: datetime


class HoldState(msgspec.Struct, frozen=True):
    """An amount set aside."""

    id: UUID
    amount: int
    status: Literal["held", "captured", "released"]
    expires_at: datetime


class CustomerCode(msgspec.Struct, frozen=True):
    """The customer's own code: the text to draw, until when it works, and the number for a till without a camera."""

    code: str
    expires_at: datetime
    number: str


class Charge(msgspec.Struct, frozen=True):
    """A shop's code for one amount, with the number for a phone without a camera; ``payment_id`` once it is paid."""

    id: UUID
    code: str
    amount: int
    expires_at: datetime
    status: Literal["open", "paid", "cancelled", "expired"]
    number: str
    payment_id: UUID | None


class LiveLot(msgspec.Struct, frozen=True):
    """Coins that may be spent up to and including the day ``expires_on`` in Japan."""

    kind: Literal["paid", "bonus"]
    remaining: int
    expires_on: date


class BalanceNow(msgspec.Struct, frozen=True):
    """What may be spent at one instant and what is set aside; lots in the order they are spent.

    ``frozen``: nothing goes out of a wallet that is frozen, and nothing is bought or sent into one that is frozen for all.
    """

    currency: str
    available: int
    held: int
    version: int
    lots: list[LiveLot]
    frozen: Literal["no", "outgoing", "all"] = "no"


class HistoryEntry(msgspec.Struct, frozen=True):
    """One line of the history; ``order_id`` where it paid an order.

    Of a transfer ``other_name`` is what the other chose to be called, and ``other_mask`` four signs by which the same person is
    known again.
    """

    id: UUID
    kind: Literal[
        "payment",
        "refund",
        "void",
        "top_up",
        "hold",
        "capture",
        "release",
        "expiry",
        "top_up_card",
        "top_up_konbini",
        "top_up_bank",
        "payout",
        "reversal",
        "send",
    ]
    direction: Literal["in", "out"]
    amount: int
    currency: str
    occurred_at: datetime
    shop_name: str | None
    shop_name_en: str | None
    payment_id: UUID | None
    receipt_number: str | None
    transfer_id: UUID | None = None
    other_name: str | None = None
    other_mask: str | None = None
    order_id: UUID | None = None


class AccountOpened(msgspec.Struct, frozen=True):
    """An account that was opened."""

    id: UUID
    currency: str


class ShopOpened(msgspec.Struct, frozen=True):
    """A shop that was registered, with the account of its till."""

    id: UUID
    account_id: UUID
    name: str
    name_en: str


class Folded(msgspec.Struct, frozen=True):
    """How many credits were folded into one merchant's balance, and how much."""

    account_id: UUID
    credits: int
    amount: int


class Expired(msgspec.Struct, frozen=True):
    """What expired of one account."""

    account_id: UUID
    amount: int


class TakenOver(msgspec.Struct, frozen=True):
    """What went from one account to the other."""

    source_id: UUID
    target_id: UUID
    amount: int
    currency: str


class CampaignState(msgspec.Struct, frozen=True):
    """A budget: what the city put in, what was paid from it, and what is left."""

    id: UUID
    account_id: UUID
    name: str
    funded: int
    spent: int
    left: int
    is_open: bool
