"""Amounts as whole numbers of the currency's smallest unit, and shares of them. No float comes near."""

import re
from typing import Annotated

import msgspec

_NUMBER = re.compile(r"(-?)(\d{1,12})(?:\.(\d{0,6}))?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_WITHOUT_PARTS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]
)
_THOUSANDTHS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


def decimals_of(currency: str) -> int:
    """Return how many decimal places a currency has (ISO 4217)."""
    return 0 if currency in _WITHOUT_PARTS else 3 if currency in _THOUSANDTHS else 2


def amount_of(text: str, currency: str) -> int | None:
    """Return an amount in the smallest unit, ``4.7`` BRL as 470; None for no amount, or for one finer than its currency."""
    found = _NUMBER.fullmatch(text)
    if found is None or not _CURRENCY.fullmatch(currency):
        return None
    decimals = decimals_of(currency)
    part = (found[3] or "").rstrip("0")
    if len(part) > decimals:
        return None
    amount = int(found[2] + part.ljust(decimals, "0"))
    return -amount if found[1] else amount


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a fare in percent, brought to a multiple of ``step``: upwards as buses in Japan do it, or downwards as railways."""

    percent: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50
    step: Annotated[int, msgspec.Meta(gt=0)] = 10
    is_rounded_up: bool = True

    def of(self, amount: int) -> int:
        """Return the part of an amount."""
        whole = 100 * self.step
        steps = -(-amount * self.percent // whole) if self.is_rounded_up else amount * self.percent // whole
        return steps * self.step
