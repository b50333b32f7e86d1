"""Coupons, stamps, referrals and rewards of a person as they take them home; of others nothing is in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wallet.models import CouponClaim, CouponUse, Referral, ReferralLink, Reward, Shop, Stamp
from wallet.selectors.referrals.links import own_link, said_on


def coupon_facts(accounts: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return what was taken or given, and what was used, in the order of time."""
    claims = CouponClaim.objects.select_related("coupon").filter(account_id__in=accounts).order_by("at", "id")
    uses = CouponUse.objects.select_related("coupon").filter(account_id__in=accounts).order_by("at", "id")
    held = [
        {"coupon": row.coupon.title, "taken_at": row.at, "from": row.source, "used_at": row.used_at, "ended_at": row.revoked_at}
        for row in claims
    ]  # fmt: skip
    used = [
        {"coupon": row.coupon.title, "used_at": row.at, "payment": row.payment_id, "discount": row.discount,
         "given_back_at": row.given_back_at}
        for row in uses
    ]  # fmt: skip
    return held + used


def stamp_facts(accounts: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return every stamp, with its payment."""
    rows = Stamp.objects.select_related("card").filter(account_id__in=accounts).order_by("at", "id")
    shops = dict(Shop.objects.filter(pk__in=rows.values("shop_id")).values_list("pk", "name"))
    return [
        {"card": row.card.title, "at": row.at, "shop": shops.get(row.shop_id, ""), "payment": row.payment_id,
         "taken_back_at": row.taken_back_at}
        for row in rows
    ]  # fmt: skip


def referral_facts(accounts: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return one's links with how many came by each, and whose code one entered, by what they let one read."""
    links = ReferralLink.objects.select_related("referral_campaign").filter(account_id__in=accounts).order_by("id")
    shared = [
        {"campaign": row.referral_campaign.title, "link": own_link(row).link, "said": said_on(row),
         "brought": row.referrals.count()}
        for row in links
    ]  # fmt: skip
    entered = Referral.objects.select_related("link__referral_campaign").filter(newcomer_id__in=accounts)
    brought = [
        {"campaign": row.link.referral_campaign.title, "entered_at": row.entered_at, "by": said_on(row.link),
         "payment": row.payment_id, "undone_at": row.undone_at}
        for row in entered.order_by("id")
    ]  # fmt: skip
    return shared + brought


def reward_facts(accounts: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return what stamps and referrals brought."""
    rows = Reward.objects.select_related("top_up", "claim__coupon").filter(account_id__in=accounts)
    return [
        {"for": row.source, "at": row.given_at, "coins": row.top_up.bonus if row.top_up else 0,
         "coupon": row.claim.coupon.title if row.claim else "", "taken_back_at": row.ended_at}
        for row in rows.order_by("given_at", "id")
    ]  # fmt: skip
