"""A newcomer enters a code, once for ever. Locks: both balances, by account id: so no two can bring one another at once."""

from datetime import timedelta
from uuid import UUID

from accounts.selectors import share_a_phone
from kernel.assurance import require
from kernel.clock import jst_date, jst_midnight
from kernel.ids import new_id
from kernel.use_case import Act, use_case
from wallet.engine.referrals import SUSPECT, NotTaken, ReferralRule
from wallet.errors import NOT_TAKEN, NoWallet, ReferralNotTaken
from wallet.models import Payment, Referral, ReferralLink, ReferralRefusal
from wallet.selectors.accounts import accounts_behind, holder_of, standing_for
from wallet.selectors.referrals.links import BroughtBy, brought_by, live_link, referral_rule, taken_by
from wallet.services import balances
from wallet.services.opening import open_account


@use_case("wallet.enter_referral", status=201)
def enter_referral(act: Act, *, code: str) -> BroughtBy:
    """Take a code from whoever is new: known as the campaign asks since it began, and without a payment so far.

    The same code again does no harm.

    :raises ReferralUnknown: :raises StepUpRequired: for who is not known surely enough; :raises NoWallet: :raises
    ReferralNotTaken: where it is one's own, of a ring, of the same phone, for nobody new, a second one, one too many, or over.
    """
    link = live_link(code, at=act.at)
    rule = referral_rule(link.referral_campaign)
    require(act.principal, at=act.at, account=rule.level)
    if act.principal.subject is None:
        raise NoWallet
    newcomer = open_account(act, resident_id=act.principal.subject).id
    referrer = standing_for(link.account_id)
    balances.lock(newcomer, referrer)
    before = Referral.objects.filter(newcomer_id=newcomer, link=link).first()
    if before is not None:
        return brought_by(before, at=act.at)
    why = _why_not(act, link, rule, newcomer=newcomer, referrer=referrer)
    if why is not None:
        raise ReferralNotTaken(why=why, detail=str(NOT_TAKEN[why]))
    row = Referral.objects.create(
        id=new_id(act.at), link=link, newcomer_id=newcomer, entered_at=act.at,
        pay_until=act.at + timedelta(days=rule.within_days),
    )  # fmt: skip
    act.audit(what={"referral_id": str(row.pk), "account_id": str(newcomer), "link_id": str(link.pk)})
    return brought_by(row, at=act.at)


@use_case("wallet.note_referral_refusal")
def note_refusal(act: Act, *, code: str, why: str) -> None:
    """Write down for the officers that a link's code was tried where it may not be; not by whom."""
    if why in SUSPECT:
        link = live_link(code, at=act.at)
        ReferralRefusal.objects.create(id=new_id(act.at), link=link, why=why, at=act.at)
        act.audit(what={"link_id": str(link.pk), "why": why})


def _why_not(act: Act, link: ReferralLink, rule: ReferralRule, *, newcomer: UUID, referrer: UUID) -> NotTaken | None:
    own, theirs = accounts_behind(newcomer), accounts_behind(referrer)
    if referrer == newcomer or set(own) & set(theirs):
        return "oneself"
    if Referral.objects.filter(newcomer_id__in=own).exists():
        return "already_referred"
    if Referral.objects.filter(link__account_id__in=own).exists():
        return "ring"  # whoever has brought others is nobody new: so no chain can close
    if _is_known(act, rule, own):
        return "not_new"
    if _on_one_phone(act, referrer):
        return "same_phone"
    return _why_no_more(act, link, rule, theirs)


def _is_known(act: Act, rule: ReferralRule, own: list[UUID]) -> bool:
    since = act.principal.account_level_since
    return since is None or since < rule.starts_at or Payment.objects.filter(account_id__in=own).exists()


def _on_one_phone(act: Act, referrer: UUID) -> bool:
    holder, me = holder_of(referrer), act.principal.subject
    return holder is not None and me is not None and share_a_phone(holder, me)


def _why_no_more(act: Act, link: ReferralLink, rule: ReferralRule, theirs: list[UUID]) -> NotTaken | None:
    """Hold the referrer's caps; a code that was entered keeps a place while its newcomer may still pay."""
    rows = taken_by(theirs, link.referral_campaign_id, at=act.at)
    since = jst_midnight(jst_date(act.at))
    today = Referral.objects.filter(link__account_id__in=theirs, entered_at__gte=since)
    if today.count() >= rule.per_day:
        return "too_many"
    campaign = link.referral_campaign
    is_over = rows.count() >= rule.per_referrer or campaign.rewarded == campaign.stock
    return "over" if is_over else None
