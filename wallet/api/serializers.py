"""The bodies that the wallet's doors take; what they answer is in ``wallet.engine.results``."""

from typing import Annotated

import msgspec

from kernel.money import Amount
from wallet.errors import CurrencyUnsupported
from wallet.models import CURRENCY

CodeText = Annotated[
    str, msgspec.Meta(min_length=1, max_length=1024, description="As scanned, or the number as typed.")
]
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


class AmountOnly(OfMoney, frozen=True, kw_only=True):
    """How much."""

    amount: Amount


class FromCustomer(OfMoney, frozen=True, kw_only=True):
    """How much, by the customer's own code."""

    customer_code: CodeText
    amount: Amount


class Nothing(Body, frozen=True, kw_only=True):
    """An empty body, ``{}``."""
