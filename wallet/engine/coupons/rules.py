"""What a coupon says, as data: validated when it is read, never changed once it is out."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

Yen = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
Count = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
Mcc = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}$")]
Tag = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Rounding = Literal["floor", "ceil", "half_up"]
WEEK = frozenset(range(1, 8))
FIRST_YEAR, LAST_YEAR = 2000, 2200


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Data in which nothing may stand that we would not heed."""


class Percent(_Data, frozen=True, kw_only=True, tag="percent", tag_field="kind"):
    """So many hundredths of what the coupon is good for, ``cap`` yen at most."""

    percent: Annotated[int, msgspec.Meta(ge=1, le=100)]
    cap: Yen | None = None
    rounding: Rounding = "floor"


class Fixed(_Data, frozen=True, kw_only=True, tag="amount", tag_field="kind"):
    """So many yen, as far as what it is good for reaches."""

    yen: Yen


class CouponHours(_Data, frozen=True, kw_only=True):
    """Minutes of the day in Japan, half-open; hours over midnight are two of these."""

    begins: Annotated[int, msgspec.Meta(ge=0, le=1439)]
    ends: Annotated[int, msgspec.Meta(ge=1, le=1440)]

    def __post_init__(self) -> None:
        """Refuse what is empty."""
        if self.begins >= self.ends:
            raise ValueError("hours begin before they end")


class Circle(_Data, frozen=True, kw_only=True):
    """All shops within ``radius_m`` of a point, in millionths of a degree (WGS 84)."""

    latitude_e6: Annotated[int, msgspec.Meta(ge=-90_000_000, le=90_000_000)]
    longitude_e6: Annotated[int, msgspec.Meta(ge=-180_000_000, le=180_000_000)]
    radius_m: Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class Places(_Data, frozen=True, kw_only=True):
    """Where something is good: shops, districts and circle widen one another, trades narrow the result; empty does not bind."""

    trades: tuple[Mcc, ...] = ()
    shops: tuple[UUID, ...] = ()
    districts: tuple[str, ...] = ()
    circle: Circle | None = None

    @property
    def is_everywhere(self) -> bool:
        """Tell whether no place binds it."""
        return not (self.shops or self.districts or self.circle)


def check_life(rule: Any, what: str) -> None:
    """Refuse a period that is none, and write its instants in UTC; :raises ValueError:."""
    if rule.starts_at.tzinfo is None or rule.ends_at.tzinfo is None or rule.starts_at >= rule.ends_at:
        raise ValueError(f"{what} begins before it ends, both as instants")
    if not FIRST_YEAR < rule.starts_at.year <= rule.ends_at.year < LAST_YEAR:
        raise ValueError(f"{what} lives between {FIRST_YEAR} and {LAST_YEAR}")
    for name in ("starts_at", "ends_at"):  # a zone so far away that the database knows it not is a zone all the same
        msgspec.structs.force_setattr(rule, name, getattr(rule, name).astimezone(UTC))


class Rule(Places, frozen=True, kw_only=True):
    """One coupon. What is left empty does not bind.

    Shops, districts and circle widen one another (any of them will do), trades narrow the result. ``minimum`` is asked of what the
    coupon is good for: the lines with one of its ``products``, or the whole bill.
    """

    version: Literal[1] = 1
    benefit: Percent | Fixed
    starts_at: datetime
    ends_at: datetime
    funded_by: Literal["campaign", "shop"] = "campaign"
    minimum: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] = 0
    products: tuple[Tag, ...] = ()
    weekdays: tuple[Annotated[int, msgspec.Meta(ge=1, le=7)], ...] = ()
    hours: tuple[CouponHours, ...] = ()
    stock: Count | None = None
    per_person: Count | None = None
    per_day: Count | None = None
    needs_claim: bool = False
    stackable: bool = False
    priority: Annotated[int, msgspec.Meta(ge=-100, le=100)] = 0

    def __post_init__(self) -> None:
        """Refuse what could never apply, or would bind the wrong purse."""
        check_life(self, "a coupon")
        if self.funded_by == "shop" and (len(self.shops) == 0 or self.districts or self.circle):
            raise ValueError("a shop funds coupons of its own shops alone")
        if self.per_person is not None and self.per_day is not None and self.per_day > self.per_person:
            raise ValueError("no more a day than altogether")


class Audience(_Data, frozen=True, kw_only=True):
    """For whom a coupon is; all that is said must hold. Ages are whole years, both included; a district stands in the address."""

    ages_from: Annotated[int, msgspec.Meta(ge=0, le=120)] | None = None
    ages_to: Annotated[int, msgspec.Meta(ge=0, le=120)] | None = None
    districts: tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=60)], ...] = ()
    level: Annotated[int, msgspec.Meta(ge=1, le=3)] | None = None
    with_children: bool = False

    def __post_init__(self) -> None:
        """Refuse what is everybody or nobody."""
        if not (self.by_age or self.districts or self.level or self.with_children):
            raise ValueError("an audience says who it is")
        if self.ages_from is not None and self.ages_to is not None and self.ages_from > self.ages_to:
            raise ValueError("ages begin before they end")

    @property
    def by_age(self) -> bool:
        """Tell whether age decides."""
        return self.ages_from is not None or self.ages_to is not None

    @property
    def classes(self) -> list[str]:
        """The classes of personal data that have to be looked at."""
        looks = {"identity": self.by_age or bool(self.districts), "family": self.with_children}
        return [name for name, is_needed in looks.items() if is_needed]

    def includes(self, *, level: int, age: int | None, address: str, has_children: bool) -> bool:
        """Tell whether somebody belongs to it."""
        if self.by_age and (
            age is None or not (self.ages_from or 0) <= age <= (200 if self.ages_to is None else self.ages_to)
        ):
            return False
        if self.districts and not any(district in address for district in self.districts):
            return False
        return level >= (self.level or 0) and (has_children or not self.with_children)


def discount(benefit: Percent | Fixed, base: int) -> int:
    """Return what comes off ``base`` yen, in whole yen: rounded as the rule says (down, unless it says otherwise), then capped.

    Ten percent of 1 yen is nothing (``ceil``: 1), of 333 yen 33 (``ceil``: 34, ``half_up``: 33); of 335 yen ``half_up`` gives 34.
    Never more than ``base``.
    """
    if isinstance(benefit, Fixed):
        return min(benefit.yen, base)
    hundredths = base * benefit.percent
    if benefit.rounding == "floor":
        off = hundredths // 100
    elif benefit.rounding == "ceil":
        off = -(-hundredths // 100)
    else:
        off = (hundredths + 50) // 100
    return off if benefit.cap is None else min(off, benefit.cap)


def read_rule(data: Any) -> Rule:
    """Return the rule that JSON's data describe; :raises msgspec.ValidationError: where they describe none."""
    return msgspec.convert(data, Rule, strict=False)


def written(rule: Rule) -> Any:
    """Return the rule as JSON's data."""
    return msgspec.to_builtins(rule)
