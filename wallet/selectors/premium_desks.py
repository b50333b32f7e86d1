"""Campaigns that sell coins with a bonus, as their officer sees them."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Sum

from kernel import draw
from wallet.engine.premium import bonus_of
from wallet.models import OPEN_CLAIM, Premium, PremiumApplication, PremiumShare
from wallet.selectors.campaigns import campaign_state
from wallet.selectors.premium import PremiumOffer, premium_named, premiums, shape_offer


class PartyDesk(msgspec.Struct, frozen=True):
    """One of three parties: who keeps its halves, and what is still missing."""

    number: int
    name: str
    value_sha256: str
    keepers: list[str]
    kept: list[bool]
    has_spoken: bool
    is_recovered: bool


class PremiumDesk(msgspec.Struct, frozen=True):
    """A campaign as its officer sees it; ``funded`` is the budget, ``paid`` what went from it, in percent ``share``.

    ``being_paid`` of the units that were sold wait for a payment by card.
    """

    id: UUID
    campaign_id: UUID
    name: str
    offer: PremiumOffer
    whole: int
    funded: int
    paid: int
    budget_left: int
    share: int
    sold: int
    being_paid: int
    applications: int
    wished: int
    allotted: int
    bought: int
    draw_state: str
    draw_at: datetime | None
    tickets_sha256: str | None
    source: str
    parties: list[PartyDesk]
    is_ended: bool


def desks(*, at: datetime) -> list[PremiumDesk]:
    """Return the campaigns as the list of officers shows them, newest first."""
    return [_desk(row, at=at) for row in premiums()[:50]]


def desk_of(premium_id: UUID, *, at: datetime) -> PremiumDesk:
    """Return one campaign for its officer; :raises NotFound:"""
    return _desk(premium_named(premium_id), at=at)


def _desk(row: Premium, *, at: datetime) -> PremiumDesk:
    budget = campaign_state(row.campaign_id)
    paid = budget.spent - row.campaign.account.balance.held
    live = PremiumApplication.objects.filter(premium=row, withdrawn_at=None)
    shares = PremiumShare.objects.filter(premium=row).aggregate(cap=Sum("cap"), bought=Sum("bought"))
    held = draw.draw_named(row.draw_id) if row.draw_id else None
    return PremiumDesk(
        id=row.pk,
        name=row.name,
        offer=shape_offer(row, None, at=at),
        whole=row.unit_yen + bonus_of(row.unit_yen, row.rate_bp),
        campaign_id=row.campaign_id,
        funded=budget.funded,
        paid=paid,
        budget_left=budget.left,
        share=paid * 100 // budget.funded if budget.funded else 0,
        sold=row.sold,
        being_paid=row.claims.filter(OPEN_CLAIM).aggregate(total=Sum("units"))["total"] or 0,
        applications=live.count(),
        wished=live.aggregate(total=Sum("wished"))["total"] or 0,
        allotted=shares["cap"] or 0,
        bought=shares["bought"] or 0,
        draw_state=held.state if held else "",
        draw_at=held.draw_at if held else None,
        tickets_sha256=held.tickets_sha256 if held else None,
        source=held.source if held else "",
        parties=_parties(row.draw_id) if row.draw_id else [],
        is_ended=row.ended_at is not None,
    )


def _parties(draw_id: UUID) -> list[PartyDesk]:
    parties = draw.parties_of(draw_id)
    names = [party.name for party in parties]
    return [
        PartyDesk(
            number=party.number,
            name=party.name,
            value_sha256=party.value_sha256,
            keepers=[names[party.number % 3], names[(party.number + 1) % 3]],
            kept=[party.half_1_kept_at is not None, party.half_2_kept_at is not None],
            has_spoken=party.value is not None,
            is_recovered=party.is_recovered,
        )
        for party in parties
    ]
