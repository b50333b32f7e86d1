"""Quotes: what a bill costs a person at a shop at an instant, and whether what was quoted still holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from wallet.engine.coupons import Basket, Place, Quote, quote
from wallet.engine.coupons.answers import AskedCoupon, QuoteAnswer, QuotedCoupon, RefusedCoupon
from wallet.errors import QuoteChanged
from wallet.models import Shop
from wallet.selectors.coupons.live import live_coupons, place_of, rules_of
from wallet.selectors.coupons.standing import standings_of, standings_with_claims
from wallet.selectors.receipts import shop_name


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
    """Return these coupons as they are to be used, by id, if the bill still gets exactly what was quoted of them.

    :raises QuoteChanged: where one is unknown, does not apply any more, or takes off another amount.
    """
    wanted = {each.coupon: each.discount for each in asked}
    coupons = rules_of(wanted, at=at)
    if len(coupons) != len(asked):
        raise QuoteChanged
    found = standings_with_claims(account_id, wanted, at=at)
    standings = {coupon: standing for coupon, (standing, _claim) in found.items()}
    quoted = quote(coupons, basket, place, at, standings)
    if {part.coupon: part.discount for part in quoted.parts} != wanted:
        raise QuoteChanged
    return [
        UseOf(coupon.id, found[coupon.id][1] if coupon.rule.needs_claim else None, wanted[coupon.id])
        for coupon in sorted(coupons, key=lambda coupon: coupon.id)
    ]


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
