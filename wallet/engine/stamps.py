"""Stamp cards as pure reckoning: what earns a stamp, and how many cards stamps fill. Source: docs/algorithms/stamps.md."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec

from wallet.engine.coupons import Place
from wallet.engine.coupons.quoting import is_good_at
from wallet.engine.coupons.rules import Count, Places, Yen, check_life
from wallet.engine.rewards import Gift


class StampRule(Places, frozen=True, kw_only=True):
    """One stamp card: where, from how many yen, how many a day, how many make it full, and what a full one earns.

    ``distinct``: each shop counts once on a card. ``per_person``: so many cards; ``stock``: so many rewards for everybody.
    """

    version: Literal[1] = 1
    reward: Gift
    starts_at: datetime
    ends_at: datetime
    size: Annotated[int, msgspec.Meta(ge=2, le=30)]
    minimum: Yen = 1
    per_day: Annotated[int, msgspec.Meta(ge=1, le=30)] = 1
    distinct: bool = False
    per_person: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = 1
    stock: Count | None = None

    def __post_init__(self) -> None:
        """Refuse what could never become full."""
        check_life(self, "a stamp card")
        if self.distinct and 0 < len(self.shops) < self.size and not (self.districts or self.circle):
            raise ValueError("no more different shops than there are")


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


def earns(rule: StampRule, place: Place, paid: int, at: datetime) -> bool:
    """Tell whether a payment is worth a stamp, whatever the person had before."""
    return rule.starts_at <= at < rule.ends_at and paid >= rule.minimum and is_good_at(rule, place)


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
