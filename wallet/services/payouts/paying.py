"""Paying a payout: cash out of the officer's till, or a file for the bank; and what the bank sends back, which is coins again."""

from datetime import date
from hashlib import sha256
from uuid import UUID

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.keys import seal_for_city, unseal_for_city
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.lots import restore
from wallet.engine.payout_results import PayoutFileWritten, PayoutNow
from wallet.engine.settlement import pay_day
from wallet.engine.zengin import Place, Transfer, TransferFile, write
from wallet.errors import NothingToPay, PayDayNotCome, PayoutDecided, PayoutIncomplete
from wallet.models import (
    SOURCES,
    AccountKind,
    CoinPayout,
    CoinPayoutFile,
    CoinPayoutState,
    Journal,
    JournalKind,
    PayoutWay,
)
from wallet.selectors.banks import branch_names
from wallet.selectors.coin_payouts import RIGHT, payout_now, payouts_for_the_bank
from wallet.selectors.lots import outstanding_of
from wallet.selectors.settlement_terms import terms_in_force
from wallet.services import announce, balances, lots
from wallet.services.books import post
from wallet.services.cash.entering import enter_in_till, lock_own_till
from wallet.services.payouts.asking import details_of, ids_of
from wallet.services.payouts.deciding import lock_payout, take_coins, tell
from wallet.services.settlement.payer import payer


@use_case("wallet.pay_out_in_cash", key=Key.REQUIRED)
def pay_out_in_cash(act: Act, *, payout_id: UUID) -> PayoutNow:
    """Hand over the cash of an approved payout: the coins leave the account, the cash the officer's open till, in one transaction.

    Locks: the till, the payout, the balance.

    :raises NotAllowed: :raises NotFound: :raises PayoutDecided: :raises TillNotOpen: :raises TillOfAnotherDay:
    :raises AccountFrozen: :raises PaidCoinsShort: where less is left by now.
    """
    till = lock_own_till(act)
    row = lock_payout(act, payout_id, CoinPayoutState.APPROVED)
    if row.way != PayoutWay.CASH:
        raise PayoutDecided
    journal = take_coins(act, row, AccountKind.COUNTER_CASH)
    enter_in_till(till, journal.pk, -(row.amount or 0))
    row.state, row.paid_by, row.paid_at = CoinPayoutState.PAID, act.principal.actor, act.at
    row.save()
    tell(act, row, "wallet.payout_paid")
    act.audit(what=ids_of(row), why=row.reason)
    return payout_now(row)


@use_case("wallet.write_payout_file", key=Key.REQUIRED, status=201)
def write_payout_file(act: Act) -> PayoutFileWritten:
    """Write the bank's file of every payout that is approved and stands in none, apart from the shops' files.

    Locks: the payouts.

    :raises NotAllowed: :raises NothingToPay: :raises PayerUnknown: :raises KanaUnwritable: with field and place.
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    rows = list(payouts_for_the_bank().select_for_update(of=("self",)))
    if not rows:
        raise NothingToPay
    file = _file(act, rows)
    content, key = write(file), new_id(act.at)
    version, sealed = seal_for_city(content, _context(key))
    kept = CoinPayoutFile.objects.create(
        id=key, pay_on=_pay_on(act), transfers=len(rows), total=file.total, sha256=sha256(content).digest(),
        key_version=version, sealed=sealed, written_by=act.principal.actor, written_at=act.at,
    )  # fmt: skip
    for row in rows:
        row.file, row.state = kept, CoinPayoutState.WRITTEN
        row.save(update_fields=["file", "state"])
    act.audit(what={"file_id": str(key), "transfers": len(rows), "total": file.total})
    return PayoutFileWritten(key, len(rows), file.total, kept.pay_on, sha256(content).hexdigest())


@use_case("wallet.take_payout_file")
def take_payout_file(act: Act, *, file_id: UUID) -> bytes:
    """Return the file's bytes, to be carried to the bank; who took it is in the audit log.

    :raises NotAllowed: :raises NotFound:
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = CoinPayoutFile.objects.filter(pk=file_id).first()
    if row is None:
        raise NotFound
    act.audit(what={"file_id": str(row.pk), "sha256": bytes(row.sha256).hex()})
    return unseal_for_city(row.key_version, bytes(row.sealed), _context(row.pk))


