"""The bodies that the wallet's doors take; what they answer is in ``wallet.engine.results``."""

from typing import Annotated
from uuid import UUID

import msgspec

from kernel.money import Amount
from wallet.engine.coupons import MOST_TOGETHER, Line, answers
from wallet.errors import CurrencyUnsupported
from wallet.models import CURRENCY


class AskedCoupon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One coupon as the quote named it: exactly so much comes off."""

    coupon: UUID
    discount: Amount


class GoodsLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So much of the bill is for goods with this tag."""

    product: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    amount: Amount


CodeText = Annotated[
    str, msgspec.Meta(min_length=1, max_length=1024, description="As scanned, or the number as typed.")
]
Coupons = Annotated[
    tuple[AskedCoupon, ...], msgspec.Meta(max_length=MOST_TOGETHER, description="As the quote named them.")
]
Lines = Annotated[tuple[GoodsLine, ...], msgspec.Meta(max_length=50)]
Currency = Annotated[str, msgspec.Meta(max_length=8, description="ISO 4217; a coin is worth one yen.")]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body in which nothing may stand that we would not heed."""


class OfMoney(Body, frozen=True, kw_only=True):
    """A body that moves money; whoever names a currency must name ours."""

    currency: Currency = CURRENCY

    def __post_init__(self) -> None:
        """Refuse another currency."""
        if self.currency != CURRENCY:
            raise CurrencyUnsupported


class CodeToRead(Body, frozen=True, kw_only=True):
    """A merchant's code."""

    payload: CodeText


class PaymentByCode(OfMoney, frozen=True, kw_only=True):
    """A payment by a merchant's code; the amount is the payer's where the code leaves it open."""

    code: CodeText
    amount: Amount | None = None
    coupons: Coupons = ()


class AmountOnly(OfMoney, frozen=True, kw_only=True):
    """How much."""

    amount: Amount


class FromCustomer(OfMoney, frozen=True, kw_only=True):
    """How much, by the customer's own code."""

    customer_code: CodeText
    amount: Amount


class ChargeOfCustomer(FromCustomer, frozen=True, kw_only=True):
    """A payment by the customer's code, with the coupons as quoted and the goods as far as the till names them."""

    coupons: Coupons = ()
    lines: Lines = ()


class QuoteToPay(OfMoney, frozen=True, kw_only=True):
    """A merchant's code, and the price where the payer names it."""

    code: CodeText
    amount: Amount | None = None


class QuoteAtTill(FromCustomer, frozen=True, kw_only=True):
    """A price at a till, by the customer's code."""

    lines: Lines = ()


class Nothing(Body, frozen=True, kw_only=True):
    """An empty body, ``{}``."""


def asked(coupons: tuple[AskedCoupon, ...]) -> list[answers.AskedCoupon]:
    """Return the coupons as services take them."""
    return [answers.AskedCoupon(each.coupon, each.discount) for each in coupons]


def lines(goods: tuple[GoodsLine, ...]) -> list[Line]:
    """Return the goods as services take them."""
    return [Line(each.product, each.amount) for each in goods]
