"""A resident asks for a payout on the phone, sees how it stands, and may take the wish back until an officer has opened it."""

from typing import Any, Literal
from uuid import UUID

import msgspec

from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.keys import seal_for_city, unseal_for_city
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.kana import half_width
from wallet.engine.payout_results import BankAccount, PayoutNow
from wallet.engine.settled import PayoutDetails
from wallet.engine.zengin import Place, Transfer, check_transfer
from wallet.errors import BankUnknown, NothingToPayOut, PayoutDecided, PayoutIncomplete, PayoutUnderWay
from wallet.models import AccountType, CoinPayout, CoinPayoutState, PayoutWay
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.banks import branch_names
from wallet.selectors.coin_payouts import has_payout_under_way, payable, payout_now
from wallet.services import balances
from wallet.services.books import new_receipt_number


@use_case("wallet.ask_payout", key=Key.REQUIRED, status=201)
def ask_payout(act: Act, *, wish: Literal["moving", "other"], bank: BankAccount | None = None) -> PayoutNow:
    """Ask for one's paid coins as money: in cash at the counter, or to an account at a bank. An officer looks into it; until it is
    approved the coins may be spent as before. Locks: the balance.

    :raises NoWallet: :raises NothingToPayOut: :raises PayoutUnderWay: :raises BankUnknown: :raises KanaUnwritable: with the field.
    """
    account_id = account_of(act.principal)
    row = new_payout(act, account_id, bank)
    row.state, row.wish = CoinPayoutState.ASKED, wish
    row.save(force_insert=True)
    act.audit(what=ids_of(row))
    return payout_now(row)


@use_case("wallet.withdraw_payout", key=Key.REQUIRED)
def withdraw_payout(act: Act, *, payout_id: UUID) -> PayoutNow:
    """Take back what one asked for; :raises NotFound: for another's; :raises PayoutDecided: once an officer has opened it."""
    row = CoinPayout.objects.select_for_update().filter(pk=payout_id).first()
    if row is None or row.account_id not in accounts_behind(account_of(act.principal)):
        raise NotFound
    if row.state != CoinPayoutState.ASKED:
        raise PayoutDecided
    row.state = CoinPayoutState.WITHDRAWN
    row.save(update_fields=["state"])
    act.audit(what=ids_of(row))
    return payout_now(row)


def new_payout(act: Act, account_id: UUID, bank: BankAccount | None) -> CoinPayout:
    """Return a payout that is not written yet, with its account locked; refusals as in :func:`ask_payout`."""
    balances.lock(account_id)
    if has_payout_under_way(account_id):
        raise PayoutUnderWay
    if not payable(account_id, jst_date(act.at)):
        raise NothingToPayOut
    row = CoinPayout(id=new_id(act.at), account_id=account_id, receipt_number=new_receipt_number(), at=act.at)
    set_way(row, bank)
    return row


def set_way(row: CoinPayout, bank: BankAccount | None) -> None:
    """Write how a payout is paid; :raises BankUnknown: :raises KanaUnwritable:"""
    if bank is None:
        row.way = PayoutWay.CASH
        return
    place, holder = _place(bank)
    check_transfer(Transfer(to=place, holder=holder, amount=1))
    details = PayoutDetails(place.account_number, holder)
    row.way, row.bank_code, row.branch_code = PayoutWay.BANK, place.bank_code, place.branch_code
    row.account_type, row.number_end = place.account_type, place.account_number[-2:]
    row.key_version, row.sealed = seal_for_city(msgspec.json.encode(details), _context(row.pk))


def details_of(row: CoinPayout) -> PayoutDetails:
    """Open what is sealed of where a payout goes, for the file that the bank gets."""
    if row.key_version is None or row.sealed is None:
        raise PayoutIncomplete
    return msgspec.json.decode(
        unseal_for_city(row.key_version, bytes(row.sealed), _context(row.pk)), type=PayoutDetails
    )


def ids_of(row: CoinPayout) -> dict[str, Any]:
    """Return what the audit log says of a payout."""
    return {"payout_id": str(row.pk), "account_id": str(row.account_id), "state": str(row.state), "amount": row.amount}


def _place(bank: BankAccount) -> tuple[Place, str]:
    names = branch_names(bank.bank_code, bank.branch_code)
    if names is None or bank.account_type not in AccountType.values:
        raise BankUnknown
    place = Place(
        bank_code=bank.bank_code, bank_name=names.bank, branch_code=bank.branch_code, branch_name=names.branch,
        account_type=bank.account_type, account_number=half_width(bank.number, field="account_number").zfill(7),
    )  # fmt: skip
    return place, half_width(bank.holder, field="holder")


def _context(key: UUID) -> str:
    return f"wallet.coin_payout.{key}"
