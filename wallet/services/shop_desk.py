"""The city's desk for shops: names and trades are corrected, each time with a name and a reason."""

from uuid import UUID

import msgspec

from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import ShopClosed
from wallet.models import Shop
from wallet.selectors.shops import ShopEntry, shop_entry

REGISTER = "wallet.register_shops"


@use_case("wallet.change_shop")
def change_shop(act: Act, *, shop_id: UUID, name: str, name_en: str, trade: str, district: str, why: str) -> ShopEntry:
    """Correct what the register says of a shop. This function will leave past receipts as they are kept for their keys.

    :raises NotAllowed: without the right; :raises NotFound: for an unknown shop; :raises ShopClosed: for one that is gone.
    """
    shop = _open_shop(act.principal, shop_id)
    before = shop_entry(shop)
    shop.name, shop.name_en, shop.trade, shop.district = name, name_en, trade, district
    shop.save(update_fields=["name", "name_en", "trade", "district"])
    act.audit(what={"before": msgspec.to_builtins(before), "after": msgspec.to_builtins(shop_entry(shop))}, why=why)
    return shop_entry(shop)


def _open_shop(principal: Principal, shop_id: UUID) -> Shop:
    if not principal.may(REGISTER):
        raise NotAllowed
    shop = Shop.objects.select_for_update().filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    if shop.closed_at is not None:
        raise ShopClosed
    return shop
