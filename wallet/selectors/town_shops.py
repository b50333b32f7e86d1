"""The town's shops as everybody may look for them, signed in or not."""

from datetime import datetime
from uuid import UUID

import msgspec

from wallet.engine.hours import DoorNow, door_at
from wallet.engine.shops import ShopDetails
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
    """Every shop that takes the coin, by name."""

    results: list[TownShop]


def town_shops(*, at: datetime) -> TownShops:
    """Return the shops as they are at that instant, by one query whatever their number."""
    rows = Shop.objects.filter(closed_at=None).order_by("name", "id")
    return TownShops(results=[_shown(row, details_of(row), at) for row in rows])


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
