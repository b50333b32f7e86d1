"""Accounts for payouts, masked."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from wallet.engine.settled import PayoutNamed
from wallet.models import BankBranch, PayoutAccount, PayoutState


def payouts_in_force(organisation_ids: Iterable[UUID]) -> dict[UUID, PayoutAccount]:
    """Return the account that each organisation is paid to, verified or with something that came back."""
    rows = PayoutAccount.objects.filter(
        organisation_id__in=list(organisation_ids), state__in=[PayoutState.VERIFIED, PayoutState.RETURNED]
    )
    return {row.organisation_id: row for row in rows}


def payouts_to_decide() -> QuerySet[PayoutAccount]:
    """Return the accounts that wait for an officer, oldest first: new ones, and those that a bank sent something back from."""
    states = [PayoutState.WAITING, PayoutState.RETURNED]
    return PayoutAccount.objects.filter(state__in=states).order_by("registered_at", "id")


def payouts_of(organisation_id: UUID) -> list[PayoutNamed]:
    """Return an organisation's accounts, newest first."""
    rows = PayoutAccount.objects.filter(organisation_id=organisation_id).order_by("-registered_at", "-id")
    return payout_views(rows)


def payout_view(row: PayoutAccount) -> PayoutNamed:
    """Return one account as it may be shown."""
    return payout_views([row])[0]


def payout_views(rows: Iterable[PayoutAccount]) -> list[PayoutNamed]:
    """Return accounts as they may be shown: of the number its end alone."""
    found = list(rows)
    banks = {row.bank_code for row in found}
    branches = {
        (branch.bank_id, branch.code): branch
        for branch in BankBranch.objects.filter(bank_id__in=banks).select_related("bank")
    }
    return [_view(row, branches.get((row.bank_code, row.branch_code))) for row in found]


def _view(row: PayoutAccount, branch: BankBranch | None) -> PayoutNamed:
    return PayoutNamed(
        id=row.pk, organisation_id=row.organisation_id, bank_code=row.bank_code,
        bank_name=branch.bank.name if branch else "", branch_code=row.branch_code,
        branch_name=branch.name if branch else "", account_type=row.account_type,
        number=f"*****{row.number_end}", state=row.state, registered_at=row.registered_at,
    )  # fmt: skip
