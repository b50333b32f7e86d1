"""What the doors say about coupons; each is, field by field, the JSON that the API sends. Amounts are whole yen, instants UTC."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from wallet.engine.coupons.rules import Audience, CouponHours, Fixed, Percent
from wallet.engine.results import ShopName


class AskedCoupon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A coupon as a payer or till asks for it: exactly so much comes off, as it was quoted."""

    coupon: UUID
    discount: int


class QuotedCoupon(msgspec.Struct, frozen=True):
    """One coupon of a quote; ``funded_by`` says whether the city pays the shop what comes off."""

    coupon: UUID
    title: str
    title_en: str
    discount: int
    funded_by: Literal["campaign", "shop"]


class RefusedCoupon(msgspec.Struct, frozen=True):
    """A coupon that does not apply, and why (``wallet.engine.coupons.Why``)."""

    coupon: UUID
    title: str
    title_en: str
    why: str


class QuoteAnswer(msgspec.Struct, frozen=True):
    """What is to be paid; paying with these ``coupons`` charges exactly ``pays``, or is refused as ``quote_changed``."""

    shop: ShopName
    price: int
    discount: int
    pays: int
    coupons: list[QuotedCoupon]
    others: list[RefusedCoupon]


class CouponPlace(msgspec.Struct, frozen=True):
    """A shop at which a coupon is good; ``distance_m`` where the phone said where it is."""

    id: UUID
    name: str
    name_en: str
    district: str
    distance_m: int | None = None


class CouponView(msgspec.Struct, frozen=True):
    """A coupon as a phone shows it. ``why`` says why the reader cannot use it now; None where they can.

    ``claims`` are how many of it the reader holds; ``left`` how many there are for everybody (None: as many as wanted).
    ``because``: why one is offered what not everybody is.
    """

    id: UUID
    title: str
    title_en: str
    benefit: Percent | Fixed
    funded_by: Literal["campaign", "shop"]
    minimum: int
    products: list[str]
    trades: list[str]
    districts: list[str]
    shops: list[CouponPlace]
    weekdays: list[int]
    hours: list[CouponHours]
    starts_at: datetime
    ends_at: datetime
    stackable: bool
    needs_claim: bool
    per_person: int | None
    per_day: int | None
    left: int | None
    used: int
    claims: int
    may_claim: bool
    why: str | None
    distance_m: int | None = None
    because: Audience | None = None


class CouponList(msgspec.Struct, frozen=True):
    """Coupons, nearest first where the phone said where it is."""

    results: list[CouponView]


class CouponsForMe(msgspec.Struct, frozen=True):
    """Coupons of the city for people like the reader. ``agreement``: where one says yes or no to being chosen (None: nobody asks);
    ``agreed``: the classes of data for which one said yes.
    """

    results: list[CouponView]
    agreement: UUID | None
    agreed: list[str]


class UsedCoupon(msgspec.Struct, frozen=True):
    """A coupon on a receipt; ``given_back``: it can be used again."""

    coupon: UUID
    title: str
    title_en: str
    discount: int
    funded_by: Literal["campaign", "shop"]
    given_back: bool


class UsedCoupons(msgspec.Struct, frozen=True):
    """All coupons of one payment."""

    results: list[UsedCoupon]
