"""Sending, step by step: paid coins go over lot by lot, each with its day of issue and its last day."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.conf import settings

from accounts.notifications import Value, in_every_language
from kernel import assurance
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.problems import _
from kernel.use_case import Act, Key, use_case
from wallet.engine.lots import spend, spendable
from wallet.engine.sent import Sent, Words
from wallet.errors import (
    AccountFrozen,
    InsufficientFunds,
    LimitBalance,
    LimitPerSend,
    LimitSendsPerDay,
    LimitSendsPerMonth,
    NoWallet,
    PaidCoinsShort,
    RecipientCannotReceive,
    SendingOneself,
    TooManySends,
)
from wallet.events import CoinsSent
from wallet.models import CURRENCY, Account, AccountKind, JournalKind, LotKind, Transfer, TransferNote
from wallet.selectors.accounts import account_of, accounts_behind, standing_for
from wallet.selectors.lots import lots_of
from wallet.selectors.sending import label_of, limits_left, receive_code, sendable, sent_of
from wallet.selectors.words import mask_of, sealed_words
from wallet.services import announce, balances, lots
from wallet.services.books import check_amount, new_receipt_number, open_journal, post
from wallet.services.sending.notes import tidy
from wallet.services.telling import tell_holder

SOMEBODY = _("まちのどなたか")


@use_case("wallet.send", key=Key.REQUIRED, status=201)
def send(act: Act, *, to: str, amount: int, message: str = "", signed: str = "") -> Sent:
    """Send paid coins by the other's receive code. ``signed``: how the other may call the sender; nothing is said otherwise.

    Locks: the key, both balances by account id.

    :raises StepUpRequired: for who is not known surely enough for this amount; :raises RecipientUnknown: :raises SendingOneself:
    :raises LimitPerSend: :raises TooManySends: :raises LimitSendsPerDay: :raises LimitSendsPerMonth: :raises AccountFrozen:
    :raises InsufficientFunds: :raises LimitPerDay: :raises PaidCoinsShort: :raises RecipientCannotReceive: in this order.
    """
    check_amount(amount)
    check_level(act, amount)
    code = receive_code(to, at=act.at)
    words = Words(message=tidy(message), sender=tidy(signed), recipient=label_of(code))
    row = move_coins(act, Sending(account_of(act.principal), standing_for(code.account_id), amount, words))
    return sent_of(row, by_sender=True)


def check_level(act: Act, amount: int) -> None:
    """Ask for the account level that this amount needs; :raises StepUpRequired: with the ways there."""
    limits = settings.SEND
    level = limits["level_above"] if amount > limits["level_above_yen"] else limits["level"]
    assurance.require(act.principal, at=act.at, account=level)


@dataclass(frozen=True)
class Sending:
    """From whom to whom, how much, with which words."""

    sender: UUID
    recipient: UUID
    amount: int
    words: Words


def move_coins(act: Act, sending: Sending) -> Transfer:
    """Move the coins, write the books and tell both; refusals as in :func:`send`. To be called inside a use case."""
    sender, recipient, amount = sending.sender, sending.recipient, sending.amount
    if recipient in accounts_behind(sender):
        raise SendingOneself
    balances.lock(sender, recipient)
    _check_limits(act, sending)
    counted_on = balances.take(sender, amount, at=act.at)
    mine, day = lots_of(sender), jst_date(act.at)
    moves = spend([lot for lot in mine if lot.kind == LotKind.PAID], amount, day)
    if moves is None and spendable(mine, day) < amount:  # what ended at midnight and is not swept yet is no coin
        raise InsufficientFunds
    if moves is None:
        raise PaidCoinsShort(sendable=sendable(sender, at=act.at))
    _receive(recipient, amount)
    journal = open_journal(act, JournalKind.SEND)
    post(journal, debit=sender, credit=recipient, amount=amount)
    lots.move(journal, moves)
    lots.carry(journal, moves, recipient)
    row = Transfer.objects.create(
        id=new_id(act.at),
        journal=journal,
        sender_id=sender,
        recipient_id=recipient,
        amount=amount,
        receipt_number=new_receipt_number(),
        at=act.at,
        counted_on=counted_on,
    )
    sealed = sealed_words(sending.words)
    if sealed:
        row.note = TransferNote.objects.create(transfer=row, sealed=sealed, at=act.at)
    _tell(act, row, sending.words)
    return row


def _check_limits(act: Act, sending: Sending) -> None:
    limits, left = settings.SEND, limits_left(sending.sender, at=act.at)
    if sending.amount > limits["per_send"]:
        raise LimitPerSend(limit=limits["per_send"])
    if left.sends_left_today < 1:
        raise TooManySends(limit=limits["count_per_day"])
    if sending.amount > left.left_today:
        raise LimitSendsPerDay(limit=limits["per_day"])
    if sending.amount > left.left_this_month:
        raise LimitSendsPerMonth(limit=limits["per_month"])


def _receive(recipient: UUID, amount: int) -> None:
    """Raise the other's balance; what keeps them from receiving is their own matter."""
    if not Account.objects.filter(pk=recipient, kind=AccountKind.RESIDENT, closed_at=None).exists():
        raise RecipientCannotReceive
    try:
        balances.give_up_to_limit(recipient, amount)
    except (AccountFrozen, LimitBalance, NoWallet):
        raise RecipientCannotReceive from None


def _tell(act: Act, row: Transfer, words: Words) -> None:
    ids = {"transfer_id": row.pk, "sender_id": row.sender_id, "recipient_id": row.recipient_id}
    act.audit(what={name: str(key) for name, key in ids.items()} | {"amount": row.amount})
    act.emit(CoinsSent(**ids, amount=row.amount, currency=CURRENCY))
    who: Value = words.sender or {
        lang: f"{said} {mask_of(row.sender_id)}" for lang, said in in_every_language(SOMEBODY).items()
    }
    values: dict[str, Value] = {"amount": row.amount, "who": who, "transfer": str(row.pk)}
    name = "wallet.received_words" if words.message else "wallet.received"
    if words.message:
        values["words"] = words.message
    tell_holder(act, account_id=row.recipient_id, message=name, values=values, dedupe=row.pk)
    for account_id in (row.sender_id, row.recipient_id):
        act.after_commit(partial(announce.balance_changed, account_id=account_id))
