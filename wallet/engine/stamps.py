"""Stamp cards as pure reckoning: what earns a stamp, and how many cards stamps fill. Source: docs/algorithms/stamps.md."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec

from wallet.engine.coupons import Basket, Line, Place
from wallet.engine.coupons.quoting import is_good_at
from wallet.engine.coupons.rules import Count, Places, Tag, Yen, check_life
from wallet.engine.rewards import Gift


class StampRule(Places, frozen=True, kw_only=True):
    """One stamp card: where, from how many yen, how many a day, how many make it full, and what a full one earns.

    ``distinct``: each shop counts once on a card. ``per_person``: so many cards; ``stock``: so many rewards for everybody.
    ``products``: only what an order's lines say of goods with one of these tags counts, also for ``minimum``.
    """

    version: Literal[1] = 1
    reward: Gift
    starts_at: datetime
    ends_at: datetime
    size: Annotated[int, msgspec.Meta(ge=2, le=30)]
    minimum: Yen = 1
    products: tuple[Tag, ...] = ()
    per_day: Annotated[int, msgspec.Meta(ge=1, le=30)] = 1
    distinct: bool = False
    per_person: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = 1
    stock: Count | None = None

    def __post_init__(self) -> None:
        """Refuse what could never become full."""
        check_life(self, "a stamp card")
        if self.distinct and 0 < len(self.shops) < self.size and not (self.districts or self.circle):
            raise ValueError("no more different shops than there are")


class Bought(NamedTuple):
    """What was paid; where it was for an order, also what was taken for goods that have a tag, and what of that did not go back."""

    paid: int
    taken: tuple[Line, ...] = ()
    left: tuple[Line, ...] = ()


class Stamp(NamedTuple):
    """One payment that a card may count; a tuple, so that stamps sort by time."""

    at: datetime
    id: UUID
    shop: UUID
    day: date


class Filled(NamedTuple):
    """So many full cards, what stands on the one under way, and what counted on no card."""

    full: int
    under_way: list[Stamp]
    beside: list[Stamp]


def read_stamp_rule(data: Any) -> StampRule:
    """Return the rule that JSON's data describe; :raises msgspec.ValidationError: where they describe none."""
    return msgspec.convert(data, StampRule, strict=False)


def earns(rule: StampRule, place: Place, bought: Bought, at: datetime) -> bool:
    """Tell whether a payment is worth a stamp, whatever the person had before."""
    is_enough = counted(rule, bought) >= rule.minimum and not is_gone(rule, bought)
    return rule.starts_at <= at < rule.ends_at and is_enough and is_good_at(rule, place)


def counted(rule: StampRule, bought: Bought) -> int:
    """Return what of a payment a card counts: all that was paid, or what its goods cost, as far as that was paid."""
    return Basket(bought.paid, bought.taken).of(rule.products) if rule.products else bought.paid


def is_gone(rule: StampRule, bought: Bought) -> bool:
    """Tell whether a card counts goods of a payment, and all of them went back."""
    is_for_goods = bool(rule.products) and counted(rule, bought) > 0
    return is_for_goods and Basket(bought.paid, bought.left).of(rule.products) == 0


def fill(rule: StampRule, stamps: Iterable[Stamp]) -> Filled:
    """Lay stamps on cards in the order of time: each on the first card that is not full, if day and shop allow it.

    It looks at nothing but the stamps that stand, so that one taken back lets a later one slide into its place. ``n log n``.
    """
    full, card, beside = 0, list[Stamp](), list[Stamp]()
    on_day = Counter[date]()
    for stamp in sorted(stamps):
        is_over = rule.per_person is not None and full == rule.per_person
        is_again = rule.distinct and any(stamp.shop == other.shop for other in card)
        if is_over or is_again or on_day[stamp.day] >= rule.per_day:
            beside.append(stamp)
            continue
        on_day[stamp.day] += 1
        card.append(stamp)
        if len(card) == rule.size:
            full, card = full + 1, []
    return Filled(full, card, beside)
