"""The coupons that are out, filed by place, kept in the process until one is added or changed."""

from collections.abc import Collection
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Max, TextField
from django.db.models.functions import Cast

from wallet.engine.coupons import Coupon as Ruled
from wallet.engine.coupons import Index, Place, read_rule
from wallet.models import Coupon, Shop


class Live(NamedTuple):
    """The coupons that were not over when they were filed, and how they are named."""

    filed: Index
    titles: dict[UUID, tuple[str, str]]


_lock = Lock()
_kept: dict[str, Any] = {"mark": None, "live": Live(Index([]), {})}


def live_coupons(at: datetime) -> Live:
    """Return what is out at an instant or will be. One small query tells whether what this process knows is still so."""
    mark = _mark(at)
    with _lock:
        if _kept["mark"] != mark:
            _kept["live"], _kept["mark"] = _filed(at), mark
        return _kept["live"]  # type: ignore[no-any-return]


def rules_of(coupons: Collection[UUID], *, at: datetime) -> list[Ruled]:
    """Return these coupons in this order, without those that are unknown; some may be over.

    A coupon is never changed once it is out, so that what this process has read of it needs no asking.
    """
    known = _kept["live"].filed.by_id
    if any(coupon not in known for coupon in coupons):
        known = live_coupons(at).filed.by_id
    return [known[coupon] for coupon in coupons if coupon in known]


def ruled(row: Coupon) -> Ruled:
    """Return a coupon as the engine knows it; its campaign must have been read with it."""
    return Ruled(row.pk, read_rule(row.rule), row.campaign.account_id if row.campaign else None)


def place_of(shop: Shop) -> Place:
    """Return a shop as rules see it."""
    return Place(shop.pk, shop.trade, shop.district, shop.latitude_e6, shop.longitude_e6)


def _mark(at: datetime) -> tuple[Any, ...]:
    rows = Coupon.objects.filter(ends_at__gt=at)
    said = rows.aggregate(number=Count("id"), newest=Max(Cast("id", TextField())), changed=Max("changed_at"))
    return said["number"], said["newest"], said["changed"]


def _filed(at: datetime) -> Live:
    rows = list(Coupon.objects.select_related("campaign").filter(ends_at__gt=at))
    return Live(Index(ruled(row) for row in rows), {row.pk: (row.title, row.title_en) for row in rows})
