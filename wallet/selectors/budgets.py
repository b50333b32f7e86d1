"""A campaign's account as its administrator sees it: what came in and went out, why, and what was left after each."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Q

from wallet.models import CampaignFunding, JournalKind, Posting
from wallet.selectors.campaigns import campaign_state

SHOWN = 200


class BudgetMove(msgspec.Struct, frozen=True):
    """One movement of a budget; ``amount`` is below zero where it went out, ``left`` is what stood after it."""

    at: datetime
    kind: str
    amount: int
    left: int
    why: str


def budget_moves(campaign_id: UUID, *, most: int = SHOWN) -> list[BudgetMove]:
    """Return the newest movements of a campaign's account, the newest first; :raises NotFound:"""
    budget = campaign_state(campaign_id)
    account, left = budget.account_id, budget.left
    rows = list(
        Posting.objects.filter(Q(debit_id=account) | Q(credit_id=account))
        .select_related("journal")
        .order_by("-journal_id", "-line")[:most]
    )
    funded = CampaignFunding.objects.filter(journal_id__in=[row.journal_id for row in rows])
    why = dict(funded.values_list("journal_id", "why"))
    moves = []
    for row in rows:
        amount = row.amount if row.credit_id == account else -row.amount
        kind = str(JournalKind(row.journal.kind).label)
        moves.append(BudgetMove(row.journal.at, kind, amount, left, why.get(row.journal_id, "")))
        left -= amount
    return moves
