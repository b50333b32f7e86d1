"""Making referral campaigns, stopping them and letting them go on."""

from datetime import datetime
from uuid import UUID

import msgspec

from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.referrals import ReferralRule, read_referral_rule
from wallet.errors import CouponPurseMissing, ReferralRuleInvalid
from wallet.models import Campaign, ReferralCampaign
from wallet.services.coupons.making import RUN
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
    if not act.principal.may(RUN):
        raise NotAllowed
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None:
        raise CouponPurseMissing
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
    return _set_paused(act, referral_campaign_id, act.at, why)


@use_case("wallet.resume_referral_campaign")
def resume_referral_campaign(act: Act, *, referral_campaign_id: UUID, why: str = "") -> ReferralMade:
    """Let it go on. :raises NotAllowed: :raises NotFound:."""
    return _set_paused(act, referral_campaign_id, None, why)


def referral_rule_of(data: object) -> ReferralRule:
    """Return the rule that a form's data describe; :raises ReferralRuleInvalid: with what is wrong."""
    try:
        return read_referral_rule(data)
    except msgspec.ValidationError as fault:
        raise ReferralRuleInvalid(detail=str(fault)) from None


def _set_paused(act: Act, row_id: UUID, paused_at: datetime | None, why: str) -> ReferralMade:
    if not act.principal.may(RUN):
        raise NotAllowed
    row = ReferralCampaign.objects.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise NotFound
    if (row.paused_at is None) != (paused_at is None):
        row.paused_at = paused_at
        row.save(update_fields=["paused_at"])
    act.audit(what={"referral_campaign_id": str(row_id), "paused": paused_at is not None}, why=why)
    return ReferralMade(id=row_id, is_paused=paused_at is not None)
