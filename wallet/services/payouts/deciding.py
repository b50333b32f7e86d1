"""Two officers decide on a payout: one opens it with case, reason and evidence, another approves. By bank the coins are taken then.

Locks: payouts as a whole where there is a ceiling (an advisory lock), the payout, then the balance.
"""

from uuid import UUID

from django.db import connection

from accounts.notifications import Value
from kernel.clock import jst_date
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.lots import spend
from wallet.engine.payout_results import BankAccount, PayoutNow
from wallet.engine.payouts import CASES
from wallet.errors import (
    AccountFrozen,
    NoSuchAccount,
    PaidCoinsShort,
    PayoutDecided,
    PayoutIncomplete,
    PayoutNotAllowed,
    PayoutOverCeiling,
    SecondPersonNeeded,
)
from wallet.models import (
    SOURCES,
    AccountKind,
    Balance,
    CoinPayout,
    CoinPayoutState,
    Frozen,
    Journal,
    JournalKind,
    LotKind,
    PayoutWay,
)
from wallet.selectors.bank import resident_account_named
from wallet.selectors.coin_payouts import RIGHT, end_in_force, payable, payout_now
from wallet.selectors.freezes import may_be_paid_out_frozen
from wallet.selectors.law import payout_ceiling
from wallet.selectors.lots import lots_of
from wallet.services import announce, balances, lots
from wallet.services.books import check_amount, post
from wallet.services.payouts.asking import ids_of, new_payout, set_way
from wallet.services.telling import tell_holder


@use_case("wallet.open_payout", key=Key.REQUIRED, status=201)
def open_payout(
    act: Act,
    *,
    case: str,
    reason: str,
    evidence: str,
    amount: int | None = None,
    payout_id: UUID | None = None,
    about: str = "",
    bank: BankAccount | None = None,
) -> PayoutNow:
    """Open what a resident asked for (``payout_id``), or one for the account that ``about`` names (transfer code, receipt or id).

    ``amount``: all paid coins unless less is said. ``bank``: where to, where it was not said before. ``evidence`` names the papers.

    :raises NotAllowed: :raises NotFound: :raises PayoutIncomplete: :raises NoSuchAccount: :raises PayoutDecided:
    :raises PayoutNotAllowed: :raises PayoutUnderWay: :raises NothingToPayOut: :raises PaidCoinsShort: :raises BankUnknown:
    """
    _check(act)
    if case not in CASES or not reason.strip() or not evidence.strip():
        raise PayoutIncomplete
    row = _asked(payout_id) if payout_id else _unasked(act, about, bank)
    if payout_id and bank is not None:
        set_way(row, bank)
    most = payable(row.account_id, jst_date(act.at))
    row.amount = most if amount is None else amount
    check_amount(row.amount)
    if row.amount > most:
        raise PaidCoinsShort(sendable=most)
    _check_case(act, row, case)
    row.state, row.case, row.reason, row.evidence = CoinPayoutState.OPENED, case, reason.strip(), evidence.strip()
    row.opened_by, row.opened_at = act.principal.actor, act.at
    row.save()
    act.audit(what=ids_of(row) | {"case": case}, why=row.reason)
    return payout_now(row)


@use_case("wallet.approve_payout", key=Key.REQUIRED)
def approve_payout(act: Act, *, payout_id: UUID) -> PayoutNow:
    """Approve as the second of two. By bank the coins leave the account now, so that a file never holds what could still be spent;
    cash is paid against them at the counter.

    :raises NotAllowed: :raises NotFound: :raises PayoutDecided: :raises SecondPersonNeeded: for who opened it;
    :raises PayoutNotAllowed: :raises PayoutOverCeiling: :raises AccountFrozen: :raises PaidCoinsShort: where less is left by now.
    """
    row = lock_payout(act, payout_id, CoinPayoutState.OPENED)
    if row.opened_by == act.principal.actor:
        raise SecondPersonNeeded
    _check_case(act, row, row.case)
    row.state, row.decided_by, row.decided_at = CoinPayoutState.APPROVED, act.principal.actor, act.at
    if row.way == PayoutWay.BANK:
        take_coins(act, row, AccountKind.BANK)
    else:
        _check_there(act, row)
    row.save()
    tell(act, row, f"wallet.payout_approved_{row.way}")
    act.audit(what=ids_of(row), why=row.reason)
    return payout_now(row)


