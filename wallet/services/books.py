"""Writing the books: a journal for every act, its postings, and what waits in a merchant's inbox."""

from uuid import UUID

from kernel.idempotency import KeyReused, KeySpent
from kernel.ids import new_id, receipt_number
from kernel.money import MOST
from kernel.use_case import Act
from wallet.errors import AmountInvalid
from wallet.models import (
    CURRENCY,
    CoinPayout,
    CreditInbox,
    Journal,
    JournalKind,
    Order,
    OrderRefund,
    Payment,
    Posting,
    Refund,
    TopUp,
    Transfer,
)

NUMBERED = (CoinPayout, Payment, Refund, TopUp, Transfer, Order, OrderRefund)


def check_amount(amount: int) -> None:
    """Refuse what is no whole number of yen from 1 to 2^53-1; a bool is none.

    :raises AmountInvalid: so that the door's shape is not the only guard.
    """
    if type(amount) is not int or not 1 <= amount <= MOST:
        raise AmountInvalid


def open_journal(act: Act, kind: JournalKind, *, key: str | None = None) -> Journal:
    """Open the journal of an act, under its key for ever; an act without a key gets one of its own.

    Where an act moves money in more than one way, each further journal has a ``key`` that names what it is of.

    :raises KeySpent: where the key stands in the books already and its answer is no longer kept; :raises KeyReused: where it stood
        for another request.
    """
    key = key or act.key or f"own/{new_id(act.at)}"
    earlier = (
        Journal.objects.filter(actor=act.principal.actor, idem_key=key).values_list("request_digest", flat=True).first()
    )
    if earlier is not None:
        raise KeySpent if bytes(earlier) == act.digest else KeyReused
    return Journal.objects.create(
        kind=kind, actor=act.principal.actor, idem_key=key, request_digest=act.digest, at=act.at
    )


def post(journal: Journal, *, debit: UUID, credit: UUID, amount: int, line: int = 1) -> None:
    """Move ``amount`` from one account to another, in one row."""
    Posting.objects.create(
        journal=journal, line=line, debit_id=debit, credit_id=credit, currency=CURRENCY, amount=amount
    )


def credit_merchant(journal: Journal, account_id: UUID, amount: int) -> None:
    """Leave a merchant's credit in the inbox: an insert, so that nobody waits for a busy merchant's balance."""
    CreditInbox.objects.create(account_id=account_id, journal=journal, amount=amount)


def new_receipt_number() -> str:
    """Return a number that no receipt has yet; the unique constraints have the last word."""
    while True:
        number = receipt_number()
        if not any(model.objects.filter(receipt_number=number).exists() for model in NUMBERED):
            return number
