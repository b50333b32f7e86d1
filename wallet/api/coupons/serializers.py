"""The bodies and queries that the doors of coupons take."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from wallet.api.serializers import Body
from wallet.engine.coupons import CouponHours, Fixed, Percent
from wallet.engine.coupons.rules import Count

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class ShopCoupon(Body, frozen=True, kw_only=True):
    """A coupon that the shop bears: what it takes off, when, and how many."""

    title: Name
    title_en: Name
    benefit: Percent | Fixed
    starts_at: Instant
    ends_at: Instant
    minimum: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] = 0
    weekdays: tuple[Annotated[int, msgspec.Meta(ge=1, le=7)], ...] = ()
    hours: tuple[CouponHours, ...] = ()
    stock: Count | None = None
    per_person: Count | None = None
    per_day: Count | None = None
    needs_claim: bool = False

    def as_data(self, shop_id: UUID) -> dict[str, object]:
        """Return what the rule is made of."""
        said = msgspec.to_builtins(self)
        rule = {name: value for name, value in said.items() if name not in ("title", "title_en")}
        return rule | {"shops": [str(shop_id)], "funded_by": "shop"}


class Wanted(Body, frozen=True, kw_only=True):
    """Where one looks; a place is both numbers or neither."""

    shop: UUID | None = None
    district: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = None