@use_case("wallet.refuse_payout", key=Key.REQUIRED)
def refuse_payout(act: Act, *, payout_id: UUID, why: str) -> PayoutNow:
    """Refuse what was asked for or opened; the person reads why.

    :raises NotAllowed: :raises NotFound: :raises PayoutDecided: :raises PayoutIncomplete: without a reason.
    """
    if not why.strip():
        raise PayoutIncomplete
    row = lock_payout(act, payout_id, CoinPayoutState.ASKED, CoinPayoutState.OPENED)
    row.state, row.answer, row.decided_by, row.decided_at = (
        CoinPayoutState.REFUSED, why.strip(), act.principal.actor, act.at,
    )  # fmt: skip
    row.save()
    tell(act, row, "wallet.payout_declined", "number", "answer")
    act.audit(what=ids_of(row), why=row.answer)
    return payout_now(row)


@use_case("wallet.take_payout_back", key=Key.REQUIRED)
def take_payout_back(act: Act, *, payout_id: UUID, why: str) -> PayoutNow:
    """Withdraw a payout for which no coin was taken yet: a wrong account or amount; it may be opened anew.

    :raises NotAllowed: :raises NotFound: :raises PayoutDecided: :raises PayoutIncomplete: without a reason.
    """
    if not why.strip():
        raise PayoutIncomplete
    row = lock_payout(act, payout_id, CoinPayoutState.OPENED, CoinPayoutState.APPROVED)
    if row.journal_id is not None:
        raise PayoutDecided
    row.state, row.answer = CoinPayoutState.WITHDRAWN, why.strip()
    row.save(update_fields=["state", "answer"])
    act.audit(what=ids_of(row), why=row.answer)
    return payout_now(row)


def lock_payout(act: Act, payout_id: UUID, *states: CoinPayoutState) -> CoinPayout:
    """Lock a payout that stands in one of these states; :raises NotAllowed: :raises NotFound: :raises PayoutDecided:"""
    _check(act)
    row = CoinPayout.objects.select_for_update().filter(pk=payout_id).first()
    if row is None:
        raise NotFound
    if row.state not in states:
        raise PayoutDecided
    return row


def take_coins(act: Act, row: CoinPayout, to: AccountKind) -> Journal:
    """Take a payout's coins out of the paid lots, earliest last day first, and book them.

    :raises AccountFrozen: :raises PaidCoinsShort:
    """
    _check_there(act, row)
    amount = row.amount or 0
    paid = [lot for lot in lots_of(row.account_id) if lot.kind == LotKind.PAID]
    moves = spend(paid, amount, jst_date(act.at))
    assert moves is not None  # noqa: S101 - just seen under the balance's lock
    balances.give(Balance.objects.get(pk=row.account_id), -amount)
    journal = Journal.objects.create(
        kind=JournalKind.PAYOUT, actor=act.principal.actor, idem_key=f"payout/{row.pk}", request_digest=act.digest,
        at=act.at,
    )  # fmt: skip
    post(journal, debit=row.account_id, credit=SOURCES[to], amount=amount)
    lots.move(journal, moves)
    row.journal, row.booked_at = journal, act.at
    act.after_commit(lambda: announce.balance_changed(account_id=row.account_id))
    return journal


def tell(act: Act, row: CoinPayout, message: str, *said: str) -> None:
    """Tell the person how their payout stands, by amount and number unless the message says other things of it."""
    whole: dict[str, Value] = {"amount": row.amount or 0, "number": row.receipt_number, "answer": row.answer}
    values = {name: whole[name] for name in said or ("amount", "number")}
    tell_holder(act, account_id=row.account_id, message=message, values=values, dedupe=row.pk)


def _check(act: Act) -> None:
    if not act.principal.may(RIGHT):
        raise NotAllowed


def _asked(payout_id: UUID) -> CoinPayout:
    row = CoinPayout.objects.select_for_update().filter(pk=payout_id).first()
    if row is None:
        raise NotFound
    if row.state != CoinPayoutState.ASKED:
        raise PayoutDecided
    return row


def _unasked(act: Act, about: str, bank: BankAccount | None) -> CoinPayout:
    account_id = resident_account_named(about)
    if account_id is None:
        raise NoSuchAccount
    return new_payout(act, account_id, bank)


def _check_there(act: Act, row: CoinPayout) -> None:
    balance = balances.lock(row.account_id)[row.account_id]
    if balance.frozen != Frozen.NO and not may_be_paid_out_frozen(row.account_id):
        raise AccountFrozen
    there = payable(row.account_id, jst_date(act.at))
    if there < (row.amount or 0):
        raise PaidCoinsShort(sendable=there)


def _check_case(act: Act, row: CoinPayout, code: str) -> None:
    """Hold a payout against what the law allows today, as the last of those who are under way."""
    case, day = CASES[code], jst_date(act.at)
    if case.needs_end and end_in_force(day) is None:
        raise PayoutNotAllowed
    if not case.is_limited:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('wallet.payouts'))")
    ceiling = payout_ceiling(day)
    if (row.amount or 0) > ceiling.left:
        raise PayoutOverCeiling(left=ceiling.left)
    row.used_before, row.ceiling = ceiling.used, ceiling.most
