"""Choosing coupons among 200 live rules for bills at many shops; each answer is held against trying all of them.

The yardstick is the same choice without drawers: every rule looked at for every bill.
"""

import random
import time
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from bench.report import figure, table, write
from wallet.engine.coupons import (
    MOST_TOGETHER,
    Basket,
    Circle,
    Coupon,
    CouponHours,
    Fixed,
    Index,
    Percent,
    Place,
    Rule,
    Standing,
    discount,
    quote,
)
from wallet.engine.coupons.quoting import JST, is_good_at

RULES, SHOPS, BILLS, GOAL_US = 200, 300, 4_000, 300
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TRADES = tuple(f"{5400 + number}" for number in range(12))
DISTRICTS = tuple(f"地区{number}" for number in range(20))


def main() -> list[dict[str, Any]]:
    """Measure, check every answer, print and keep the figure."""
    dice = random.Random(20261121)
    places = [_place(number, dice) for number in range(1, SHOPS + 1)]
    coupons = [_coupon(number, dice) for number in range(RULES)]
    filed = Index(coupons)
    standings = {coupon.id: _standing(dice) for coupon in coupons}
    bills = [(Basket(dice.choice((1, 333, 1000, 4980, 12_000))), dice.choice(places)) for _ in range(BILLS)]
    chosen, spent = [], []
    for basket, place in bills:
        begins = time.perf_counter_ns()
        found = quote(filed.candidates(place, AT), basket, place, AT, standings)
        spent.append((time.perf_counter_ns() - begins) / 1000)
        chosen.append(found)
    plain = []
    for basket, place in bills[: BILLS // 10]:
        begins = time.perf_counter_ns()
        quote(coupons, basket, place, AT, standings)
        plain.append((time.perf_counter_ns() - begins) / 1000)
    for (basket, place), found in zip(bills, chosen, strict=True):
        _check(found, coupons, basket, place, standings)
    spent.sort()
    plain.sort()
    p50, p99 = spent[len(spent) // 2], spent[len(spent) * 99 // 100]
    rows = figure(
        "coupons.choice.p50_us", p50, "us", yardstick=plain[len(plain) // 2], n=len(spent), p50=p50 / 1000, p99=p99 / 1000,
        goal_us=GOAL_US, measured_against=f"looking at all {RULES} rules",
        with_a_coupon=sum(bool(found.parts) for found in chosen),
    )  # fmt: skip
    if p50 >= GOAL_US:
        raise RuntimeError(f"choosing took {p50:.0f} µs, the goal is {GOAL_US}")
    write("coupons", [rows])
    print(table([rows]))
    return [rows]


def _place(number: int, dice: random.Random) -> Place:
    north, east = 32_200_000 + dice.randrange(20_000), 130_700_000 + dice.randrange(20_000)
    return Place(UUID(int=number), dice.choice(TRADES), dice.choice(DISTRICTS), north, east)


def _coupon(number: int, dice: random.Random) -> Coupon:
    where: dict[str, Any] = dice.choice((
        {"shops": tuple(UUID(int=dice.randrange(1, SHOPS + 1)) for _ in range(dice.randrange(1, 6)))},
        {"districts": tuple(dice.sample(DISTRICTS, 2))},
        {"trades": (dice.choice(TRADES),)},
        {"circle": Circle(latitude_e6=32_210_000, longitude_e6=130_710_000, radius_m=dice.choice((300, 900)))},
        {"districts": (dice.choice(DISTRICTS),), "trades": (dice.choice(TRADES),)},
    ))  # fmt: skip
    rule = Rule(
        benefit=Percent(percent=dice.randrange(5, 40), cap=dice.choice((None, 300, 1000)))
        if dice.random() < 0.6 else Fixed(yen=dice.randrange(10, 600)),
        starts_at=AT - timedelta(days=dice.randrange(1, 60)), ends_at=AT + timedelta(days=dice.randrange(1, 60)),
        minimum=dice.choice((0, 0, 500, 3000)), stackable=dice.random() < 0.5, priority=dice.choice((0, 0, 5)),
        hours=dice.choice(((), (), (CouponHours(begins=600, ends=900),), (CouponHours(begins=0, ends=600),))),
        needs_claim=dice.random() < 0.3, **where,
    )  # fmt: skip
    return Coupon(UUID(int=number + 1), rule)


def _standing(dice: random.Random) -> Standing:
    return Standing(
        is_claimed=dice.random() < 0.5, left=dice.choice((None, None, 0, 5)), is_paused=dice.random() < 0.05
    )


def _check(found: Any, coupons: list[Coupon], basket: Basket, place: Place, standings: dict[UUID, Standing]) -> None:
    """Hold an answer against trying all: as much comes off, by as few coupons, and each of them may be used."""
    minute = AT.astimezone(JST).hour * 60 + AT.astimezone(JST).minute
    applies = {}
    for coupon in coupons:
        rule, standing = coupon.rule, standings[coupon.id]
        off = discount(rule.benefit, basket.price)
        if (
            is_good_at(rule, place) and rule.starts_at <= AT < rule.ends_at and off and basket.price >= rule.minimum
            and not standing.is_paused and standing.left != 0 and (standing.is_claimed or not rule.needs_claim)
            and (not rule.hours or any(hours.begins <= minute < hours.ends for hours in rule.hours))
        ):  # fmt: skip
            applies[coupon.id] = (off, rule.stackable)
    room, best = basket.price - 1, (0, 0)
    for size in range(1, MOST_TOGETHER + 1):
        for some in combinations(applies.values(), size):
            if size == 1 or all(stackable for _off, stackable in some):
                best = max(best, (min(room, sum(off for off, _stackable in some)), -size))
    if (found.discount, -len(found.parts)) != best and best[0]:
        raise RuntimeError(f"{found} is not the best, {best} is")
    if any(part.coupon not in applies for part in found.parts):
        raise RuntimeError(f"{found} uses what does not apply")


if __name__ == "__main__":
    main()
