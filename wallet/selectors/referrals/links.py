"""Links of referrals, what came of them, and who brought whom, as far as each may know."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from kernel.ids import token_hash
from kernel.keys import unseal_message
from kernel.principal import Principal
from wallet.engine.referrals import ReferralRule, read_referral_rule
from wallet.engine.rewards import Gift
from wallet.errors import NoWallet, ReferralUnknown
from wallet.models import Referral, ReferralCampaign, ReferralLink, Reward
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.sending import derived_token, link_to, token_in

SAID = "wallet.referral.said"
SIGNS = 20
State = Literal["entered", "lapsed", "earned", "waiting", "undone"]


class OwnLink(msgspec.Struct, frozen=True):
    """One's own link to share; ``said`` is all that a newcomer learns of who shares it."""

    link: str
    said: str


class Brought(msgspec.Struct, frozen=True):
    """What came of one newcomer, who is not named. ``waiting``: earned, and one's own reward is still to come."""

    id: UUID
    state: State
    entered_at: datetime
    pay_until: datetime


class BroughtBy(msgspec.Struct, frozen=True):
    """The code that one entered oneself, and what is left to do: pay ``first_payment`` yen at once before ``pay_until``."""

    id: UUID
    said: str
    state: State
    first_payment: int
    pay_until: datetime
    reward: Gift


class ReferralOffer(msgspec.Struct, frozen=True):
    """A campaign that runs, with one's own link where one has shared it and what came of it."""

    id: UUID
    title: str
    title_en: str
    for_referrer: Gift
    for_newcomer: Gift
    level: int
    first_payment: int
    within_days: int
    per_referrer: int
    ends_at: datetime
    link: OwnLink | None
    brought: list[Brought]


class ReferralOffers(msgspec.Struct, frozen=True):
    """The campaigns that run, and by whom one was brought oneself."""

    results: list[ReferralOffer]
    brought_by: BroughtBy | None


class ReferralSeen(msgspec.Struct, frozen=True):
    """What a code stands for, before it is entered."""

    title: str
    title_en: str
    said: str
    for_newcomer: Gift
    level: int
    first_payment: int
    within_days: int
    ends_at: datetime


def referral_rule(row: ReferralCampaign) -> ReferralRule:
    """Return a campaign's rule."""
    return read_referral_rule(row.rule)


def live_campaigns(*, at: datetime) -> "QuerySet[ReferralCampaign]":
    """Return the campaigns that take codes now, what ends first above."""
    rows = ReferralCampaign.objects.filter(starts_at__lte=at, ends_at__gt=at, paused_at=None)
    return rows.order_by("ends_at", "id")


def live_link(code: str, *, at: datetime) -> ReferralLink:
    """Return the link behind a code or an address; :raises ReferralUnknown: where there is none, or its campaign is over."""
    rows = ReferralLink.objects.select_related("referral_campaign")
    row = rows.filter(hash=token_hash(token_in(code)), referral_campaign__in=live_campaigns(at=at)).first()
    if row is None:
        raise ReferralUnknown
    return row


def own_link(row: ReferralLink) -> OwnLink:
    """Return a link to whose it is."""
    return OwnLink(link_to("referral", derived_token("referral", row.pk)), said_on(row))


def said_on(row: ReferralLink) -> str:
    """Return what who shares a link lets newcomers read."""
    return unseal_message(bytes(row.said), SAID).decode() if row.said else ""


def earned_by(accounts: Sequence[UUID], campaign_id: UUID) -> "QuerySet[Referral]":
    """Return the referrals of a campaign by which a person has earned."""
    mine = Referral.objects.filter(link__account_id__in=accounts, link__referral_campaign_id=campaign_id)
    return mine.filter(earned_at__isnull=False, undone_at=None)


def taken_by(accounts: Sequence[UUID], campaign_id: UUID, *, at: datetime) -> "QuerySet[Referral]":
    """Return those that count towards a referrer's cap: earned, or entered and still to be earned."""
    mine = Referral.objects.filter(link__account_id__in=accounts, link__referral_campaign_id=campaign_id)
    return mine.filter(Q(earned_at__isnull=False, undone_at=None) | Q(earned_at=None, pay_until__gt=at))


def look_at_referral(code: str, *, at: datetime) -> ReferralSeen:
    """Return what a code offers; :raises ReferralUnknown:."""
    link = live_link(code, at=at)
    campaign, rule = link.referral_campaign, referral_rule(link.referral_campaign)
    return ReferralSeen(
        campaign.title, campaign.title_en, said_on(link), rule.for_newcomer, rule.level, rule.first_payment,
        rule.within_days, rule.ends_at,
    )  # fmt: skip


def my_referrals(principal: Principal, *, at: datetime) -> ReferralOffers:
    """Return the campaigns that run, one's links and what came of them; and whose code one entered."""
    own = _own_accounts(principal)
    links = {
        row.referral_campaign_id: row for row in ReferralLink.objects.filter(account_id__in=own).order_by("-created_at")
    }
    mine = Referral.objects.filter(link__account_id__in=own).select_related("link").order_by("-entered_at", "-id")
    rows, given = list(mine[:200]), _given_to(own)
    offers = [
        _offer(row, links.get(row.pk), [each for each in rows if each.link.referral_campaign_id == row.pk], given, at)
        for row in live_campaigns(at=at)
    ]
    by = Referral.objects.select_related("link__referral_campaign").filter(newcomer_id__in=own).first()
    return ReferralOffers(offers, None if by is None else brought_by(by, at=at, given=given))


def brought_by(row: Referral, *, at: datetime, given: frozenset[UUID] = frozenset()) -> BroughtBy:
    """Return one's own entering of a code."""
    rule = referral_rule(row.link.referral_campaign)
    return BroughtBy(
        row.pk, said_on(row.link), state_of(row, given, at), rule.first_payment, row.pay_until, rule.for_newcomer
    )  # fmt: skip


def state_of(row: Referral, given: frozenset[UUID], at: datetime) -> State:
    """Return what became of a referral; ``given`` are those by which the reader has a reward."""
    if row.undone_at is not None:
        return "undone"
    if row.earned_at is not None:
        return "earned" if row.pk in given else "waiting"
    return "entered" if row.pay_until > at else "lapsed"


def _offer(
    row: ReferralCampaign, link: ReferralLink | None, brought: list[Referral], given: frozenset[UUID], at: datetime
) -> ReferralOffer:
    rule = referral_rule(row)
    return ReferralOffer(
        id=row.pk, title=row.title, title_en=row.title_en, for_referrer=rule.for_referrer,
        for_newcomer=rule.for_newcomer, level=rule.level, first_payment=rule.first_payment,
        within_days=rule.within_days, per_referrer=rule.per_referrer, ends_at=rule.ends_at,
        link=own_link(link) if link else None,
        brought=[Brought(each.pk, state_of(each, given, at), each.entered_at, each.pay_until) for each in brought],
    )  # fmt: skip


def _given_to(accounts: Sequence[UUID]) -> frozenset[UUID]:
    rows = Reward.objects.filter(source=Reward.Source.REFERRAL, account_id__in=accounts, ended_at=None)
    return frozenset(rows.values_list("source_id", flat=True))


def _own_accounts(principal: Principal) -> list[UUID]:
    try:
        return accounts_behind(account_of(principal))
    except NoWallet:
        return []
