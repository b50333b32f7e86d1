"""Offering stamp cards: the city's by its officers, a shop's own by its manager; stopping and starting them again."""

from uuid import UUID

import msgspec

from kernel.ids import new_id
from kernel.use_case import Act, Key, use_case
from wallet.engine.coupons import Rule
from wallet.engine.rewards import CoinReward, CouponReward
from wallet.engine.stamps import StampRule, read_stamp_rule
from wallet.errors import StampRuleInvalid
from wallet.models import StampCard
from wallet.services.coupons.making import put_out
from wallet.services.offers import merchants_of, offer_of_a_shop, offer_of_the_city, purse_of_the_city, set_paused
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
    campaign = purse_of_the_city(act, campaign_id)
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
    organisations = merchants_of(act, rule.shops)
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
    return _paused(act, offer_of_the_city(act, StampCard, card_id), is_paused=True, why=why)


@use_case("wallet.resume_stamp_card")
def resume_stamp_card(act: Act, *, card_id: UUID, why: str = "") -> StampCardMade:
    """Let a stopped card go on. :raises NotAllowed: without the right; :raises NotFound:."""
    return _paused(act, offer_of_the_city(act, StampCard, card_id), is_paused=False, why=why)


@use_case("wallet.pause_shop_stamp_card")
def pause_shop_stamp_card(act: Act, *, shop_id: UUID, card_id: UUID) -> StampCardMade:
    """Stop a card of one's own shop. :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    return _paused(act, offer_of_a_shop(act, StampCard, shop_id, card_id), is_paused=True)


@use_case("wallet.resume_shop_stamp_card")
def resume_shop_stamp_card(act: Act, *, shop_id: UUID, card_id: UUID) -> StampCardMade:
    """Let a stopped card of one's own shop go on. :raises NotFound: for others'; :raises NotAllowed: where they may not."""
    return _paused(act, offer_of_a_shop(act, StampCard, shop_id, card_id), is_paused=False)


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


def _paused(act: Act, row: StampCard, *, is_paused: bool, why: str = "") -> StampCardMade:
    return StampCardMade(id=row.pk, is_paused=set_paused(act, row, is_paused=is_paused, named="card_id", why=why))
