"""Coupons as phones show them: near me, mine, one, and those on a receipt."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.selectors import agreed_classes, asked_by_the_city
from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.coupons import Audience, Place, Places, Rule, Standing, Why, read_rule
from wallet.engine.coupons.answers import CouponList, CouponPlace, CouponsForMe, CouponView, UsedCoupon, UsedCoupons
from wallet.engine.coupons.quoting import distance_m, is_good_at, why_not_theirs
from wallet.errors import NoWallet
from wallet.models import Coupon, CouponClaim, CouponUse, Shop
from wallet.selectors.accounts import account_of
from wallet.selectors.coupons.live import place_of
from wallet.selectors.coupons.standing import NOBODY, open_claims, standings_of
from wallet.selectors.coupons.targeting import TARGETING, targeted_for
from wallet.selectors.receipts import access_receipt_for
from wallet.selectors.shops import access_shop_for

MOST = 200
SHOPS_SHOWN = 20
NOTHING_OFFERED: Mapping[UUID, Audience] = MappingProxyType({})


class Near(NamedTuple):
    """Where the reader looks: a shop, a district; from which point (millionths of a degree). What is None does not narrow."""

    shop: UUID | None = None
    district: str | None = None
    point: tuple[int, int] | None = None


class Hand(NamedTuple):
    """What the reader holds of one coupon, whether they took it once, and why they are offered what not everybody is."""

    claims: int
    was_taken: bool
    because: Audience | None


def coupons_near(principal: Principal, near: Near, *, at: datetime) -> CouponList:
    """Return what is out and offered to everybody, nearest first where a place is known, then what ends first."""
    rows = Coupon.objects.filter(is_listed=True, paused_at=None, ends_at__gt=at).order_by("ends_at", "id")[:MOST]
    views = _views(_account(principal), rows, near, at=at)
    if near.shop is not None:
        views = [view for view in views if any(shop.id == near.shop for shop in view.shops)]
    if near.district:
        views = [view for view in views if any(shop.district == near.district for shop in view.shops)]
    return CouponList(results=sorted(views, key=_order))


def my_coupons(principal: Principal, *, at: datetime) -> CouponList:
    """Return what the reader holds and has not used, what ends first above."""
    account_id = _account(principal)
    held = open_claims(account_id).values("coupon_id")
    rows = Coupon.objects.filter(pk__in=held, ends_at__gt=at).order_by("ends_at", "id")[:MOST]
    return CouponList(results=_views(account_id, rows, Near(), at=at))


def coupons_for_me(principal: Principal, *, at: datetime) -> CouponsForMe:
    """Return what is offered to people like the reader alone and not taken yet, and what they agreed to for it."""
    asking = asked_by_the_city(TARGETING)
    if asking is None or principal.subject is None:
        return CouponsForMe([], None, [])
    account_id, offered = _account(principal), targeted_for(principal, at=at)
    rows = Coupon.objects.filter(pk__in=offered).order_by("ends_at", "id")[:MOST]
    views = [view for view in _views(account_id, rows, Near(), at=at, offered=offered) if view.may_claim]
    return CouponsForMe(views, asking.agreement, sorted(agreed_classes(principal.subject, asking, at=at)))


def coupon_for(principal: Principal, coupon_id: UUID, near: Near, *, at: datetime) -> CouponView:
    """Return one coupon; :raises NotFound: for one that is neither offered to everybody nor the reader's."""
    account_id = _account(principal)
    rows = Coupon.objects.filter(pk=coupon_id)
    row = rows.first()
    if row is None:
        raise NotFound
    offered = targeted_for(principal, at=at) if row.audience is not None else {}
    is_held = CouponClaim.objects.filter(coupon=row, account_id=account_id or NOBODY).exists()
    if not (row.is_listed or is_held or row.pk in offered):
        raise NotFound
    return _views(account_id, rows, near, at=at, offered=offered)[0]


def coupons_of_shop(principal: Principal, shop_id: UUID, *, at: datetime) -> CouponList:
    """Return the coupons that a shop's merchant offers, to who works there, newest first; :raises NotFound: to others."""
    shop = access_shop_for(principal, shop_id)
    rows = Coupon.objects.filter(
        organisation_id=shop.organisation_id, rule__shops__contains=str(shop_id), is_listed=True
    )
    return CouponList(results=_views(None, rows.order_by("-created_at", "-id")[:MOST], Near(), at=at))


