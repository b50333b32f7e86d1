"""What came in becomes coins, each movement once, under a key of its own; what cannot is open (仮受) until an officer decides."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.notifications import Value
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.bank_results import LineBooked
from wallet.engine.transfer_codes import code_in
from wallet.errors import AccountClosed, AccountFrozen, LimitBalance, WalletRefusal
from wallet.models import BankLine, BankLineState, OpenReason, TopUpKind
from wallet.selectors.bank import account_of_code
from wallet.selectors.bank_files import sender_name
from wallet.services.freezing import desk
from wallet.services.telling import tell_holder
from wallet.services.topping_up import Issue, issue_to_account

_WHY_OPEN: dict[type[WalletRefusal], OpenReason] = {
    LimitBalance: OpenReason.LIMIT,
    AccountClosed: OpenReason.CLOSED,
    AccountFrozen: OpenReason.FROZEN,
}


def book_bank_lines(*, at: datetime, most: int = 10_000) -> int:
    """Book what waits, oldest first, each movement in a transaction of its own; return how many were looked at.

    Killed in the middle, or run by two at once, the next run goes on: a movement is looked at once.
    """
    rows = BankLine.objects.filter(state=BankLineState.WAITING, entries__statement=F("statement"))
    waiting = list(rows.order_by("booked_on", "statement", "entries__number").values_list("pk", flat=True)[:most])
    for line_id in waiting:
        book_bank_line(Act(SYSTEM, at=at, key=f"bank-line/{line_id}"), line_id=line_id)
    return len(waiting)


@use_case("wallet.book_bank_line", key=Key.REQUIRED)
def book_bank_line(act: Act, *, line_id: UUID) -> LineBooked:
    """Turn one movement into the paid coins of whose code it carries, or leave it open and say why.

    Locks: the movement, then the balance.

    :raises NotAllowed: for people: an officer decides on what is open alone.
    """
    if act.principal is not SYSTEM:
        raise NotAllowed
    row = lock_line(line_id)
    if row.state == BankLineState.WAITING:
        _match(act, row)
    act.audit(what={"line_id": str(row.pk), "state": row.state, "reason": row.reason})
    return LineBooked(row.pk, row.state, row.reason)


def lock_line(line_id: UUID) -> BankLine:
    """Lock a movement: the first lock of whatever is done with it; :raises NotFound:"""
    row = BankLine.objects.select_for_update().filter(pk=line_id).first()
    if row is None:
        raise NotFound
    return row


def turn_into_coins(act: Act, row: BankLine, account_id: UUID) -> None:
    """Issue the movement's amount to an account and tell the person; refusals as in :func:`issue_to_account`."""
    receipt = issue_to_account(act, Issue(TopUpKind.BANK, account_id, row.amount))
    row.state, row.account_id, row.top_up_id, row.done_at = BankLineState.BOOKED, account_id, receipt.id, act.at
    row.save(update_fields=["state", "account", "top_up", "done_at"])
    _tell(act, row, "wallet.transfer_arrived", {"amount": row.amount})


def _match(act: Act, row: BankLine) -> None:
    code, why = code_in(sender_name(row))
    account = account_of_code(code) if code else None
    if not row.is_final or account is None:
        _leave_open(row, OpenReason.NOT_FINAL if not row.is_final else OpenReason(why or OpenReason.UNKNOWN_CODE))
        return
    try:
        turn_into_coins(act, row, account.pk)
    except tuple(_WHY_OPEN) as refusal:  # nothing is written before it is refused
        row.account = account
        _leave_open(row, _WHY_OPEN[type(refusal)])
        _tell(act, row, "wallet.transfer_waits", {"amount": row.amount, "desk": desk()})


def _leave_open(row: BankLine, reason: OpenReason) -> None:
    row.state, row.reason = BankLineState.OPEN, reason
    row.save(update_fields=["state", "reason", "account"])


def _tell(act: Act, row: BankLine, message: str, values: dict[str, Value]) -> None:
    assert row.account_id is not None  # noqa: S101 - just set
    tell_holder(act, account_id=row.account_id, message=message, values=values, dedupe=row.pk)
