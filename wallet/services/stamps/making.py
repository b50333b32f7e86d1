"""Offering stamp cards: the city's by its officers, a shop's own by its manager; stopping and starting them again."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.coupons import Rule
from wallet.engine.rewards import CoinReward, CouponReward
from wallet.engine.stamps import StampRule, read_stamp_rule
from wallet.errors import CampaignClosed, CouponPurseMissing, ShopClosed, StampRuleInvalid
from wallet.models import Campaign, StampCard
from wallet.selectors.shops import access_shop_for
from wallet.services.coupons.making import RUN, RUN_OWN, put_out
from wallet.services.rewards import check_gift


class StampCardMade(msgspec.Struct, frozen=True):
    """The stamp card that was put out, or stopped, or started again."""

    id: UUID
    is_paused: bool = False


@use_case("wallet.make_stamp_card", key=Key.REQUIRED, status=201)
def make_stamp_card(
    act: Act, *, title: str, title_en: str, rule: StampRule, campaign_id: UUID, why: str = ""
) -> StampCardMade:
    """Offer a stamp card of the city, whose rewards a campaign pays.

    :raises NotAllowed: without the right ``wallet.run_coupons``; :raises CouponPurseMissing: :raises CampaignClosed:
    :raises RewardCouponUnfit: where the reward is a coupon that need not be held, or a shop's.
    """
    if not act.principal.may(RUN):
        raise NotAllowed
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise CouponPurseMissing
    if campaign.closed_at is not None:
        raise CampaignClosed
    coupon = check_gift(rule.reward, campaign)
    return _offer(act, StampCard(title=title, title_en=title_en, campaign=campaign, coupon=coupon), rule, why)


@use_case("wallet.make_shop_stamp_card", key=Key.REQUIRED, status=201)
def make_shop_stamp_card(act: Act, *, title: str, title_en: str, rule: StampRule, reward: Rule) -> StampCardMade:
    """Offer a card of one's own shops. A full one earns ``reward``, a coupon that the merchant bears, made with the card.

    :raises NotFound: for a shop where this person does not work; :raises NotAllowed: where they may not; :raises ShopClosed:
    :raises StampRuleInvalid: for a card of no shop, of other places, or of two merchants' shops, or a coupon that ends before it.
    """
    if rule.districts or rule.circle or rule.trades or not rule.shops:
        raise StampRuleInvalid(detail="shops")
    shops = [access_shop_for(act.principal, shop_id, RUN_OWN) for shop_id in rule.shops]
    if any(shop.closed_at is not None for shop in shops):
        raise ShopClosed
    organisations = {shop.organisation_id for shop in shops}
    if len(organisations) != 1 or isinstance(rule.reward, CoinReward):
        raise StampRuleInvalid(detail="shops: one merchant")
    if not reward.needs_claim or reward.funded_by != "shop" or reward.ends_at < rule.ends_at:
        raise StampRuleInvalid(detail="reward")
    (organisation,) = organisations
    made = put_out(act, title, title_en, reward, organisation_id=organisation, is_listed=False)
    rule = msgspec.structs.replace(rule, reward=CouponReward(coupon=made.id))
    row = StampCard(title=title, title_en=title_en, organisation_id=organisation, coupon_id=made.id)
    return _offer(act, row, rule, "")


@use_case("wallet.pause_stamp_card")
def pause_stamp_card(act: Act, *, card_id: UUID, why: str = "") -> StampCardMade:
    """Stop a card: no payment from now on earns a stamp. Twice does no harm. :raises NotAllowed: :raises NotFound:."""
    return _set_paused(act, _citys(act, card_id), act.at, why)


@use_case("wallet.resume_stamp_card")
def resume_stamp_card(act: Act, *, card_id: UUID, why: str = "") -> StampCardMade:
    """Let a stopped card go on. :raises NotAllowed: without the right; :raises NotFound:."""
    return _set_paused(act, _citys(act, card_id), None, why)


@use_case("wallet.pause_shop_stamp_card")
def pause_shop_stamp_card(act: Act, *, shop_id: UUID, card_id: UUID) -> StampCardMade:
    """Stop a card of one's own shop. :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    return _set_paused(act, _shops(act, shop_id, card_id), act.at, "")


@use_case("wallet.resume_shop_stamp_card")
def resume_shop_stamp_card(act: Act, *, shop_id: UUID, card_id: UUID) -> StampCardMade:
    """Let a stopped card of one's own shop go on. :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    return _set_paused(act, _shops(act, shop_id, card_id), None, "")


def stamp_rule_of(data: object) -> StampRule:
    """Return the rule that a form's or a body's data describe; :raises StampRuleInvalid: with what is wrong."""
    try:
        return read_stamp_rule(data)
    except msgspec.ValidationError as fault:
        raise StampRuleInvalid(detail=str(fault)) from None


def _offer(act: Act, row: StampCard, rule: StampRule, why: str) -> StampCardMade:
    row.id, row.rule, row.stock = new_id(act.at), msgspec.to_builtins(rule), rule.stock
    row.starts_at, row.ends_at = rule.starts_at, rule.ends_at
    row.created_at, row.created_by = act.at, act.principal.actor
    row.save(force_insert=True)
    act.audit(what={"card_id": str(row.pk), "rule": row.rule}, why=why)
    return StampCardMade(id=row.pk)


def _citys(act: Act, card_id: UUID) -> StampCard:
    """Return a card, locked, to an officer: the city may stop a shop's as well."""
    if not act.principal.may(RUN):
        raise NotAllowed
    row = StampCard.objects.select_for_update().filter(pk=card_id).first()
    if row is None:
        raise NotFound
    return row


def _shops(act: Act, shop_id: UUID, card_id: UUID) -> StampCard:
    """Return a card of a shop's merchant, locked, to who may run it."""
    shop = access_shop_for(act.principal, shop_id, RUN_OWN)
    row = StampCard.objects.select_for_update().filter(pk=card_id, organisation_id=shop.organisation_id).first()
    if row is None:
        raise NotFound
    return row


def _set_paused(act: Act, row: StampCard, paused_at: datetime | None, why: str) -> StampCardMade:
    if (row.paused_at is None) != (paused_at is None):
        row.paused_at = paused_at
        row.save(update_fields=["paused_at"])
    act.audit(what={"card_id": str(row.pk), "paused": paused_at is not None}, why=why)
    return StampCardMade(id=row.pk, is_paused=paused_at is not None)
