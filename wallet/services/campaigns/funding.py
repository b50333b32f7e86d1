"""Budgets: a campaign is opened, funded from what the city issues, drawn from, and gives back what is left.

The balance row is the cap. Whoever pays from a campaign locks its balance last of all: after residents' and merchants' balances,
and after coupons (``docs/algorithms/ledger.md``).
"""

from uuid import UUID

from django.db.models import F

from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.results import CampaignState
from wallet.errors import CampaignClosed, CampaignSpent
from wallet.models import SOURCES, Account, AccountKind, Balance, Campaign, CampaignFunding, JournalKind
from wallet.selectors.campaigns import campaign_state
from wallet.services.books import check_amount, open_journal, post

FUND = "wallet.fund_campaigns"


@use_case("wallet.open_campaign", key=Key.REQUIRED, status=201)
def open_campaign(act: Act, *, name: str, amount: int = 0, why: str = "") -> CampaignState:
    """Open a campaign with an account of its own, and fund it at once where an amount is given.

    :raises NotAllowed: without the right ``wallet.fund_campaigns``; :raises AmountInvalid:.
    """
    _check_right(act.principal)
    account = Account.objects.create(id=new_id(act.at), kind=AccountKind.CAMPAIGN, opened_at=act.at)
    Balance.objects.create(account=account)
    row = Campaign.objects.create(id=new_id(act.at), account=account, name=name, opened_at=act.at)
    if amount:
        _fund(act, row, amount, why or name)
    act.audit(what={"campaign_id": str(row.pk), "amount": amount}, why=why)
    return campaign_state(row.pk)


@use_case("wallet.fund_campaign", key=Key.REQUIRED, status=201)
def fund_campaign(act: Act, *, campaign_id: UUID, amount: int, why: str) -> CampaignState:
    """Raise a campaign's budget by so much. Locks: the campaign.

    :raises NotAllowed: without the right; :raises NotFound: :raises CampaignClosed: :raises AmountInvalid:.
    """
    row = _open_campaign(act.principal, campaign_id)
    _fund(act, row, amount, why)
    act.audit(what={"campaign_id": str(row.pk), "amount": amount}, why=why)
    return campaign_state(row.pk)


@use_case("wallet.return_campaign_rest", key=Key.REQUIRED, status=201)
def return_rest(act: Act, *, campaign_id: UUID, amount: int | None = None, why: str) -> CampaignState:
    """Take so much of a campaign's budget back, or all that is left. Locks: the campaign, its balance.

    A closed one may still return what refunds bring back to it.

    :raises NotAllowed: :raises NotFound: :raises AmountInvalid: as above; :raises CampaignSpent: where less is left.
    """
    row = _locked_campaign(act.principal, campaign_id)
    left = Balance.objects.select_for_update().get(pk=row.account_id).amount
    amount = left if amount is None else amount
    check_amount(amount)
    draw_from_campaign(row.account_id, amount)
    _note(act, row, amount, why, is_return=True)
    act.audit(what={"campaign_id": str(row.pk), "amount": -amount}, why=why)
    return campaign_state(row.pk)


@use_case("wallet.close_campaign")
def close_campaign(act: Act, *, campaign_id: UUID, why: str) -> CampaignState:
    """End a campaign: nothing is funded any more. What is left stays until :func:`return_rest` takes it.

    :raises NotAllowed: :raises NotFound: :raises CampaignClosed:.
    """
    row = _open_campaign(act.principal, campaign_id)
    row.closed_at = act.at
    row.save(update_fields=["closed_at"])
    act.audit(what={"campaign_id": str(row.pk)}, why=why)
    return campaign_state(row.pk)


def draw_from_campaign(account_id: UUID, amount: int) -> None:
    """Lower a campaign's balance by ``amount`` if so much is left; one conditional UPDATE locks and decides.

    The caller books it, in the same transaction. No join stands in it: the row is looked at again once its lock is had, and a
    subquery would not be. :raises CampaignSpent: where less is left.
    """
    rows = Balance.objects.filter(pk=account_id, amount__gte=amount)
    if not rows.update(amount=F("amount") - amount, version=F("version") + 1):
        raise CampaignSpent


def give_back_to_campaign(account_id: UUID, amount: int, *, is_held: bool = False) -> None:
    """Raise a campaign's balance by what came back to it, or what it holds where that may go out again; the caller books it."""
    column = "held" if is_held else "amount"
    Balance.objects.filter(pk=account_id).update(**{column: F(column) + amount}, version=F("version") + 1)


def hold_in_campaign(account_id: UUID, amount: int) -> None:
    """Hold so much of a budget for what is promised and not paid yet; one conditional UPDATE as above. :raises CampaignSpent:"""
    rows = Balance.objects.filter(pk=account_id, amount__gte=amount)
    if not rows.update(amount=F("amount") - amount, held=F("held") + amount, version=F("version") + 1):
        raise CampaignSpent


def let_go_in_campaign(account_id: UUID, held: int, *, back: int) -> None:
    """End the holding of so much in a budget; ``back`` of it may be spent again, and the caller books the rest."""
    rows = Balance.objects.filter(pk=account_id)
    rows.update(held=F("held") - held, amount=F("amount") + back, version=F("version") + 1)


def _fund(act: Act, row: Campaign, amount: int, why: str) -> None:
    check_amount(amount)
    give_back_to_campaign(row.account_id, amount)
    _note(act, row, amount, why, is_return=False)


def _note(act: Act, row: Campaign, amount: int, why: str, *, is_return: bool) -> None:
    """Book the change of a budget, and write down why."""
    journal = open_journal(act, JournalKind.FUND)
    issuance = SOURCES[AccountKind.ISSUANCE]
    debit, credit = (row.account_id, issuance) if is_return else (issuance, row.account_id)
    post(journal, debit=debit, credit=credit, amount=amount)
    CampaignFunding.objects.create(
        id=new_id(act.at), campaign=row, journal=journal, amount=amount, is_return=is_return, why=why, at=act.at
    )


def _open_campaign(principal: Principal, campaign_id: UUID) -> Campaign:
    row = _locked_campaign(principal, campaign_id)
    if row.closed_at is not None:
        raise CampaignClosed
    return row


def _locked_campaign(principal: Principal, campaign_id: UUID) -> Campaign:
    _check_right(principal)
    row = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if row is None:
        raise NotFound
    return row


def _check_right(principal: Principal) -> None:
    if not principal.may(FUND):
        raise NotAllowed
