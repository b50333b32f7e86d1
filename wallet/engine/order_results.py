"""What the services and selectors of orders return; each is, field by field, the JSON that the API sends. Amounts are whole yen."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from wallet.engine.coupons.answers import QuoteAnswer
from wallet.engine.results import ShopName

Status = Literal["open", "held", "paid", "cancelled", "expired"]
Method = Literal["coin", "card", "mixed"]


class OrderLineShown(msgspec.Struct, frozen=True):
    """One line: what it asks for, what of it was taken, and what of that came back."""

    number: int
    name: str
    name_en: str
    quantity: int
    unit_price: int
    amount: int
    product: str
    taken: int
    refunded: int


class TendersShown(msgspec.Struct, frozen=True):
    """What makes a price: what coupons take off, coins, card."""

    discount: int
    coin: int
    card: int


class OrderPaying(msgspec.Struct, frozen=True):
    """How an order is, or was, paid. ``url`` is the card company's page while there is something to do on it.

    ``tenders`` were asked for; ``taken`` is what was taken of them, and ``refunded`` what of that came back.
    """

    method: Method
    status: Literal["begun", "held", "capturing", "ended", "paid"]
    tenders: TendersShown
    taken: TendersShown
    refunded: TendersShown
    url: str | None
    refused: str


class OrderRefundShown(msgspec.Struct, frozen=True):
    """Something of an order came back. ``card_state``: whether the card's part has gone; ``none`` where there is none."""

    receipt_number: str
    amount: int
    parts: TendersShown
    reason: Literal["shop", "undelivered"]
    card_state: Literal["none", "asked", "done", "failed"]
    at: datetime


class OrderShown(msgspec.Struct, frozen=True):
    """An order as its seller and its payer see it; ``version`` rises with every change.

    ``link`` is what the payer opens, for the seller alone and while it can be paid; ``paying`` is the newest way of paying.
    """

    id: UUID
    receipt_number: str
    shop: ShopName
    source: str
    status: Status
    delivery: Literal["none", "waiting", "delivered", "failed"]
    mode: Literal["pay", "hold"]
    methods: list[Method]
    total: int
    currency: str
    lines: list[OrderLineShown]
    paying: OrderPaying | None
    refunds: list[OrderRefundShown]
    placed_at: datetime
    expires_at: datetime
    held_until: datetime | None
    ended_at: datetime | None
    link: str | None
    version: int


class OrderToPay(msgspec.Struct, frozen=True):
    """An order before somebody who may pay it: what it costs with coupons, and what they have.

    ``methods`` are those that are left in this city; ``card_least`` is what a card must pay at least.
    """

    order: OrderShown
    quote: QuoteAnswer | None
    methods: list[Method]
    available: int
    card_least: int


class OrderInList(msgspec.Struct, frozen=True):
    """An order in a list."""

    id: UUID
    receipt_number: str
    shop: ShopName
    status: Status
    total: int
    taken: int
    refunded: int
    currency: str
    placed_at: datetime
