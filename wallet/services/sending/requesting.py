"""Asking for coins: one link, paid or declined by those who are asked, each once."""

from datetime import datetime, timedelta
from uuid import UUID

from accounts.notifications import Value, in_every_language
from kernel.ids import new_id, token_hash
from kernel.problems import NotFound
from kernel.use_case import Act, Key, use_case
from wallet.engine.sent import AskedOfMe, OwnRequest, Sent, Words
from wallet.engine.sharing import shares
from wallet.errors import (
    NoWallet,
    RemindedEnough,
    RequestAnswered,
    RequestChanged,
    RequestOver,
    RequestTooSmall,
    SendingOneself,
)
from wallet.models import MoneyRequest, RequestPart
from wallet.selectors.accounts import account_of, accounts_behind, standing_for
from wallet.selectors.money_requests import asked_view, own_request, part_for
from wallet.selectors.sending import derived_token, receive_code, sent_of, token_in
from wallet.selectors.words import mask_of, read_words, sealed_words
from wallet.services import announce
from wallet.services.books import check_amount
from wallet.services.opening import open_account
from wallet.services.sending.moving import SOMEBODY, Sending, check_level, move_coins
from wallet.services.sending.notes import tidy
from wallet.services.telling import tell_holder

REQUEST_LIVES = timedelta(days=7)
REMINDERS, REMINDED_EVERY = 3, timedelta(hours=24)


@use_case("wallet.request_money", key=Key.REQUIRED, status=201)
def request_money(
    act: Act, *, amount: int, people: int = 1, to: list[str] | None = None, message: str = "", signed: str = ""
) -> OwnRequest:
    """Ask for ``amount``, split among ``people``: those whose receive codes stand in ``to`` are told, the rest come by the link.

    It ends after seven days. :raises NoWallet: :raises StepUpRequired: below level one; :raises RequestTooSmall: where somebody
    would pay nothing; :raises RecipientUnknown: :raises SendingOneself: for a code of nobody's or one's own.
    """
    check_amount(amount)
    check_level(act, 1)
    if act.principal.subject is None:
        raise NoWallet
    account_id = open_account(act, resident_id=act.principal.subject).id
    known = _asked_people(account_id, to or [], act.at)
    amounts = shares(amount, max(people, len(known)))
    if amounts is None:
        raise RequestTooSmall
    row_id = new_id(act.at)
    row = MoneyRequest.objects.create(
        id=row_id,
        hash=token_hash(derived_token("request", row_id)),
        account_id=account_id,
        amount=amount,
        sealed=sealed_words(Words(message=tidy(message), recipient=tidy(signed))),
        created_at=act.at,
        expires_at=act.at + REQUEST_LIVES,
    )
    for number, part in enumerate(amounts, start=1):
        asked = known[number - 1] if number <= len(known) else None
        RequestPart.objects.create(id=new_id(act.at), request=row, number=number, amount=part, asked_id=asked)
    _tell_asked(act, row, "wallet.asked", mark=row.pk)
    act.audit(what={"request_id": str(row.pk), "account_id": str(account_id), "amount": amount, "parts": len(amounts)})
    return own_request(row, at=act.at)


@use_case("wallet.pay_request", key=Key.REQUIRED, status=201)
def pay_request(act: Act, *, token: str, amount: int, signed: str = "") -> Sent:
    """Pay one's part: what was asked of this person, else the next that is open. ``amount`` is what they saw.

    Locks: the key, the request, both balances by account id; further refusals as in :func:`wallet.services.sending.moving.send`.

    :raises NotFound: :raises RequestAnswered: :raises RequestOver: :raises RequestChanged: in this order.
    """
    check_amount(amount)
    check_level(act, amount)
    row, payer, part = _lock_part(act, token)
    if part.amount != amount:
        raise RequestChanged(amount=part.amount)
    asked = read_words(row.sealed)
    words = Words(message=asked.message, sender=tidy(signed), recipient=asked.recipient)
    transfer = move_coins(act, Sending(payer, standing_for(row.account_id), amount, words))
    part.answered_by_id, part.transfer = payer, transfer
    part.save(update_fields=["answered_by", "transfer"])
    return sent_of(transfer, by_sender=True)


