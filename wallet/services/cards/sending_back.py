"""Money back to the card: noted first, asked of the vendor under the note's own key, then finished; a crash loses nothing."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.notifications import Value
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.use_case import Act, Key, use_case
from wallet.engine.card_results import CardSent
from wallet.errors import CardVendorAway, CardVendorRefuses, TopUpNotRefundable
from wallet.gateways.cards import card_vendor
from wallet.gateways.cards.words import SentBack
from wallet.models import (
    CardAlertKind,
    CardDisputeStatus,
    CardPayment,
    CardPurpose,
    CardRefund,
    CardRefundReason,
    CardRefundStatus,
    CardStatus,
    ReversalReason,
)
from wallet.selectors.cards_taken import HANDLE, card_payment, refundable_of
from wallet.services import balances
from wallet.services.books import check_amount
from wallet.services.cards.alerts import raise_alert
from wallet.services.cards.asking import asking
from wallet.services.cards.for_orders import place_of, refund_ended
from wallet.services.cards.locking import lock_payment
from wallet.services.cards.reversing import keep_back, put_back, take_back
from wallet.services.orders.giving_back import restore
from wallet.services.telling import tell_holder


@use_case("wallet.refund_top_up", key=Key.REQUIRED, status=201)
def refund_top_up(act: Act, *, payment_id: UUID, amount: int, why: str) -> CardSent:
    """Take ``amount`` of a top-up out of what is unspent of its lots and note that it goes back to the card.

    The vendor is asked by :func:`finish_card_refunds` once this stands. Locks: the key, the payment, the balance, and the budget
    that gave a bonus.

    :raises NotAllowed: without the right; :raises NotFound: for no such payment; :raises TopUpNotRefundable: where less is
    unspent, or the payment is disputed.
    """
    check_amount(amount)
    if not act.principal.may(HANDLE):
        raise NotAllowed
    card_payment(payment_id)
    payment = CardPayment.objects.select_for_update(of=("self",)).select_related("top_up").get(pk=payment_id)
    balances.lock(
        payment.account_id
    )  # what is unspent is decided under it: else a payment comes between, and the city pays
    disputed = payment.disputes.exclude(status=CardDisputeStatus.WON).exists()
    refundable = 0 if payment.status != CardStatus.PAID or disputed else refundable_of(payment, jst_date(act.at))
    if amount > refundable:
        raise TopUpNotRefundable(refundable=refundable)
    refund = CardRefund.objects.create(
        id=new_id(act.at), payment=payment, amount=amount, reason=CardRefundReason.OFFICE, asked_at=act.at
    )
    take_back(act, payment, amount, refund=refund)
    act.audit(what={"card_payment_id": str(payment_id), "refund_id": str(refund.pk), "amount": amount}, why=why)
    return CardSent(refund.pk, amount, "asked")


def finish_card_refunds(*, at: datetime, payment_id: UUID | None = None) -> int:
    """Ask the vendor for every refund that is noted and not finished; return how many were finished.

    The vendor knows each by the note's id, so that asking twice gives nothing twice.
    """
    waiting = (
        CardRefund.objects.filter(status=CardRefundStatus.ASKED).select_related("payment").order_by("asked_at", "id")
    )
    if payment_id is not None:
        waiting = waiting.filter(payment_id=payment_id)
    finished = 0
    for refund in list(waiting):
        finished += _finish(refund, at=at)
    return finished


def _finish(refund: CardRefund, *, at: datetime) -> bool:
    act = Act(SYSTEM, at=at, key=f"card-restore/{refund.pk}")
    intent_id = refund.payment.intent_id
    if intent_id is None:
        return False
    try:
        with asking():
            sent = card_vendor().send_back(intent_id, amount=refund.amount, reference=refund.pk)
    except CardVendorAway:
        return False
    except CardVendorRefuses:
        fail_refund(act, refund_id=refund.pk)
        return True
    if sent.status == "failed":
        fail_refund(act, refund_id=refund.pk)
    else:
        note_sent(act, payment_id=refund.payment_id, sent=sent)
    return sent.status != "pending"


@use_case("wallet.finish_card_refund")
def note_sent(act: Act, *, payment_id: UUID, sent: SentBack) -> None:
    """Note that money went back. A refund that nobody here asked for was made at the vendor by hand: its coins are taken back too.

    Locks: an order, the payment, then the balance, and the budget that gave a bonus.
    """
    payment = lock_payment(payment_id)
    named = Q(vendor_id=sent.refund_id)
    if sent.reference is not None:
        named |= Q(pk=sent.reference)
    refund = payment.refunds.filter(named).first()
    if refund is None:
        _made_there(act, payment, sent)
    elif refund.status == CardRefundStatus.ASKED and sent.status == "done":
        refund.status, refund.vendor_id, refund.finished_at = CardRefundStatus.DONE, sent.refund_id, act.at
        refund.save(update_fields=["status", "vendor_id", "finished_at"])
        _count(payment, refund.amount)
        keep_back(refund)
        refund_ended(act, payment)
        if refund.reason in (CardRefundReason.OFFICE, CardRefundReason.ORDER):
            _tell(act, payment, refund)
    act.audit(what={"card_payment_id": str(payment_id), "refund": sent.refund_id, "amount": sent.amount})


def _made_there(act: Act, payment: CardPayment, sent: SentBack) -> None:
    if sent.status != "done":
        return
    refund = CardRefund.objects.create(
        id=new_id(act.at), payment=payment, amount=sent.amount, reason=CardRefundReason.VENDOR,
        status=CardRefundStatus.DONE, vendor_id=sent.refund_id, asked_at=sent.created_at, finished_at=act.at,
    )  # fmt: skip
    lost = 0
    if payment.status == CardStatus.PAID:
        lost = take_back(act, payment, sent.amount, refund=refund)
        _tell(act, payment, refund)
    _count(payment, sent.amount)
    kind = CardAlertKind.REFUNDED_THERE
    raise_alert(kind, sent.refund_id, at=act.at, payment=payment, ours=lost, theirs=sent.amount)


@use_case("wallet.fail_card_refund")
def fail_refund(act: Act, *, refund_id: UUID) -> None:
    """Note that the vendor does not send back: an officer hears of it, and what was taken for it, coins or a shop's, comes back."""
    lock_payment(CardRefund.objects.get(pk=refund_id).payment_id)
    refund = CardRefund.objects.select_related("payment").get(pk=refund_id)
    if refund.status == CardRefundStatus.ASKED:
        refund.status, refund.finished_at = CardRefundStatus.FAILED, act.at
        refund.save(update_fields=["status", "finished_at"])
        kind, name = CardAlertKind.REFUND_FAILED, str(refund.pk)
        raise_alert(kind, name, at=act.at, payment=refund.payment, ours=refund.amount)
        if refund.reversals.filter(reason=ReversalReason.REFUND).exists():
            put_back(act, refund)
        if refund.reason == CardRefundReason.ORDER:
            restore(act, refund)
            refund_ended(act, refund.payment)
    act.audit(what={"refund_id": str(refund_id), "status": refund.status})


