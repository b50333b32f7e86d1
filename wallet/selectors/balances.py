"""What an account holds and what moved in it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from kernel.clock import jst_date
from wallet.engine.lots import spendable
from wallet.engine.results import BalanceNow, HistoryEntry, LiveLot
from wallet.models import Balance, CreditInbox, Entry, Frozen, JournalKind, OrderPayment
from wallet.selectors.accounts import accounts_behind
from wallet.selectors.lots import lots_of
from wallet.selectors.words import mask_of, read_words

FROZEN: dict[int, Literal["no", "outgoing", "all"]] = {Frozen.NO: "no", Frozen.OUTGOING: "outgoing", Frozen.ALL: "all"}


def balance_of(account_id: UUID, *, at: datetime) -> BalanceNow:
    """Return what may be spent at that instant: from JST midnight after its last day a lot no longer counts, swept or not."""
    row = Balance.objects.select_related("account").get(pk=account_id)
    day = jst_date(at)
    lots = [lot for lot in lots_of(account_id) if lot.expires_on >= day]
    return BalanceNow(
        currency=row.account.currency,
        available=spendable(lots, day),
        held=row.held,
        version=row.version,
        lots=[LiveLot(kind=lot.kind, remaining=lot.remaining, expires_on=lot.expires_on) for lot in lots],  # type: ignore[arg-type]
        frozen=FROZEN[row.frozen],
    )


def takings_of(account_id: UUID) -> int:
    """Return a merchant's coins, folded and waiting, in one statement: a fold between two would count twice or not at all."""
    waiting = (
        CreditInbox.objects.filter(account_id=account_id).order_by().values("account_id").annotate(total=Sum("amount"))
    )
    row = Balance.objects.annotate(waiting=waiting.values("total")[:1]).get(pk=account_id)
    return row.amount + (row.waiting or 0)


def entries_of(account_id: UUID) -> "QuerySet[Entry]":
    """Return an account's history, to be paged by ``(at, id)``; :func:`history_entry` shapes a row.

    It begins with what was done under IDs that were merged into its holder's: so what went over from there is no line of its own.
    """
    order = OrderPayment.objects.filter(payment_id=OuterRef("payment_id")).values("order_id")[:1]
    rows = Entry.objects.filter(account_id__in=accounts_behind(account_id)).exclude(kind=JournalKind.MERGE)
    return rows.annotate(order_id=Subquery(order))


def history_entry(row: Entry) -> HistoryEntry:
    """Return one line of the history."""
    name = None
    if row.transfer_id is not None:
        words = read_words(row.sealed)
        name = words.recipient if row.direction == "out" else words.sender
    return HistoryEntry(
        id=row.pk,
        kind=row.kind,  # type: ignore[arg-type]
        direction=row.direction,  # type: ignore[arg-type]
        amount=row.amount,
        currency=row.currency,
        occurred_at=row.at,
        shop_name=row.shop_name,
        shop_name_en=row.shop_name_en,
        payment_id=row.payment_id,
        receipt_number=row.receipt_number,
        transfer_id=row.transfer_id,
        other_name=name,
        other_mask=mask_of(row.other_id) if row.other_id else None,
        order_id=row.order_id,  # type: ignore[attr-defined]
    )