@use_case("wallet.decline_request")
def decline_request(act: Act, *, token: str) -> AskedOfMe:
    """Say no to one's part; who asked is told. Refusals and locks as in :func:`pay_request`."""
    row, account_id, part = _lock_part(act, token)
    part.answered_by_id, part.declined_at = account_id, act.at
    part.save(update_fields=["answered_by", "declined_at"])
    values: dict[str, Value] = {"amount": part.amount}
    tell_holder(act, account_id=standing_for(row.account_id), message="wallet.declined", values=values, dedupe=part.pk)
    act.audit(what={"request_id": str(row.pk), "part": part.number})
    act.after_commit(lambda: announce.balance_changed(account_id=row.account_id))
    return asked_view(row, account_id, at=act.at)


@use_case("wallet.cancel_request")
def cancel_request(act: Act, *, request_id: UUID) -> OwnRequest:
    """Call a request off; what was paid stays paid. :raises NotFound: for another's. Locks: the request."""
    row = _lock_own(act, request_id)
    if row.cancelled_at is None and row.expires_at > act.at:
        row.cancelled_at = act.at
        row.save(update_fields=["cancelled_at"])
    act.audit(what={"request_id": str(row.pk)})
    return own_request(row, at=act.at)


@use_case("wallet.remind_request")
def remind_request(act: Act, *, request_id: UUID) -> OwnRequest:
    """Tell those who are known and have not answered once more: once a day, three times at most. Locks: the request.

    :raises NotFound: for another's; :raises RequestOver: :raises RemindedEnough: where nobody can be told now.
    """
    row = _lock_own(act, request_id)
    if row.cancelled_at is not None or row.expires_at <= act.at:
        raise RequestOver
    is_early = row.reminded_at is not None and act.at - row.reminded_at < REMINDED_EVERY
    waiting = row.parts.filter(answered_by=None, asked__isnull=False)
    if is_early or row.reminders >= REMINDERS or act.at - row.created_at < REMINDED_EVERY or not waiting.exists():
        raise RemindedEnough
    row.reminders, row.reminded_at = row.reminders + 1, act.at
    row.save(update_fields=["reminders", "reminded_at"])
    _tell_asked(act, row, "wallet.asked_again", mark=new_id(act.at))
    act.audit(what={"request_id": str(row.pk), "reminders": row.reminders})
    return own_request(row, at=act.at)


def _asked_people(account_id: UUID, codes: list[str], at: datetime) -> list[UUID]:
    """Return the accounts behind these codes, each once."""
    found = [standing_for(receive_code(code, at=at).account_id) for code in codes]
    if account_id in found:
        raise SendingOneself
    return list(dict.fromkeys(found))


def _lock_part(act: Act, token: str) -> tuple[MoneyRequest, UUID, RequestPart]:
    """Lock the request and return what this person has to answer of it."""
    row = MoneyRequest.objects.select_for_update().filter(hash=token_hash(token_in(token))).first()
    if row is None:
        raise NotFound
    account_id = account_of(act.principal)
    if standing_for(row.account_id) in accounts_behind(account_id):
        raise SendingOneself
    if row.parts.filter(answered_by_id__in=accounts_behind(account_id)).exists():
        raise RequestAnswered
    part = part_for(row, account_id)
    if row.cancelled_at is not None or row.expires_at <= act.at or part is None:
        raise RequestOver
    return row, account_id, part


def _lock_own(act: Act, request_id: UUID) -> MoneyRequest:
    mine = accounts_behind(account_of(act.principal))
    row = MoneyRequest.objects.select_for_update().filter(pk=request_id, account_id__in=mine).first()
    if row is None:
        raise NotFound
    return row


def _tell_asked(act: Act, row: MoneyRequest, message: str, *, mark: UUID) -> None:
    words = read_words(row.sealed)
    anybody = {language: f"{said} {mask_of(row.account_id)}" for language, said in in_every_language(SOMEBODY).items()}
    who: Value = words.recipient or anybody
    for part in row.parts.filter(answered_by=None, asked__isnull=False).order_by("number"):
        values: dict[str, Value] = {"amount": part.amount, "who": who, "request": str(row.pk)}
        assert part.asked_id is not None  # noqa: S101 - asked for above
        tell_holder(act, account_id=part.asked_id, message=message, values=values, dedupe=mark)