@use_case("wallet.confirm_payout", key=Key.REQUIRED)
def confirm_payout(act: Act, *, payout_id: UUID) -> PayoutNow:
    """Say that the bank has carried a payout out, on its pay day or later.

    :raises NotAllowed: :raises NotFound: :raises PayoutDecided: :raises PayDayNotCome:
    """
    row = lock_payout(act, payout_id, CoinPayoutState.WRITTEN)
    if row.file is not None and jst_date(act.at) < row.file.pay_on:
        raise PayDayNotCome(pay_on=str(row.file.pay_on))
    row.state, row.paid_by, row.paid_at = CoinPayoutState.PAID, act.principal.actor, act.at
    row.save(update_fields=["state", "paid_by", "paid_at"])
    tell(act, row, "wallet.payout_paid")
    act.audit(what=ids_of(row))
    return payout_now(row)


@use_case("wallet.return_payout", key=Key.REQUIRED)
def return_payout(act: Act, *, payout_id: UUID, why: str) -> PayoutNow:
    """Give the coins back that a bank could not pay out, to the lots they came from, with their old last days; whole and once.

    Locks: the payout, the balance.

    :raises NotAllowed: :raises NotFound: :raises PayoutIncomplete: without a reason; :raises PayoutDecided: for no transfer.
    """
    if not why.strip():
        raise PayoutIncomplete
    row = lock_payout(act, payout_id, CoinPayoutState.APPROVED, CoinPayoutState.WRITTEN, CoinPayoutState.PAID)
    if row.way != PayoutWay.BANK or row.journal_id is None:
        raise PayoutDecided
    balance, amount = balances.lock(row.account_id)[row.account_id], row.amount or 0
    journal = Journal.objects.create(
        kind=JournalKind.RETURNED, actor=act.principal.actor, idem_key=f"payout-returned/{row.pk}",
        request_digest=act.digest, at=act.at,
    )  # fmt: skip
    post(journal, debit=SOURCES[AccountKind.BANK], credit=row.account_id, amount=amount)
    lots.move(journal, restore(outstanding_of([row.journal_id]), amount))
    balances.give(balance, amount)
    row.state, row.return_journal, row.return_reason = CoinPayoutState.RETURNED, journal, why.strip()
    row.returned_by, row.returned_at = act.principal.actor, act.at
    row.save()
    act.after_commit(lambda: announce.balance_changed(account_id=row.account_id))
    tell(act, row, "wallet.payout_came_back", "amount")
    act.audit(what=ids_of(row), why=row.return_reason)
    return payout_now(row)


def _file(act: Act, rows: list[CoinPayout]) -> TransferFile:
    code, name, source = payer()
    pay_on = _pay_on(act)
    return TransferFile(
        client_code=code, client_name=name, source=source, pay_month=pay_on.month, pay_day=pay_on.day,
        transfers=tuple(_transfer(row) for row in rows),
    )  # fmt: skip


def _transfer(row: CoinPayout) -> Transfer:
    """Return one transfer; its reference is the payout's number, which no settlement has."""
    details, names = details_of(row), branch_names(row.bank_code, row.branch_code)
    place = Place(
        bank_code=row.bank_code, bank_name=names.bank if names else "", branch_code=row.branch_code,
        branch_name=names.branch if names else "", account_type=row.account_type, account_number=details.number,
    )  # fmt: skip
    return Transfer(to=place, holder=details.holder, amount=row.amount or 0, reference=row.receipt_number)


def _pay_on(act: Act) -> date:
    agreed = terms_in_force()
    return pay_day(jst_date(act.at), after=agreed.pay_after, roll=agreed.roll)


def _context(key: UUID) -> str:
    return f"wallet.coin_payout_file.{key}"