def used_on(principal: Principal, payment_id: UUID) -> UsedCoupons:
    """Return the coupons of a payment to whoever may see its receipt; :raises NotFound: to everybody else."""
    access_receipt_for(principal, payment_id)
    rows = CouponUse.objects.select_related("coupon").filter(payment_id=payment_id).order_by("coupon_id")
    return UsedCoupons(
        results=[
            UsedCoupon(
                coupon=row.coupon_id,
                title=row.coupon.title,
                title_en=row.coupon.title_en,
                discount=row.discount,
                funded_by="shop" if row.coupon.campaign_id is None else "campaign",
                given_back=row.given_back_at is not None,
            )
            for row in rows
        ]
    )


def _account(principal: Principal) -> UUID | None:
    try:
        return account_of(principal)
    except NoWallet:
        return None


def _order(view: CouponView) -> tuple[bool, int, datetime, UUID]:
    return (view.distance_m is None, view.distance_m or 0, view.ends_at, view.id)


def _views(
    account_id: UUID | None, rows: "QuerySet[Coupon]", near: Near, *, at: datetime,
    offered: Mapping[UUID, Audience] = NOTHING_OFFERED,
) -> list[CouponView]:  # fmt: skip
    coupons = list(rows)
    ids = [row.pk for row in coupons]
    standings = standings_of(account_id, ids, at=at)
    held = dict(
        open_claims(account_id).filter(coupon_id__in=ids).order_by().values_list("coupon_id").annotate(Count("id"))
    )
    taken = set(
        CouponClaim.objects.filter(account_id=account_id or NOBODY, coupon_id__in=ids, source="own").values_list(
            "coupon_id", flat=True
        )
    )
    shops = list(Shop.objects.filter(closed_at=None).order_by("name", "id"))
    return [
        _view(
            row,
            places_of(read_rule(row.rule), shops, near),
            standings[row.pk],
            Hand(held.get(row.pk, 0), row.pk in taken, offered.get(row.pk)),
            at,
        )
        for row in coupons
    ]


def _view(row: Coupon, shops: list[CouponPlace], standing: Standing, hand: Hand, at: datetime) -> CouponView:
    rule = read_rule(row.rule)
    why = _why(rule, standing, at)
    return CouponView(
        id=row.pk,
        title=row.title,
        title_en=row.title_en,
        benefit=rule.benefit,
        funded_by=rule.funded_by,
        minimum=rule.minimum,
        products=list(rule.products),
        trades=list(rule.trades),
        districts=list(rule.districts),
        shops=shops[:SHOPS_SHOWN],
        weekdays=list(rule.weekdays),
        hours=list(rule.hours),
        starts_at=rule.starts_at,
        ends_at=rule.ends_at,
        stackable=rule.stackable,
        needs_claim=rule.needs_claim,
        per_person=rule.per_person,
        per_day=rule.per_day,
        left=standing.left,
        used=standing.used,
        claims=hand.claims,
        may_claim=rule.needs_claim
        and (row.is_listed or hand.because is not None)
        and not hand.was_taken
        and why in (None, Why.NOT_CLAIMED, Why.NOT_BEGUN),
        why=why,
        distance_m=min((shop.distance_m for shop in shops if shop.distance_m is not None), default=None),
        because=hand.because,
    )


def _why(rule: Rule, standing: Standing, at: datetime) -> Why | None:
    if at < rule.starts_at:
        return Why.NOT_BEGUN
    if at >= rule.ends_at:
        return Why.ENDED
    return why_not_theirs(rule, standing)


def places_of(rule: Places, shops: Iterable[Shop], near: Near) -> list[CouponPlace]:
    """Return the open shops at which a rule is good, the nearest first where a place is known."""
    found = []
    for shop in shops:
        place = place_of(shop)
        if is_good_at(rule, place):
            found.append(CouponPlace(shop.pk, shop.name, shop.name_en, shop.district, _distance(place, near)))
    return sorted(found, key=lambda each: (each.distance_m is None, each.distance_m or 0, each.name, each.id))


def _distance(place: Place, near: Near) -> int | None:
    if near.point is None or place.latitude_e6 is None or place.longitude_e6 is None:
        return None
    return distance_m(near.point, (place.latitude_e6, place.longitude_e6))
