"""The bodies of the order doors; what is answered is in ``wallet.engine.order_results``."""

from typing import Annotated, Literal

import msgspec

from kernel.money import Amount
from wallet.api.serializers import Body, Coupons, OfMoney
from wallet.engine.order_results import Method

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="As the receipt will say it.")]
Number = Annotated[int, msgspec.Meta(ge=1, le=50, description="The line's number.")]


class BillLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a bill; without ``name_en`` its name serves everybody.

    ``product`` is the tag by which coupons and stamp cards know such goods.
    """

    name: Name
    name_en: Annotated[str, msgspec.Meta(max_length=60)] = ""
    unit_price: Amount
    quantity: Annotated[int, msgspec.Meta(ge=1, le=999)] = 1
    product: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Bill(OfMoney, frozen=True, kw_only=True):
    """A bill; with the mode ``hold`` money is set aside for so many days, to be captured."""

    lines: Annotated[tuple[BillLine, ...], msgspec.Meta(min_length=1, max_length=50)]
    methods: Annotated[tuple[Method, ...], msgspec.Meta(min_length=1, max_length=3)] = ("coin", "card", "mixed")
    mode: Literal["pay", "hold"] = "pay"
    hold_days: Annotated[int, msgspec.Meta(ge=1, le=5)] = 1


class LinePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many yen of one line."""

    number: Number
    amount: Amount


class LineParts(OfMoney, frozen=True, kw_only=True):
    """Parts of lines; without them all that is left of every line is meant."""

    lines: Annotated[tuple[LinePart, ...], msgspec.Meta(max_length=50)] | None = None


Token = Annotated[str, msgspec.Meta(max_length=64, description="What stands behind the hash sign of a bill's link.")]


class OrderToOpen(Body, frozen=True, kw_only=True):
    """An order that somebody may pay."""

    token: Token = ""


class PaymentOfOrder(OfMoney, frozen=True, kw_only=True):
    """How it is paid; ``coin`` is the coins' part where both pay, ``coupons`` are as the order quoted them."""

    token: Token = ""
    method: Method
    coin: Annotated[int, msgspec.Meta(ge=0)] = 0
    coupons: Coupons = ()
