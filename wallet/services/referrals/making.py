"""Making referral campaigns, stopping them and letting them go on."""

from uuid import UUID

import msgspec

from kernel.ids import new_id
from kernel.use_case import Act, Key, use_case
from wallet.engine.referrals import ReferralRule, read_referral_rule
from wallet.errors import ReferralRuleInvalid
from wallet.models import ReferralCampaign
from wallet.services.offers import offer_of_the_city, purse_of_the_city, set_paused
from wallet.services.rewards import check_gift


class ReferralMade(msgspec.Struct, frozen=True):
    """The referral campaign that was made, or stopped, or started again."""

    id: UUID
    is_paused: bool = False


@use_case("wallet.make_referral_campaign", key=Key.REQUIRED, status=201)
def make_referral_campaign(
    act: Act, *, title: str, title_en: str, rule: ReferralRule, campaign_id: UUID, why: str = ""
) -> ReferralMade:
    """Let residents bring newcomers, at the cost of a campaign.

    :raises NotAllowed: without the right ``wallet.run_coupons``; :raises CouponPurseMissing: :raises CampaignClosed:
    :raises RewardCouponUnfit: as for stamp cards.
    """
    campaign = purse_of_the_city(act, campaign_id)
    for gift in (rule.for_referrer, rule.for_newcomer):
        check_gift(gift, campaign)
    said = msgspec.to_builtins(rule)
    row = ReferralCampaign.objects.create(
        id=new_id(act.at), title=title, title_en=title_en, rule=said, campaign=campaign, starts_at=rule.starts_at,
        ends_at=rule.ends_at, stock=rule.stock, created_at=act.at, created_by=act.principal.actor,
    )  # fmt: skip
    act.audit(what={"referral_campaign_id": str(row.pk), "rule": said}, why=why)
    return ReferralMade(id=row.pk)


@use_case("wallet.pause_referral_campaign")
def pause_referral_campaign(act: Act, *, referral_campaign_id: UUID, why: str = "") -> ReferralMade:
    """Stop it: no code is taken from now on; who has entered one may still earn. :raises NotAllowed: :raises NotFound:."""
    return _paused(act, referral_campaign_id, is_paused=True, why=why)


@use_case("wallet.resume_referral_campaign")
def resume_referral_campaign(act: Act, *, referral_campaign_id: UUID, why: str = "") -> ReferralMade:
    """Let it go on. :raises NotAllowed: :raises NotFound:."""
    return _paused(act, referral_campaign_id, is_paused=False, why=why)


def referral_rule_of(data: object) -> ReferralRule:
    """Return the rule that a form's data describe; :raises ReferralRuleInvalid: with what is wrong."""
    try:
        return read_referral_rule(data)
    except msgspec.ValidationError as fault:
        raise ReferralRuleInvalid(detail=str(fault)) from None


def _paused(act: Act, row_id: UUID, *, is_paused: bool, why: str) -> ReferralMade:
    row = offer_of_the_city(act, ReferralCampaign, row_id)
    return ReferralMade(
        id=row.pk, is_paused=set_paused(act, row, is_paused=is_paused, named="referral_campaign_id", why=why)
    )
