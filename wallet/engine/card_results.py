"""What the services and selectors of card payments return; each is, field by field, the JSON that the API sends."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec


class PremiumBought(msgspec.Struct, frozen=True):
    """What a payment by card buys with a bonus: so many units of a campaign, and what they give until ``bonus_last_day``."""

    id: UUID
    name: str
    name_en: str
    units: int
    bonus: int
    bonus_last_day: date


class CardTopUp(msgspec.Struct, frozen=True):
    """A top-up by card or at a convenience store; ``url`` is the card company's page while there is something to do on it.

    ``pay_by`` is until when: the page's end, then the last instant at the store. ``refused`` is the card company's word.
    ``premium`` where coins with a bonus are bought.
    """

    id: UUID
    method: Literal["card", "konbini"]
    status: Literal["started", "open", "waiting", "ended", "paid", "returned"]
    amount: int
    currency: str
    url: str | None
    pay_by: datetime
    refused: str
    refunded: int
    receipt_number: str | None
    started_at: datetime
    version: int
    premium: PremiumBought | None = None


class TopUpWays(msgspec.Struct, frozen=True):
    """How one may top up here, and how much at once by card or at a convenience store; ``transfer``: by bank transfer too."""

    methods: list[Literal["card", "konbini"]]
    least: int
    most: int
    transfer: bool = False


class CardSent(msgspec.Struct, frozen=True):
    """Money that goes back to a card."""

    id: UUID
    amount: int
    status: Literal["asked", "done", "failed"]


class CardRunResult(msgspec.Struct, frozen=True):
    """What a comparison with the card company's books found."""

    id: UUID
    seen: int
    mended: int
    alerts: int
