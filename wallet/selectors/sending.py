"""Sending as the two people see it: links, words, masks, limits."""

from base64 import urlsafe_b64encode
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from kernel.clock import jst_date, jst_midnight
from kernel.ids import token_hash
from kernel.keys import unseal_message
from kernel.principal import Principal
from kernel.problems import NotFound
from wallet.engine.sent import OwnReceiveCode, ReceiveCodes, ReceiverSeen, SendLimits, Sent, SentLot
from wallet.errors import NoWallet, RecipientUnknown
from wallet.models import CURRENCY, Lot, LotKind, LotMove, ReceiveCode, Transfer
from wallet.selectors.accounts import account_of, accounts_behind
from wallet.selectors.words import mask_of, read_words

LABEL = "wallet.receive_code.label"


def derived_token(kind: str, row_id: UUID) -> str:
    """Return the token of a receive code or a request: made of its id and the city's secret, kept as a hash alone."""
    return urlsafe_b64encode(salted_hmac(f"wallet.{kind}", str(row_id), algorithm="sha256").digest()[:18]).decode()


def link_to(place: str, token: str) -> str:
    """Return the link to show; the token stands behind the hash sign, so that no server's log sees it."""
    return f"{settings.PUBLIC_URL}/pay/{place}#{token}"


def token_in(text: str) -> str:
    """Return the token in a link, or the text itself."""
    return text.strip().rpartition("#")[2]


def receive_code(text: str, *, at: datetime) -> ReceiveCode:
    """Return the code in use behind a link or token; :raises RecipientUnknown: for none, and for one that is over."""
    row = ReceiveCode.objects.filter(hash=token_hash(token_in(text)), ended_at=None, expires_at__gt=at).first()
    if row is None:
        raise RecipientUnknown
    return row


def label_of(row: ReceiveCode) -> str:
    """Return what the code's holder lets senders read."""
    return unseal_message(bytes(row.label), LABEL).decode() if row.label else ""


def own_receive_code(row: ReceiveCode) -> OwnReceiveCode:
    """Return a code to its holder."""
    link = link_to("send", derived_token("receive", row.pk))
    return OwnReceiveCode(link=link, label=label_of(row), mask=mask_of(row.account_id), expires_at=row.expires_at)


def own_receive_codes(principal: Principal, *, at: datetime) -> ReceiveCodes:
    """Return the code in use of the resident acted for."""
    try:
        rows = ReceiveCode.objects.filter(account_id=account_of(principal), ended_at=None, expires_at__gt=at)
    except NoWallet:
        return ReceiveCodes(code=None)
    row = rows.first()
    return ReceiveCodes(code=own_receive_code(row) if row else None)


def recipient_of(principal: Principal, text: str, *, at: datetime) -> ReceiverSeen:
    """Tell whom a code stands for, and how much this person may send now; nothing is changed."""
    row = receive_code(text, at=at)
    account_id = account_of(principal)
    return ReceiverSeen(
        name=label_of(row),
        mask=mask_of(row.account_id),
        sendable=sendable(account_id, at=at),
        limits=limits_left(account_id, at=at),
    )


def sendable(account_id: UUID, *, at: datetime) -> int:
    """Return how many paid coins live on that day."""
    lots = Lot.objects.filter(account_id=account_id, open=True, kind=LotKind.PAID, expires_on__gte=jst_date(at))
    return lots.aggregate(total=Sum("remaining"))["total"] or 0


def limits_left(account_id: UUID, *, at: datetime) -> SendLimits:
    """Return what may still be sent. What was sent counts whole: coins that came back do not make room for more."""
    today, limits = jst_date(at), settings.SEND
    sent = Transfer.objects.filter(
        sender_id__in=accounts_behind(account_id), at__gte=jst_midnight(today.replace(day=1))
    )
    of_today = Q(at__gte=jst_midnight(today))
    found = sent.aggregate(month=Sum("amount"), day=Sum("amount", filter=of_today), count=Count("id", filter=of_today))
    return SendLimits(
        per_send=limits["per_send"],
        left_today=max(0, limits["per_day"] - (found["day"] or 0)),
        left_this_month=max(0, limits["per_month"] - (found["month"] or 0)),
        sends_left_today=max(0, limits["count_per_day"] - found["count"]),
        level_above=limits["level_above_yen"],
    )


def access_transfer_for(principal: Principal, transfer_id: UUID) -> Sent:
    """Return a transfer to one of its two people, by its id or that of its arrival; :raises NotFound: to everybody else."""
    rows = Transfer.objects.select_related("note").filter(Q(pk=transfer_id) | Q(arrival_id=transfer_id))
    row = rows.first()
    try:
        mine = accounts_behind(account_of(principal))
    except NoWallet:
        raise NotFound from None
    if row is None or not {row.sender_id, row.recipient_id} & set(mine):
        raise NotFound
    return sent_of(row, by_sender=row.sender_id in mine)


def sent_of(row: Transfer, *, by_sender: bool) -> Sent:
    """Return a transfer as one of the two sees it."""
    note = getattr(row, "note", None)
    words = read_words(note.sealed if note else None)
    other = row.recipient_id if by_sender else row.sender_id
    moves = LotMove.objects.filter(journal_id=row.journal_id, delta__gt=0).select_related("lot")
    return Sent(
        id=row.pk,
        receipt_number=row.receipt_number,
        direction="out" if by_sender else "in",
        amount=row.amount,
        currency=CURRENCY,
        at=row.at,
        name=words.recipient if by_sender else words.sender,
        mask=mask_of(other),
        message=words.message,
        lots=[
            SentLot(amount=move.delta, expires_on=move.lot.expires_on)
            for move in moves.order_by("lot__expires_on", "lot_id")
        ],
    )


def transfers_of(account_id: UUID) -> "QuerySet[Transfer]":
    """Return every transfer from or to an account and those it stands for, the oldest first."""
    accounts = accounts_behind(account_id)
    rows = Transfer.objects.select_related("note").filter(Q(sender_id__in=accounts) | Q(recipient_id__in=accounts))
    return rows.order_by("at", "id")
