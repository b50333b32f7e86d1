"""A quote: which coupons a bill gets at one shop at one instant, what each takes off, and why the others do not apply."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from uuid import UUID

import msgspec

from wallet.engine.coupons.choosing import Offer, choose
from wallet.engine.coupons.rules import WEEK, Circle, Places, Rule, discount

JST = timezone(timedelta(hours=9))
METRES_A_DEGREE = 111_195  # of a great circle, at the mean radius (IUGG)
MICRO = 1_000_000


class Why(StrEnum):
    """Why a coupon does not apply, as a code."""

    PAUSED = "paused"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    OTHER_TRADE = "other_trade"
    ELSEWHERE = "elsewhere"
    OTHER_DAY = "other_day"
    OTHER_HOUR = "other_hour"
    NO_PRODUCT = "no_product"
    BELOW_MINIMUM = "below_minimum"
    ROUNDS_TO_NOTHING = "rounds_to_nothing"
    NOT_CLAIMED = "not_claimed"
    USED = "used"
    USED_TODAY = "used_today"
    SOLD_OUT = "sold_out"
    BUDGET_SPENT = "budget_spent"
    ANOTHER_IS_BETTER = "another_is_better"


class Line(msgspec.Struct, frozen=True):
    """So many yen of the bill are for goods with this tag."""

    product: str
    amount: int


class Basket(msgspec.Struct, frozen=True):
    """A bill: its sum, and as much of it as the till has named goods for."""

    price: int
    lines: tuple[Line, ...] = ()

    def of(self, products: tuple[str, ...]) -> int:
        """Return what of the bill is for one of these products."""
        return min(self.price, sum(line.amount for line in self.lines if line.product in products))


class Place(msgspec.Struct, frozen=True):
    """A shop as rules see it; without coordinates (millionths of a degree, WGS 84) no circle contains it."""

    shop: UUID
    trade: str
    district: str = ""
    latitude_e6: int | None = None
    longitude_e6: int | None = None


class Coupon(msgspec.Struct, frozen=True):
    """A coupon that is out; ``purse`` is the campaign's account that pays for it."""

    id: UUID
    rule: Rule
    purse: UUID | None = None


class Standing(msgspec.Struct, frozen=True):
    """How things stand between a person and a coupon; ``left`` and ``budget`` are None where nothing binds."""

    used: int = 0
    used_today: int = 0
    is_claimed: bool = False
    left: int | None = None
    budget: int | None = None
    is_paused: bool = False


class Part(msgspec.Struct, frozen=True):
    """What one coupon takes off."""

    coupon: UUID
    discount: int


class Quote(msgspec.Struct, frozen=True):
    """What is to be paid: ``price`` less the discounts, never less than one yen."""

    price: int
    parts: list[Part]
    refused: dict[UUID, Why]

    @property
    def discount(self) -> int:
        """All that comes off."""
        return sum(part.discount for part in self.parts)

    @property
    def pays(self) -> int:
        """What the payer pays."""
        return self.price - self.discount


NOTHING_KNOWN = Standing()


def quote(
    coupons: Iterable[Coupon], basket: Basket, place: Place, at: datetime, standings: Mapping[UUID, Standing]
) -> Quote:
    """Return the best combination of these coupons for a bill at a shop, and for each other coupon why it stays out."""
    offers, refused = [], {}
    local = at.astimezone(JST)
    minute, weekday = local.hour * 60 + local.minute, local.isoweekday()
    for coupon in coupons:
        rule, standing = coupon.rule, standings.get(coupon.id, NOTHING_KNOWN)
        why = why_not_here(rule, place, at) or _why_not_now(rule, minute, weekday) or why_not_theirs(rule, standing)
        base = basket.of(rule.products) if rule.products else basket.price
        off = 0 if why else discount(rule.benefit, base)
        why = why or _why_not_this_bill(rule, base, off, standing)
        if why:
            refused[coupon.id] = why
            continue
        offers.append(
            Offer(
                -off, -rule.priority, rule.ends_at, coupon.id, rule.stackable, bool(rule.products),
                coupon.purse, standing.budget,
            )
        )  # fmt: skip
    chosen = choose(offers, basket.price)
    parts = [Part(offer.id, off) for offer, off in chosen]
    taken = {part.coupon for part in parts}
    lost = Why.ANOTHER_IS_BETTER if parts else Why.ROUNDS_TO_NOTHING
    refused |= {offer.id: lost for offer in offers if offer.id not in taken}
    return Quote(basket.price, parts, refused)


def why_not_here(rule: Rule, place: Place, at: datetime) -> Why | None:
    """Say why a coupon is not to be had at a shop at all at that instant, whatever the bill."""
    if at < rule.starts_at:
        return Why.NOT_BEGUN
    if at >= rule.ends_at:
        return Why.ENDED
    if rule.trades and place.trade not in rule.trades:
        return Why.OTHER_TRADE
    return None if is_near(rule, place) else Why.ELSEWHERE


def is_good_at(rule: Places, place: Place) -> bool:
    """Tell whether a coupon is good at a shop, whenever."""
    return (not rule.trades or place.trade in rule.trades) and is_near(rule, place)


def is_near(rule: Places, place: Place) -> bool:
    """Tell whether a shop is one of a coupon's places."""
    return (
        rule.is_everywhere
        or place.shop in rule.shops
        or place.district in rule.districts
        or (rule.circle is not None and is_within(rule.circle, place))
    )


def _why_not_now(rule: Rule, minute: int, weekday: int) -> Why | None:
    if weekday not in (rule.weekdays or WEEK):
        return Why.OTHER_DAY
    if rule.hours and not any(hours.begins <= minute < hours.ends for hours in rule.hours):
        return Why.OTHER_HOUR
    return None


def why_not_theirs(rule: Rule, standing: Standing) -> Why | None:
    """Say why a person cannot use a coupon, wherever and whenever."""
    if standing.is_paused:
        return Why.PAUSED
    if rule.needs_claim and not standing.is_claimed:
        return Why.NOT_CLAIMED
    if rule.per_person is not None and standing.used >= rule.per_person:
        return Why.USED
    if rule.per_day is not None and standing.used_today >= rule.per_day:
        return Why.USED_TODAY
    if standing.left is not None and standing.left < 1:
        return Why.SOLD_OUT
    return None


def _why_not_this_bill(rule: Rule, base: int, off: int, standing: Standing) -> Why | None:
    if rule.products and base == 0:
        return Why.NO_PRODUCT
    if base < rule.minimum:
        return Why.BELOW_MINIMUM
    if off == 0:
        return Why.ROUNDS_TO_NOTHING
    if standing.budget is not None and standing.budget < off:
        return Why.BUDGET_SPENT
    return None


def is_within(circle: Circle, place: Place) -> bool:
    """Tell whether a shop lies in a circle, its edge included."""
    if place.latitude_e6 is None or place.longitude_e6 is None:
        return False
    there = (place.latitude_e6, place.longitude_e6)
    return distance_m((circle.latitude_e6, circle.longitude_e6), there) <= circle.radius_m


def distance_m(here: tuple[int, int], there: tuple[int, int]) -> int:
    """Return the way over ground in whole metres between two points in millionths of a degree.

    A town is flat enough: meridians are taken as parallel at the latitude's whole degree (within a hundredth in Japan).
    """
    north = (here[0] - there[0]) * METRES_A_DEGREE // MICRO
    east = round((here[1] - there[1]) * math.cos(math.radians(here[0] // MICRO))) * METRES_A_DEGREE // MICRO
    return math.isqrt(north * north + east * east)
