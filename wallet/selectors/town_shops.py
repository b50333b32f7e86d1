"""The town's shops as everybody may look for them, signed in or not, and where the town is."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec
from django.conf import settings

from wallet.engine.area import Area, is_inside, read_area
from wallet.engine.hours import DoorNow, door_at
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.engine.trades import Group, group_of
from wallet.models import Shop
from wallet.selectors.shops import details_of


class TownShop(msgspec.Struct, frozen=True):
    """A shop where the coin is taken: what it tells of itself, and whether its door is open; None where it says no hours."""

    id: UUID
    name: str
    name_en: str
    group: Group
    district: str
    details: ShopDetails
    door: DoorNow | None


class TownShops(msgspec.Struct, frozen=True):
    """Every shop that takes the coin, by name; and the corners of the town's outline, none where it has none."""

    results: list[TownShop]
    outline: list[ShopPoint]


def town_shops(*, at: datetime) -> TownShops:
    """Return the shops as they are at that instant, by one query whatever their number."""
    rows = Shop.objects.filter(closed_at=None).order_by("name", "id")
    outline = [ShopPoint(each.latitude_e6, each.longitude_e6) for each in _area(settings.CITY["area"])]
    return TownShops(results=[_shown(row, details_of(row), at) for row in rows], outline=outline)


def is_in_town(point: ShopPoint) -> bool:
    """Tell whether a place lies in the town's outline."""
    return is_inside(_area(settings.CITY["area"]), point.latitude_e6, point.longitude_e6)


def why_no_outline() -> str | None:
    """Return why the town's outline cannot be read, or None."""
    try:
        _area(settings.CITY["area"])
    except ValueError as fault:
        return f"MACHI_CITY_AREA cannot be read: {fault}"
    return None


@lru_cache(maxsize=4)
def _area(text: str) -> Area:
    return read_area(text)


def _shown(shop: Shop, details: ShopDetails, at: datetime) -> TownShop:
    return TownShop(
        id=shop.pk,
        name=shop.name,
        name_en=shop.name_en,
        group=group_of(shop.trade),
        district=shop.district,
        details=details,
        door=None if details.hours is None else door_at(details.hours, at),
    )
