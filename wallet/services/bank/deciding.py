"""Officers decide on money that is nobody's yet: into an account, back to its sender, or no matter of coins.

Above a threshold one proposes and another decides. Locks: the movement, then the balance.
"""

from typing import Any
from uuid import UUID

from django.conf import settings

from kernel.ids import new_id
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.bank_results import LineName, ProposalMade
from wallet.errors import AnotherOfficerNeeded, BankDeedIncomplete, BankLineDecided, NoSuchAccount
from wallet.models import BankLine, BankLineDeed, BankLineProposal, BankLineState
from wallet.selectors.bank import RIGHT, resident_account_named
from wallet.selectors.bank_files import sender_name
from wallet.services.bank.booking import lock_line, turn_into_coins

_ENDS = {BankLineDeed.RETURN: BankLineState.RETURNED, BankLineDeed.ASIDE: BankLineState.ASIDE}


@use_case("wallet.look_at_bank_line")
def look_at_bank_line(act: Act, *, line_id: UUID) -> LineName:
    """Open the sender's name of a movement, for an officer who looks for whose it is; that they looked is in the audit log.

    :raises NotAllowed: :raises NotFound:
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = BankLine.objects.filter(pk=line_id).first()
    if row is None:
        raise NotFound
    act.audit(what={"line_id": str(row.pk)})
    return LineName(sender_name(row))


@use_case("wallet.propose_for_bank_line", key=Key.REQUIRED, status=201)
def propose_for_bank_line(
    act: Act, *, line_id: UUID, deed: str, reason: str, about: str = "", reference: str = ""
) -> ProposalMade:
    """Say what is to become of an open movement; up to the threshold that is done at once, above it another officer decides.

    ``about`` names the account (transfer code, receipt or id) to ``assign`` to, ``reference`` is the bank's of a ``return``.

    :raises NotAllowed: :raises NotFound: :raises BankDeedIncomplete: :raises NoSuchAccount: :raises BankLineDecided:
    :raises LimitBalance: :raises AccountClosed: :raises AccountFrozen: where the account cannot take it.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    is_return = deed == BankLineDeed.RETURN
    if deed not in BankLineDeed.values or not reason.strip() or (is_return and not reference.strip()):
        raise BankDeedIncomplete
    account_id = resident_account_named(about) if deed == BankLineDeed.ASSIGN else None
    if deed == BankLineDeed.ASSIGN and account_id is None:
        raise NoSuchAccount
    line = lock_line(line_id)
    if line.state != BankLineState.OPEN or line.proposals.filter(decided_at=None).exists():
        raise BankLineDecided
    row = BankLineProposal.objects.create(
        id=new_id(act.at), line=line, deed=deed, account_id=account_id,
        reference=reference.strip() if is_return else "", reason=reason.strip(),
        needs_two=line.amount > settings.TRANSFERS["two_above"], proposed_by=act.principal.actor, proposed_at=act.at,
    )  # fmt: skip
    if not row.needs_two:
        _carry_out(act, row, line)
    act.audit(what=_ids(row) | {"needs_two": row.needs_two}, why=row.reason)
    return ProposalMade(row.pk, line.pk, row.deed, row.is_accepted)


@use_case("wallet.decide_bank_proposal", key=Key.REQUIRED)
def decide_bank_proposal(act: Act, *, proposal_id: UUID, accept: bool) -> ProposalMade:
    """Carry a colleague's proposal out, or turn it down; one's own may be taken back.

    :raises NotAllowed: :raises NotFound: :raises BankLineDecided: :raises AnotherOfficerNeeded: for who would accept their own;
    refusals of the account as in :func:`propose_for_bank_line`.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    found = BankLineProposal.objects.filter(pk=proposal_id).first()
    if found is None:
        raise NotFound
    line = lock_line(found.line_id)
    row = BankLineProposal.objects.select_for_update().get(pk=proposal_id)
    if row.decided_at is not None or line.state != BankLineState.OPEN:
        raise BankLineDecided
    if accept and row.proposed_by == act.principal.actor:
        raise AnotherOfficerNeeded
    if accept:
        _carry_out(act, row, line)
    else:
        _decide(act, row, is_accepted=False)
    act.audit(what=_ids(row) | {"accept": accept}, why=row.reason)
    return ProposalMade(row.pk, line.pk, row.deed, row.is_accepted)


def _carry_out(act: Act, row: BankLineProposal, line: BankLine) -> None:
    if row.account_id is not None:
        turn_into_coins(act, line, row.account_id)
    else:
        line.state, line.done_at = _ENDS[BankLineDeed(row.deed)], act.at
        line.save(update_fields=["state", "done_at"])
    _decide(act, row, is_accepted=True)


def _decide(act: Act, row: BankLineProposal, *, is_accepted: bool) -> None:
    row.is_accepted, row.decided_by, row.decided_at = is_accepted, act.principal.actor, act.at
    row.save(update_fields=["is_accepted", "decided_by", "decided_at"])


def _ids(row: BankLineProposal) -> dict[str, Any]:
    return {"line_id": str(row.line_id), "proposal_id": str(row.pk), "deed": row.deed}
