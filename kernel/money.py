"""Money in whole units of its currency; a yen has no parts, and no float comes near."""

from typing import Annotated

import msgspec

from kernel.problems import DomainError, _

MOST = 2**53 - 1  # the largest whole number that every JSON reader keeps exact

Amount = Annotated[int, msgspec.Meta(ge=1, le=MOST, description="Whole yen, 1 to 2^53-1.")]


class CurrencyMismatch(DomainError):
    """Two amounts of different currencies were put together."""

    code = "currency_mismatch"
    status = 422
    title = _("通貨が違います。")


class Money(msgspec.Struct, frozen=True):
    """An amount (whole units, may be negative in sums) of one currency; two currencies neither add up nor compare.

    :raises ValueError: for anything but an int (a bool is not one) within ±(2^53-1).
    """

    amount: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no whole number of this size."""
        if type(self.amount) is not int or abs(self.amount) > MOST:
            raise ValueError(f"not an amount of money: {self.amount!r}")

    def __add__(self, other: "Money") -> "Money":
        """Add within one currency; :raises CurrencyMismatch: otherwise."""
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract within one currency; :raises CurrencyMismatch: otherwise."""
        return Money(self.amount - self._same(other), self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Compare within one currency; :raises CurrencyMismatch: otherwise."""
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        """Compare within one currency; :raises CurrencyMismatch: otherwise."""
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        """Compare within one currency; :raises CurrencyMismatch: otherwise."""
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        """Compare within one currency; :raises CurrencyMismatch: otherwise."""
        return self.amount >= self._same(other)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch
        return other.amount
