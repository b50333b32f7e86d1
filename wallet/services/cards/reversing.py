"""Taking a card payment back: coins leave what is left of a top-up's own lots; what was spent, or paid an order, the city bears.

What was paid and what was given never mix: paid coins go back to the card, and their bonus to the budget that it came from.
"""

from uuid import UUID

from django.db.models import Sum

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
    CardRefundStatus,
    JournalKind,
    Reversal,
    ReversalReason,
)
from wallet.selectors.cards_taken import bonus_back, left_of
from wallet.services import announce, balances, lots
from wallet.services.books import open_journal, post
from wallet.services.campaigns import give_back_to_campaign, let_go_in_campaign

CARD, LOSS = SOURCES[AccountKind.CARD], SOURCES[AccountKind.LOSS]


def take_back(
    act: Act, payment: CardPayment, amount: int, *, refund: CardRefund | None = None, dispute: CardDispute | None = None
) -> int:
    """Take ``amount`` back from what is left of a payment's paid lots, the rest from the city; return that rest.

    The bonus that was sold beside goes back to its budget in the same measure, and is held there until the vendor has made a
    refund. Locks: the balance, the budget; the payment must be locked.
    """
    balance = balances.lock(payment.account_id)[payment.account_id]
    moves, missing = [], amount
    for lot in left_of(payment):
        part = min(lot.remaining, missing)
        if part:
            moves.append(Move(lot.pk, -part))
        missing -= part
    taken, bonus = amount - missing, bonus_back(payment, amount)
    journal = open_journal(act, JournalKind.REVERSAL)
    if taken or bonus.amount:
        balances.give(balance, -(taken + bonus.amount))
    if taken:
        post(journal, debit=payment.account_id, credit=CARD, amount=taken)
    if missing:
        post(journal, debit=LOSS, credit=CARD, amount=missing, line=2)
    if bonus.lot is not None:
        is_held = refund is not None and refund.status == CardRefundStatus.ASKED
        give_back_to_campaign(purse_of(payment), bonus.amount, is_held=is_held)
        post(journal, debit=payment.account_id, credit=purse_of(payment), amount=bonus.amount, line=3)
        moves.append(Move(bonus.lot, -bonus.amount))
    lots.move(journal, moves)
    reason = ReversalReason.DISPUTE if dispute else ReversalReason.REFUND
    sums = {"taken": taken, "lost": missing, "bonus": bonus.amount}
    _record(act, payment, reason, journal.pk, sums, refund=refund, dispute=dispute)
    return missing


def put_back(act: Act, refund: CardRefund) -> None:
    """Put back into its lots what was taken for a refund that the vendor then did not make. Locks: the balance, the budget."""
    payment = refund.payment
    taken = refund.reversals.get(reason=ReversalReason.REFUND)
    balance = balances.lock(payment.account_id)[payment.account_id]
    journal = open_journal(act, JournalKind.REVERSAL)
    balances.give(balance, taken.taken + taken.bonus)
    post(journal, debit=CARD, credit=payment.account_id, amount=taken.taken)
    if taken.bonus:
        let_go_in_campaign(purse_of(payment), taken.bonus, back=0)
        post(journal, debit=purse_of(payment), credit=payment.account_id, amount=taken.bonus, line=2)
    rows = taken.journal.lot_moves.order_by("lot_id")
    lots.move(journal, [Move(row.lot_id, -row.delta) for row in rows])
    sums = {"taken": taken.taken, "lost": 0, "bonus": taken.bonus}
    _record(act, payment, ReversalReason.RESTORED, journal.pk, sums, refund=refund, dispute=None)


def keep_back(refund: CardRefund) -> None:
    """Let the budget have what it held beside a refund, which is made now. Locks: the budget."""
    bonus = refund.reversals.filter(reason=ReversalReason.REFUND).aggregate(sum=Sum("bonus", default=0))["sum"]
    if bonus:
        let_go_in_campaign(purse_of(refund.payment), bonus, back=bonus)


def purse_of(payment: CardPayment) -> UUID:
    """Return the account of the budget that gave the bonus."""
    return payment.premium_claim.premium.campaign.account_id


def _record(
    act: Act, payment: CardPayment, reason: ReversalReason, journal_id: int, sums: dict[str, int], *,
    refund: CardRefund | None, dispute: CardDispute | None,
) -> None:  # fmt: skip
    account_id: UUID = payment.account_id
    row = Reversal.objects.create(
        id=new_id(act.at), journal_id=journal_id, account_id=account_id, reason=reason,
        refund=refund, dispute=dispute, at=act.at, **sums,
    )  # fmt: skip
    if payment.top_up_id is not None:
        act.emit(
            TopUpReversed(
                reversal_id=row.pk,
                account_id=account_id,
                reason=reason.value,
                currency=CURRENCY,
                **sums,
            )
        )
    act.after_commit(lambda: announce.balance_changed(account_id=account_id))
