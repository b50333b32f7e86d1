"""What a shop tells its customers: place, address, telephone, hours."""

from uuid import UUID

import msgspec

from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.engine.hours import is_sound
from wallet.engine.shops import ShopDetails
from wallet.errors import HoursUnsound, PlaceOutsideTown, ShopClosed
from wallet.models import Shop
from wallet.selectors.shops import SEE_TILL, details_of
from wallet.selectors.town_shops import is_in_town

DESCRIBE = "wallet.describe_shop"
REGISTER = "wallet.register_shops"
FIELDS = ("kind", "kind_en", "address", "address_en", "latitude_e6", "longitude_e6", "telephone", "hours")


@use_case("wallet.describe_shop")
def describe_shop(act: Act, *, shop_id: UUID, details: ShopDetails, why: str = "") -> ShopDetails:
    """Say anew what a shop tells its customers. This function will replace the whole of it.

    :raises NotFound: for a shop where this person neither works nor keeps the register; :raises NotAllowed: where they work
    without the right; :raises ShopClosed: for one that is gone; :raises HoursUnsound: for hours that cannot be;
    :raises PlaceOutsideTown: for a place that is not in the town, unless who keeps the register says so.
    """
    shop = Shop.objects.select_for_update().filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    if not act.principal.may(REGISTER) and not act.principal.may(DESCRIBE, within=shop.organisation_id):
        raise NotAllowed if act.principal.may(SEE_TILL, within=shop.organisation_id) else NotFound
    if shop.closed_at is not None:
        raise ShopClosed
    if not act.principal.may(REGISTER):
        check_place(details)
    before = details_of(shop)
    write_details(shop, details)
    act.audit(what={"shop_id": str(shop_id), "before": _said(before), "after": _said(details)}, why=why)
    return details


def check_place(details: ShopDetails) -> None:
    """Let pass what stands in the town, or nowhere yet; :raises PlaceOutsideTown: for other places."""
    if details.point is not None and not is_in_town(details.point):
        raise PlaceOutsideTown


def write_details(shop: Shop, details: ShopDetails) -> None:
    """Put the details on a shop's row and save it; :raises HoursUnsound: for hours that cannot be."""
    if details.hours is not None and not is_sound(details.hours):
        raise HoursUnsound
    for name in ("kind", "kind_en", "address", "address_en", "telephone"):
        setattr(shop, name, getattr(details, name))
    shop.latitude_e6 = details.point.latitude_e6 if details.point else None
    shop.longitude_e6 = details.point.longitude_e6 if details.point else None
    shop.hours = msgspec.to_builtins(details.hours)
    shop.save(update_fields=FIELDS)


def _said(details: ShopDetails) -> dict[str, object]:
    told: dict[str, object] = msgspec.to_builtins(details)
    return told
