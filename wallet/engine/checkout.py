"""Orders as pure arithmetic: what of each tender belongs to a part of an order, and what may follow on what.

Source: docs/algorithms/checkout.md.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

CARD_LEAST = 50
"""Less than fifty yen no card company takes (Stripe's minimum for JPY, docs.stripe.com/currencies)."""


class Tenders(NamedTuple):
    """What an order is paid with, in yen; in this order an odd yen is given out."""

    discount: int = 0
    coin: int = 0
    card: int = 0

    @property
    def total(self) -> int:
        """Return all of them together."""
        return self.discount + self.coin + self.card

    def less(self, other: "Tenders") -> "Tenders":
        """Return what is left of each."""
        return Tenders(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


def part_of(tenders: Tenders, amount: int) -> Tenders:
    """Split ``amount`` over what is left of the tenders, in their measure, by the largest remainder (Hamilton).

    Each tender's share is ``amount × tender ÷ total``, rounded down; the yen that are missing go one each to the largest
    fractions, of equal ones to the earlier tender. No share passes its tender, and the whole is the tenders themselves: so
    parts of what is left, taken one after the other, add up to exactly everything. :raises ValueError: for no part.
    """
    total = tenders.total
    if not 0 <= amount <= total:
        raise ValueError("no part")
    if amount == 0:
        return Tenders()
    shares, fractions = zip(*(divmod(amount * tender, total) for tender in tenders), strict=True)
    given, missing = list(shares), amount - sum(shares)
    for place in sorted(range(len(given)), key=lambda place: -fractions[place])[:missing]:
        given[place] += 1
    return Tenders(*given)


def share_of_use(discount: int, of: int, gone: int, returned: int) -> int:
    """Return what one coupon's campaign gets back when ``gone`` of all discounts ``of`` went back so far, ``returned`` of it to it.

    In that measure, rounded down, counted on all that went back: parts never pass the discount, and the last yen brings the rest.
    """
    return discount * gone // of - returned


class LineLeft(msgspec.Struct, frozen=True):
    """One line, and what can still be taken of it or come back."""

    number: int
    left: int


class LineAmount(msgspec.Struct, frozen=True):
    """So many yen of one line."""

    number: int
    amount: int


def of_lines(lines: Iterable[LineLeft], asked: Iterable[LineAmount] | None) -> dict[int, int] | None:
    """Return what of each line is meant: what was asked for, or all that is left.

    None where a line is unknown, named twice or too small.
    """
    left = {line.number: line.left for line in lines}
    if asked is None:
        return {number: amount for number, amount in left.items() if amount}
    wanted: dict[int, int] = {}
    for each in asked:
        if each.number in wanted or not 0 < each.amount <= left.get(each.number, 0):
            return None
        wanted[each.number] = each.amount
    return wanted or None


FOLLOWS: dict[str, frozenset[str]] = {
    "open": frozenset({"held", "paid", "cancelled", "expired"}),
    "held": frozenset({"paid", "cancelled", "expired"}),
    "paid": frozenset(),
    "cancelled": frozenset(),
    "expired": frozenset(),
}
"""What an order may become; the trigger ``only_forward`` refuses the rest."""


def is_over(status: str) -> bool:
    """Tell whether nothing follows any more."""
    return not FOLLOWS[status]
