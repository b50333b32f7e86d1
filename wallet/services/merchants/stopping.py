"""A shop takes no more coins, for a while or for good. What it took stays its own: refunds go on, and it is paid what is left."""

from uuid import UUID

import msgspec

from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import ShopClosed, ShopNotSuspended
from wallet.models import Shop, ShopStop
from wallet.selectors.applications import REVIEW
from wallet.services.settlement import tell_managers

REGISTER = "wallet.register_shops"


class StoppedShop(msgspec.Struct, frozen=True):
    """A shop, and whether it takes coins."""

    id: UUID
    is_open: bool


@use_case("wallet.stop_shop")
def stop_shop(act: Act, *, shop_id: UUID, is_final: bool, why: str) -> StoppedShop:
    """Suspend a shop, or close it for good; one that is suspended may still be closed. Its managers are told. Locks: the shop.

    :raises NotAllowed: without the right ``wallet.review_merchants`` or ``wallet.register_shops``; :raises NotFound:
    :raises ShopClosed: where it is closed, or suspended already.
    """
    shop = _locked(act, shop_id)
    standing = ShopStop.objects.filter(shop=shop, ended_at=None).first()
    if shop.closed_at is not None and not (is_final and standing is not None and not standing.is_final):
        raise ShopClosed
    if standing is not None:
        _end(act, standing, why)
    ShopStop.objects.create(
        id=new_id(act.at), shop=shop, is_final=is_final, reason=why, stopped_by=act.principal.actor, stopped_at=act.at
    )
    shop.closed_at = shop.closed_at or act.at
    shop.save(update_fields=["closed_at"])
    message = "wallet.shop_closed" if is_final else "wallet.shop_suspended"
    return _told(act, shop, message, why)


@use_case("wallet.resume_shop")
def resume_shop(act: Act, *, shop_id: UUID, why: str) -> StoppedShop:
    """Let a suspended shop take coins again. :raises ShopNotSuspended: for one that is open, or closed for good."""
    shop = _locked(act, shop_id)
    standing = ShopStop.objects.filter(shop=shop, ended_at=None, is_final=False).first()
    if standing is None:
        raise ShopNotSuspended
    _end(act, standing, why)
    shop.closed_at = None
    shop.save(update_fields=["closed_at"])
    return _told(act, shop, "wallet.shop_resumed", why)


def _locked(act: Act, shop_id: UUID) -> Shop:
    if not act.principal.may(REVIEW) and not act.principal.may(REGISTER):
        raise NotAllowed
    shop = Shop.objects.select_for_update().filter(pk=shop_id).first()
    if shop is None:
        raise NotFound
    return shop


def _end(act: Act, standing: ShopStop, why: str) -> None:
    standing.ended_by, standing.ended_at, standing.end_reason = act.principal.actor, act.at, why
    standing.save(update_fields=["ended_by", "ended_at", "end_reason"])


def _told(act: Act, shop: Shop, message: str, why: str) -> StoppedShop:
    act.audit(what={"shop_id": str(shop.pk), "is_open": shop.closed_at is None}, why=why)
    values = {"shop": shop.name, "why": why}
    tell_managers(act, shop.organisation_id, message, values, dedupe=f"{shop.pk}/{act.at}")
    return StoppedShop(shop.pk, is_open=shop.closed_at is None)
