"""Taking a card payment back: coins leave what is left of a top-up's own lots; what was spent, or paid an order, the city bears."""

from uuid import UUID

from kernel.ids import new_id
from kernel.use_case import Act
from wallet.engine.lots import Move
from wallet.events import TopUpReversed
from wallet.models import (
    CURRENCY,
    SOURCES,
    AccountKind,
    CardDispute,
    CardPayment,
    CardRefund,
    JournalKind,
    Reversal,
    ReversalReason,
)
from wallet.selectors.cards_taken import left_of
from wallet.services import announce, balances, lots
from wallet.services.books import open_journal, post

CARD, LOSS = SOURCES[AccountKind.CARD], SOURCES[AccountKind.LOSS]


def take_back(
    act: Act, payment: CardPayment, amount: int, *, refund: CardRefund | None = None, dispute: CardDispute | None = None
) -> int:
    """Take ``amount`` back from what is left of a payment's lots, the rest from the city; return that rest.

    Locks: the balance; the payment must be locked.
    """
    balance = balances.lock(payment.account_id)[payment.account_id]
    moves, missing = [], amount
    for lot in left_of(payment):
        part = min(lot.remaining, missing)
        if part:
            moves.append(Move(lot.pk, -part))
        missing -= part
    taken = amount - missing
    journal = open_journal(act, JournalKind.REVERSAL)
    if taken:
        balances.give(balance, -taken)
        post(journal, debit=payment.account_id, credit=CARD, amount=taken)
        lots.move(journal, moves)
    if missing:
        post(journal, debit=LOSS, credit=CARD, amount=missing, line=2)
    reason = ReversalReason.DISPUTE if dispute else ReversalReason.REFUND
    _record(act, payment, reason, journal.pk, taken=taken, lost=missing, refund=refund, dispute=dispute)
    return missing


def put_back(act: Act, refund: CardRefund) -> None:
    """Put back into its lots what was taken for a refund that the vendor then did not make. Locks: the balance."""
    payment = refund.payment
    taken = refund.reversals.get(reason=ReversalReason.REFUND)
    balance = balances.lock(payment.account_id)[payment.account_id]
    journal = open_journal(act, JournalKind.REVERSAL)
    balances.give(balance, taken.taken)
    post(journal, debit=CARD, credit=payment.account_id, amount=taken.taken)
    rows = taken.journal.lot_moves.order_by("lot_id")
    lots.move(journal, [Move(row.lot_id, -row.delta) for row in rows])
    _record(act, payment, ReversalReason.RESTORED, journal.pk, taken=taken.taken, lost=0, refund=refund, dispute=None)


def _record(
    act: Act, payment: CardPayment, reason: ReversalReason, journal_id: int, *, taken: int, lost: int,
    refund: CardRefund | None, dispute: CardDispute | None,
) -> None:  # fmt: skip
    account_id: UUID = payment.account_id
    row = Reversal.objects.create(
        id=new_id(act.at), journal_id=journal_id, account_id=account_id, reason=reason, taken=taken, lost=lost,
        refund=refund, dispute=dispute, at=act.at,
    )  # fmt: skip
    if payment.top_up_id is not None:
        act.emit(
            TopUpReversed(
                reversal_id=row.pk,
                account_id=account_id,
                reason=reason.value,
                taken=taken,
                lost=lost,
                currency=CURRENCY,
            )
        )
    act.after_commit(lambda: announce.balance_changed(account_id=account_id))
