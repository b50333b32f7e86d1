"""Referral campaigns as officers see them: counts, and referrers by a mask where something looks wrong."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Count, F, Q

from kernel.problems import NotFound
from wallet.engine.referrals import ReferralRule
from wallet.models import Referral, ReferralCampaign, ReferralLink, Reward
from wallet.selectors.referrals.links import referral_rule
from wallet.selectors.words import mask_of

MOST = 100


class ReferralRow(msgspec.Struct, frozen=True):
    """One campaign with what became of it; ``borne`` is what its rewards in coins cost less what came back."""

    id: UUID
    title: str
    rule: ReferralRule
    campaign: str
    is_paused: bool
    stock: int | None
    links: int
    entered: int
    lapsed: int
    earned: int
    undone: int
    refused: int
    borne: int


class Referrer(msgspec.Struct, frozen=True):
    """One link by the mask of whose it is: what came of it, and what was refused, by reason."""

    mask: str
    entered: int
    earned: int
    undone: int
    oneself: int
    ring: int
    same_phone: int
    too_many: int

    @property
    def suspicions(self) -> int:
        """How many things look wrong: payments that went back, and codes that were refused."""
        return self.undone + self.oneself + self.ring + self.same_phone + self.too_many


def referral_rows(*, at: datetime) -> list[ReferralRow]:
    """Return all campaigns, newest first."""
    return _rows(list(ReferralCampaign.objects.select_related("campaign").order_by("-created_at", "-id")), at)


def referral_row(row_id: UUID, *, at: datetime) -> ReferralRow:
    """Return one; :raises NotFound: where there is none."""
    rows = _rows(list(ReferralCampaign.objects.select_related("campaign").filter(pk=row_id)), at)
    if not rows:
        raise NotFound
    return rows[0]


def referrers_of(row_id: UUID) -> list[Referrer]:
    """Return the links by which something happened, those first of which most looks wrong, a hundred at the most."""
    reasons = ("oneself", "ring", "same_phone", "too_many")
    refused = {why: Count("refusals", filter=Q(refusals__why=why), distinct=True) for why in reasons}
    links = ReferralLink.objects.filter(referral_campaign_id=row_id).annotate(
        entered=Count("referrals", distinct=True),
        earned=Count(
            "referrals", filter=Q(referrals__earned_at__isnull=False, referrals__undone_at=None), distinct=True
        ),
        undone=Count("referrals", filter=Q(referrals__undone_at__isnull=False), distinct=True),
        **refused,
    )
    names = ("entered", "earned", "undone", *reasons)
    rows = links.filter(Q(entered__gt=0) | Q(refusals__isnull=False)).distinct().order_by("-undone", "-entered", "id")
    found = [
        Referrer(mask_of(account), **dict(zip(names, counts, strict=True)))
        for account, *counts in rows.values_list("account_id", *names)[:MOST]
    ]
    return sorted(found, key=lambda each: -each.suspicions)


def _rows(campaigns: list[ReferralCampaign], at: datetime) -> list[ReferralRow]:
    ids = [row.pk for row in campaigns]
    links = ReferralLink.objects.filter(referral_campaign_id__in=ids).order_by().values("referral_campaign_id")
    numbers = dict(links.annotate(number=Count("id")).values_list("referral_campaign_id", "number"))
    refused = dict(links.annotate(number=Count("refusals")).values_list("referral_campaign_id", "number"))
    entered, undone = _by_campaign(ids, Q()), _by_campaign(ids, Q(undone_at__isnull=False))
    lapsed, borne = _by_campaign(ids, Q(earned_at=None, pay_until__lte=at)), _borne(ids)
    return [
        ReferralRow(
            id=row.pk, title=row.title, rule=referral_rule(row), campaign=row.campaign.name,
            is_paused=row.paused_at is not None, stock=row.stock, links=numbers.get(row.pk, 0),
            entered=entered.get(row.pk, 0), lapsed=lapsed.get(row.pk, 0), earned=row.rewarded,
            undone=undone.get(row.pk, 0), refused=refused.get(row.pk, 0), borne=borne.get(row.pk, 0),
        )
        for row in campaigns
    ]  # fmt: skip


def _borne(ids: list[UUID]) -> dict[UUID, int]:
    """Return what the rewards in coins that stand cost, by campaign."""
    of = dict(
        Referral.objects.filter(link__referral_campaign_id__in=ids).values_list("pk", "link__referral_campaign_id")
    )
    rewards = Reward.objects.filter(source=Reward.Source.REFERRAL, ended_at=None, top_up__isnull=False)
    costs: dict[UUID, int] = {}
    for source, yen in rewards.filter(source_id__in=of).values_list("source_id", "top_up__bonus"):
        costs[of[source]] = costs.get(of[source], 0) + yen
    return costs


def _by_campaign(ids: list[UUID], which: Q) -> dict[UUID, int]:
    rows = Referral.objects.filter(which, link__referral_campaign_id__in=ids).order_by()
    summed = rows.values(campaign=F("link__referral_campaign_id")).annotate(number=Count("id"))
    return dict(summed.values_list("campaign", "number"))
