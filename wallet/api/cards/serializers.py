"""The bodies of the card doors."""

from typing import Literal

from kernel.money import Amount
from wallet.api.serializers import OfMoney


class TopUpWanted(OfMoney, frozen=True, kw_only=True):
    """How much, and how it will be paid."""

    amount: Amount
    method: Literal["card", "konbini"]
