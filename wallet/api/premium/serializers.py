"""The bodies that these doors take."""

from typing import Annotated
from uuid import UUID

import msgspec

from kernel.money import Amount
from wallet.api.serializers import Body, CodeText, OfMoney

Units = Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="How many units.")]


class Wish(Body, frozen=True, kw_only=True):
    """How many units one wishes."""

    units: Units


class ByCard(OfMoney, frozen=True, kw_only=True):
    """So many units, and what they cost, as the phone shows it."""

    units: Units
    amount: Amount


class Sale(OfMoney, frozen=True, kw_only=True):
    """So many units to the customer whose code this is; ``amount`` is the cash that is taken for them, as the till shows it."""

    premium_id: UUID
    customer_code: CodeText
    units: Units
    amount: Amount
