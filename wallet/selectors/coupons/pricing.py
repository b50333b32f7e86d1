"""Quotes: what a bill costs a person at a shop at an instant, and whether what was quoted still holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from wallet.engine.coupons import Basket, Coupon, Place, Quote, Standing, quote
from wallet.engine.coupons.answers import AskedCoupon, QuoteAnswer, QuotedCoupon, RefusedCoupon
from wallet.errors import QuoteChanged
from wallet.models import Shop
from wallet.selectors.coupons.live import live_coupons, place_of, rules_of
from wallet.selectors.coupons.standing import claims_used_first, standings_of
from wallet.selectors.receipts import shop_name

AS_QUOTED = Standing(is_claimed=True)
"""How things stand where nothing has changed since the quote."""


class UseOf(NamedTuple):
    """One coupon as a payment will use it: with which claim, where it has to be held."""

    coupon: UUID
    claim: UUID | None
    discount: int


def quote_at(shop: Shop, account_id: UUID | None, basket: Basket, *, at: datetime) -> Quote:
    """Return the best that a bill gets at a shop, by what is out and what the account holds."""
    coupons = live_coupons(at).filed.candidates(place_of(shop), at)
    standings = standings_of(account_id, (coupon.id for coupon in coupons), at=at)
    return quote(coupons, basket, place_of(shop), at, standings)


def exactly(
    place: Place, account_id: UUID, basket: Basket, asked: Sequence[AskedCoupon], *, at: datetime
) -> list[UseOf]:
    """Return these coupons as they are to be used, by id, if their rules still give exactly what was quoted of them.

    What binds besides (pause, stock, uses, budget) is decided by the statements that use them; nothing is read of it before.

    :raises QuoteChanged: where one is unknown, does not apply any more, takes off another amount, or is not held.
    """
    discounts = still_given(place, basket, asked, at=at)
    claims = claims_for(account_id, discounts) if needs_claims(discounts) else {}
    return [UseOf(coupon.id, claims.get(coupon.id), off) for coupon, off in discounts]


def still_given(
    place: Place, basket: Basket, asked: Sequence[AskedCoupon], *, at: datetime
) -> list[tuple[Coupon, int]]:
    """Return these coupons, by id, each with what it takes off, where all are as asked; :raises QuoteChanged: where not."""
    wanted = {each.coupon: each.discount for each in asked}
    coupons = rules_of(wanted, at=at)
    if len(coupons) != len(asked):
        raise QuoteChanged
    quoted = quote(coupons, basket, place, at, dict.fromkeys(wanted, AS_QUOTED))
    if {part.coupon: part.discount for part in quoted.parts} != wanted:
        raise QuoteChanged
    return [(coupon, wanted[coupon.id]) for coupon in sorted(coupons, key=lambda coupon: coupon.id)]


def needs_claims(discounts: Iterable[tuple[Coupon, int]]) -> bool:
    """Tell whether one of these coupons has to be held."""
    return any(coupon.rule.needs_claim for coupon, _off in discounts)


def claims_for(account_id: UUID, discounts: Iterable[tuple[Coupon, int]]) -> dict[UUID, UUID]:
    """Return the claim that is used first of each coupon that has to be held; :raises QuoteChanged: where one is not."""
    needed = [coupon.id for coupon, _off in discounts if coupon.rule.needs_claim]
    claims = claims_used_first(account_id, needed)
    if len(claims) != len(needed):
        raise QuoteChanged
    return claims


def answer_of(shop: Shop, quoted: Quote, *, at: datetime, told: Iterable[UUID] = ()) -> QuoteAnswer:
    """Return a quote as a door says it; of what does not apply, ``told`` alone."""
    live = live_coupons(at)
    parts = [
        QuotedCoupon(
            part.coupon, *live.titles[part.coupon], part.discount, live.filed.by_id[part.coupon].rule.funded_by
        )
        for part in quoted.parts
    ]
    others = [
        RefusedCoupon(coupon, *live.titles[coupon], quoted.refused[coupon])
        for coupon in told
        if coupon in quoted.refused
    ]
    return QuoteAnswer(
        shop=shop_name(shop),
        price=quoted.price,
        discount=quoted.discount,
        pays=quoted.pays,
        coupons=parts,
        others=others,
    )