def note_returns(payment: CardPayment, *, at: datetime) -> None:
    """Ask the vendor for all that went back of a payment, and book each."""
    assert payment.intent_id is not None  # noqa: S101 - whoever calls has looked
    with asking():
        found = card_vendor().returns_of(payment.intent_id)
    for sent in found:
        note_return(payment.pk, sent, at=at)


def note_return(payment_id: UUID, sent: SentBack, *, at: datetime) -> None:
    """Book one return as the vendor has it."""
    if sent.status == "failed" and sent.reference is not None:
        if CardRefund.objects.filter(pk=sent.reference, payment_id=payment_id).exists():
            fail_refund(Act(SYSTEM, at=at, key=f"card-restore/{sent.reference}"), refund_id=sent.reference)
        return
    note_sent(Act(SYSTEM, at=at, key=f"card-refund/{sent.refund_id}"), payment_id=payment_id, sent=sent)


def _count(payment: CardPayment, amount: int) -> None:
    payment.refunded += amount
    payment.version += 1
    payment.save(update_fields=["refunded", "version"])


def _tell(act: Act, payment: CardPayment, refund: CardRefund) -> None:
    message = "wallet.order_card_refunded" if payment.purpose == CardPurpose.ORDER else "wallet.card_refunded"
    values: dict[str, Value] = {"amount": refund.amount, **place_of(payment)}
    tell_holder(act, account_id=payment.account_id, message=message, values=values, dedupe=refund.pk)
