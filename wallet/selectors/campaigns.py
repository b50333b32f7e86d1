"""Campaigns and what is left of their budgets."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from kernel.problems import NotFound
from wallet.engine.results import CampaignState
from wallet.models import Campaign, CampaignFunding


def campaigns() -> "QuerySet[Campaign]":
    """Return all, newest first; :func:`shape_campaign` shapes a row."""
    return (
        Campaign.objects.select_related("account__balance")
        .annotate(
            given=Coalesce(_total(is_return=False), 0),
            back=Coalesce(_total(is_return=True), 0),
        )
        .order_by("-opened_at", "-id")
    )


def campaign_state(campaign_id: UUID) -> CampaignState:
    """Return one campaign as it stands; :raises NotFound: where there is none."""
    row = campaigns().filter(pk=campaign_id).first()
    if row is None:
        raise NotFound
    return shape_campaign(row)


def shape_campaign(row: Campaign) -> CampaignState:
    """Return one row of :func:`campaigns`."""
    funded = row.given - row.back  # type: ignore[attr-defined]
    return CampaignState(
        id=row.pk,
        account_id=row.account_id,
        name=row.name,
        funded=funded,
        left=row.account.balance.amount,
        spent=funded - row.account.balance.amount,
        is_open=row.closed_at is None,
    )


def _total(*, is_return: bool) -> Subquery:
    rows = CampaignFunding.objects.filter(campaign=OuterRef("pk"), is_return=is_return).order_by().values("campaign")
    return Subquery(rows.annotate(total=Sum("amount")).values("total")[:1])
