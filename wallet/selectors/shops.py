"""Shops and who may run their tills."""

from typing import Literal
from uuid import UUID

import msgspec

from accounts.selectors import workplaces_of
from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from wallet.engine.hours import Hours
from wallet.engine.shops import ShopDetails, ShopPoint
from wallet.models import Shop

SEE_TILL = "wallet.see_till"
Deed = Literal["charge", "refund", "top_up", "statements", "describe", "settlements", "close_day", "coupons", "ceiling"]
DEEDS: dict[Deed, str] = {
    "charge": "wallet.charge",
    "refund": "wallet.refund",
    "top_up": "wallet.top_up_at_shop",
    "statements": "wallet.read_statements",
    "describe": "wallet.describe_shop",
    "settlements": "wallet.see_settlements",
    "close_day": "wallet.close_day",
    "coupons": "wallet.run_shop_coupons",
    "ceiling": "wallet.set_refund_ceiling",
}


class TillShop(msgspec.Struct, frozen=True):
    """A shop whose till one may run, and what one may do there."""

    id: UUID
    name: str
    name_en: str
    organisation_id: UUID
    is_open: bool
    may: list[Deed]


class TillShops(msgspec.Struct, frozen=True):
    """Every shop whose till one may run."""

    results: list[TillShop]


class ShopEntry(msgspec.Struct, frozen=True):
    """A shop as the register has it."""

    id: UUID
    organisation_id: UUID
    name: str
    name_en: str
    trade: str
    district: str
    is_open: bool


def access_shop_for(principal: Principal, shop_id: UUID, right: str = SEE_TILL) -> Shop:
    """Return a shop whose till this person may run.

    :raises NotFound: for a shop where they do not work; :raises NotAllowed: where they work, without this right.
    """
    shop = registered_shop(shop_id)
    check_till(principal, shop, right)
    return shop


def registered_shop(shop_id: UUID) -> Shop:
    """Return a shop to the city's own machinery and register; :raises NotFound: where there is none."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    return shop


def check_till(principal: Principal, shop: Shop, right: str = SEE_TILL) -> None:
    """Let this person through to the shop's till, or refuse as :func:`access_shop_for` does."""
    if not principal.may(SEE_TILL, within=shop.organisation_id):
        raise NotFound
    if not principal.may(right, within=shop.organisation_id):
        raise NotAllowed


def shops_of(principal: Principal) -> TillShops:
    """Return the shops where this person works or this till stands, by name; one that takes no more coins can still refund."""
    shops = Shop.objects.filter(organisation_id__in=workplaces_of(principal)).order_by("name", "id")
    found = [
        TillShop(
            id=shop.pk,
            name=shop.name,
            name_en=shop.name_en,
            organisation_id=shop.organisation_id,
            is_open=shop.closed_at is None,
            may=[deed for deed, right in DEEDS.items() if principal.may(right, within=shop.organisation_id)],
        )
        for shop in shops
        if principal.may(SEE_TILL, within=shop.organisation_id)
    ]
    return TillShops(results=found)


def shops_of_organisations(organisation_ids: list[UUID]) -> list[ShopEntry]:
    """Return the open shops of these organisations, oldest first."""
    rows = Shop.objects.filter(organisation_id__in=organisation_ids, closed_at=None).order_by("opened_at", "id")
    return [shop_entry(row) for row in rows]


def shop_entry(shop: Shop) -> ShopEntry:
    """Return the shop as the register has it."""
    return ShopEntry(
        id=shop.pk,
        organisation_id=shop.organisation_id,
        name=shop.name,
        name_en=shop.name_en,
        trade=shop.trade,
        district=shop.district,
        is_open=shop.closed_at is None,
    )


def details_of(shop: Shop) -> ShopDetails:
    """Return what the shop tells its customers."""
    point = None
    if shop.latitude_e6 is not None and shop.longitude_e6 is not None:
        point = ShopPoint(latitude_e6=shop.latitude_e6, longitude_e6=shop.longitude_e6)
    return ShopDetails(
        kind=shop.kind,
        kind_en=shop.kind_en,
        address=shop.address,
        address_en=shop.address_en,
        telephone=shop.telephone,
        point=point,
        hours=None if shop.hours is None else msgspec.convert(shop.hours, Hours),
    )


def details_of_shops(shop_ids: list[UUID]) -> dict[UUID, ShopDetails]:
    """Return what each of these shops tells its customers."""
    return {shop.pk: details_of(shop) for shop in Shop.objects.filter(pk__in=shop_ids)}


def every_organisation() -> list[UUID]:
    """Return the organisations that have a shop, open or closed, by their ids."""
    return list(Shop.objects.order_by("organisation_id").values_list("organisation_id", flat=True).distinct())
