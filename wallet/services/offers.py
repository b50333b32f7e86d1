"""What coupons, stamp cards and referral campaigns share: who may offer them, whose purse pays, and stopping and going on."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act
from wallet.errors import CampaignClosed, CouponPurseMissing, ShopClosed
from wallet.models import Campaign, Coupon, ReferralCampaign, StampCard
from wallet.selectors.shops import access_shop_for

RUN = "wallet.run_coupons"
RUN_OWN = "wallet.run_shop_coupons"

Offer = TypeVar("Offer", Coupon, StampCard, ReferralCampaign)


def purse_of_the_city(act: Act, campaign_id: UUID) -> Campaign:
    """Return the campaign that pays, to an officer; :raises NotAllowed: :raises CouponPurseMissing: :raises CampaignClosed:."""
    if not act.principal.may(RUN):
        raise NotAllowed
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise CouponPurseMissing
    if campaign.closed_at is not None:
        raise CampaignClosed
    return campaign


def merchants_of(act: Act, shop_ids: Iterable[UUID]) -> set[UUID]:
    """Return whose shops these are; :raises NotFound: for others'; :raises NotAllowed: where they may not; :raises ShopClosed:."""
    shops = [access_shop_for(act.principal, shop_id, RUN_OWN) for shop_id in shop_ids]
    if any(shop.closed_at is not None for shop in shops):
        raise ShopClosed
    return {shop.organisation_id for shop in shops}


def offer_of_the_city(act: Act, kind: type[Offer], offer_id: UUID) -> Offer:
    """Return an offer, locked, to an officer, who may stop a shop's as well; :raises NotAllowed: :raises NotFound:."""
    if not act.principal.may(RUN):
        raise NotAllowed
    return _locked(kind, pk=offer_id)


def offer_of_a_shop(act: Act, kind: type[Offer], shop_id: UUID, offer_id: UUID) -> Offer:
    """Return an offer of a shop's merchant, locked; :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    shop = access_shop_for(act.principal, shop_id, RUN_OWN)
    return _locked(kind, pk=offer_id, organisation_id=shop.organisation_id)


def set_paused(act: Act, row: Offer, *, is_paused: bool, named: str, why: str = "") -> bool:
    """Stop an offer, or let it go on, and return which; twice does no harm. ``named`` is what the audit calls its id."""
    if (row.paused_at is not None) != is_paused:
        row.paused_at = act.at if is_paused else None
        changed = ["paused_at"]
        if isinstance(row, Coupon):
            row.changed_at = act.at
            changed.append("changed_at")
        row.save(update_fields=changed)
    act.audit(what={named: str(row.pk), "paused": is_paused}, why=why)
    return is_paused


def _locked(kind: type[Offer], **wanted: UUID) -> Offer:
    row = kind.objects.select_for_update().filter(**wanted).first()
    if row is None:
        raise NotFound
    return row
