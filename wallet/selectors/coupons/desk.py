"""Coupons and budgets as officers see them."""

from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from kernel.problems import NotFound
from wallet.engine.coupons import Audience, Basket, Place, Rule, read_rule
from wallet.engine.coupons import Coupon as Ruled
from wallet.engine.coupons import quote as quote_bill
from wallet.engine.results import CampaignState
from wallet.models import Coupon, Shop
from wallet.selectors.campaigns import campaigns, shape_campaign
from wallet.selectors.coupons.targeting import withheld
from wallet.selectors.trades import trade_in_words

NOBODY = UUID(int=0)
PREVIEWED = (1, 333, 1000, 5000)


class CouponRow(msgspec.Struct, frozen=True):
    """One coupon with what became of it; ``borne`` is what its purse paid less what came back."""

    id: UUID
    title: str
    rule: Rule
    campaign: str
    is_paused: bool
    stock: int | None
    uses: int
    given_back: int
    borne: int
    claims: int
    audience: Audience | None = None

    @property
    def taken_by(self) -> int | None:
        """How many took it; of one for an audience in tens, and None below ten."""
        return self.claims if self.audience is None else withheld(self.claims)

    @property
    def is_said(self) -> bool:
        """Tell whether uses and what they cost are said: for an audience not while they are of fewer than ten."""
        return self.audience is None or withheld(self.uses) is not None


class MapShop(NamedTuple):
    """A shop with its place, in millionths of a degree."""

    name: str
    latitude_e6: int
    longitude_e6: int


class PreviewLine(msgspec.Struct, frozen=True):
    """What a bill of so many yen means for the three of them."""

    price: int
    customer_pays: int
    shop_gets: int
    city_bears: int


def coupon_rows() -> list[CouponRow]:
    """Return all coupons, newest first, in one query."""
    rows = Coupon.objects.select_related("campaign").annotate(
        used=Count("uses", distinct=True),
        back=Count("uses", filter=Q(uses__given_back_at__isnull=False), distinct=True),
    )
    sums = dict(
        Coupon.objects.annotate(borne=Coalesce(Sum("uses__discount") - Sum("uses__returned"), 0)).values_list(
            "pk", "borne"
        )
    )
    held = dict(Coupon.objects.annotate(held=Count("claims")).values_list("pk", "held"))
    return [_row(row, sums[row.pk], held[row.pk]) for row in rows.order_by("-created_at", "-id")]


def coupon_row(coupon_id: UUID) -> CouponRow:
    """Return one; :raises NotFound: where there is none."""
    for row in coupon_rows():
        if row.id == coupon_id:
            return row
    raise NotFound


def budgets() -> list[CampaignState]:
    """Return the campaigns, newest first."""
    return [shape_campaign(row) for row in campaigns()]


def places_of_shops() -> tuple[list[tuple[str, str]], list[str], list[tuple[str, str]]]:
    """Return the open shops (key, name), their districts and their trades (code, words), for a form to choose from."""
    shops = list(Shop.objects.filter(closed_at=None).order_by("name", "id"))
    districts = sorted({shop.district for shop in shops if shop.district})
    trades = [(code, trade_in_words(code)) for code in sorted({shop.trade for shop in shops})]
    return [(str(shop.pk), shop.name) for shop in shops], districts, trades


def shop_points() -> list[MapShop]:
    """Return the open shops whose place is known, for a map."""
    rows = Shop.objects.filter(closed_at=None).order_by("name", "id")
    places = [(shop.name, shop.latitude_e6, shop.longitude_e6) for shop in rows]
    return [MapShop(name, north, east) for name, north, east in places if north is not None and east is not None]


def reward_coupons() -> list[tuple[str, str]]:
    """Return the city's coupons that may be a reward (key, name): those that have to be held and are not stopped."""
    rows = Coupon.objects.filter(needs_claim=True, campaign__isnull=False, paused_at=None, audience=None)
    return [(str(key), title) for key, title in rows.order_by("-created_at", "-id").values_list("pk", "title")]


def preview_of(rule: Rule) -> list[PreviewLine]:
    """Say what bills of some sizes would mean, at a shop and an instant at which the coupon is good.

    The engine itself reckons it; hours, places and purses are left out, so that the amounts alone are seen.
    """
    plain = msgspec.structs.replace(
        rule, weekdays=(), hours=(), shops=(), districts=(), circle=None, trades=(), products=(), needs_claim=False,
        funded_by="campaign",
    )  # fmt: skip
    anywhere = Place(NOBODY, "0000")
    lines = []
    for price in sorted({*PREVIEWED, max(1, rule.minimum)}):
        found = quote_bill([Ruled(NOBODY, plain)], Basket(price), anywhere, rule.starts_at, {})
        off = found.discount if rule.funded_by == "campaign" else 0
        lines.append(PreviewLine(price, found.pays, found.pays + off, off))
    return lines


def _row(row: Coupon, borne: int, claims: int) -> CouponRow:
    return CouponRow(
        id=row.pk,
        title=row.title,
        rule=read_rule(row.rule),
        campaign=row.campaign.name if row.campaign else "",
        is_paused=row.paused_at is not None,
        stock=row.stock,
        uses=row.used,  # type: ignore[attr-defined]
        given_back=row.back,  # type: ignore[attr-defined]
        borne=borne,
        claims=claims,
        audience=None if row.audience is None else msgspec.convert(row.audience, Audience),
    )
