"""Booking what the vendor says. A payment only moves forward, whatever order the news comes in."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.notifications import Value, names_of
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.use_case import Act, use_case
from wallet.errors import (
    AccountClosed,
    AccountFrozen,
    CampaignSpent,
    LimitBalance,
    PremiumCapReached,
    PremiumNotAllotted,
    PremiumNotForYou,
    PremiumNotOnSale,
    PremiumSoldOut,
    WalletRefusal,
)
from wallet.gateways.cards.words import Disputed, Said
from wallet.models import (
    ORDER_OF_STATUS,
    CardAlertKind,
    CardDispute,
    CardDisputeStatus,
    CardMethod,
    CardPayment,
    CardPurpose,
    CardRefund,
    CardRefundReason,
    CardStatus,
    TopUpKind,
)
from wallet.selectors.freezes import own_freezes_about
from wallet.services.cards import for_orders, for_premium
from wallet.services.cards.alerts import raise_alert
from wallet.services.cards.locking import lock_payment
from wallet.services.cards.reversing import take_back
from wallet.services.freezing import freeze_account, unfreeze_account
from wallet.services.telling import tell_holder
from wallet.services.topping_up import Issue, issue_to_account

_WHY_BACK: dict[type[WalletRefusal], CardRefundReason] = {
    LimitBalance: CardRefundReason.LIMIT,
    AccountClosed: CardRefundReason.CLOSED,
    AccountFrozen: CardRefundReason.FROZEN,
    CampaignSpent: CardRefundReason.UNITS,
    PremiumCapReached: CardRefundReason.UNITS,
    PremiumNotAllotted: CardRefundReason.UNITS,
    PremiumNotForYou: CardRefundReason.UNITS,
    PremiumNotOnSale: CardRefundReason.UNITS,
    PremiumSoldOut: CardRefundReason.UNITS,
}
_FOLLOW = {CardPurpose.ORDER: for_orders.follow, CardPurpose.PREMIUM: for_premium.follow}
_STATUS = {
    "open": CardStatus.OPEN,
    "waiting": CardStatus.WAITING,
    "reserved": CardStatus.RESERVED,
    "ended": CardStatus.ENDED,
}


@use_case("wallet.settle_card_payment")
def settle(act: Act, *, payment_id: UUID, said: Said) -> None:
    """Book what the vendor says of one payment: received money becomes coins, or pays its order, once; else it goes back.

    Another amount or currency than was asked for, or another payment under our reference, issues nothing and calls an officer;
    units with a bonus do not wait for it longer than the page lived.
    Locks: an order, the payment, a campaign that sells and the share, the balance, the budget.
    """
    payment = lock_payment(payment_id)
    what = {"card_payment_id": str(payment.pk), "state": said.state}
    if not _fits(payment, said, at=act.at):
        if payment.closes_at <= act.at:
            for_premium.let_go(act, payment)
        act.audit(what=what | {"fits": False})
        return
    if said.state == "received":
        if payment.status not in (CardStatus.PAID, CardStatus.RETURNED):
            _receive(act, payment, said)
    else:
        _move(act, payment, said)
    act.audit(what=what | {"status": payment.status, "amount": payment.amount})


def _fits(payment: CardPayment, said: Said, *, at: datetime) -> bool:
    name = said.intent_id or said.session_id or str(payment.pk)
    if payment.intent_id not in (None, said.intent_id):
        if said.state == "received":
            raise_alert(CardAlertKind.UNKNOWN_HERE, name, at=at, payment=payment, theirs=said.received)
        return False
    theirs = said.received if said.state == "received" else said.amount
    ours = payment.due if said.state == "received" else payment.amount
    if theirs != ours or said.currency != payment.currency:
        raise_alert(CardAlertKind.WRONG_AMOUNT, name, at=at, payment=payment, ours=ours, theirs=theirs)
        return False
    return True


def _receive(act: Act, payment: CardPayment, said: Said) -> None:
    if payment.purpose == CardPurpose.ORDER:
        is_wanted = for_orders.receive(act, payment)
        if is_wanted:
            _finish(payment, CardStatus.PAID, said, at=act.at)
        else:
            _return(act, payment, said, CardRefundReason.LATE, "wallet.order_returned")
        return
    issue = for_premium.receive if payment.purpose == CardPurpose.PREMIUM else _top_up
    try:
        top_up_id = issue(act, payment)
    except tuple(_WHY_BACK) as refusal:
        reason = _WHY_BACK[type(refusal)]
        for_premium.let_go(act, payment)
        message = "wallet.premium_returned" if reason == CardRefundReason.UNITS else "wallet.card_returned"
        _return(act, payment, said, reason, message)
        return
    _finish(payment, CardStatus.PAID, said, at=act.at, top_up_id=top_up_id)
    if payment.method == CardMethod.KONBINI:
        _tell(act, payment, "wallet.konbini_paid")


def _top_up(act: Act, payment: CardPayment) -> UUID:
    kind = TopUpKind.KONBINI if payment.method == CardMethod.KONBINI else TopUpKind.CARD
    return issue_to_account(act, Issue(kind, payment.account_id, payment.amount)).id


def _return(act: Act, payment: CardPayment, said: Said, reason: CardRefundReason, message: str) -> None:
    """Note that the money goes back; the vendor is asked once this stands."""
    CardRefund.objects.create(
        id=new_id(act.at),
        payment=payment,
        amount=payment.due,
        reason=reason,
        asked_at=act.at,
    )
    _finish(payment, CardStatus.RETURNED, said, at=act.at)
    _tell(act, payment, message)


def _finish(
    payment: CardPayment, status: CardStatus, said: Said, *, at: datetime, top_up_id: UUID | None = None
) -> None:
    payment.status, payment.intent_id, payment.top_up_id = status, said.intent_id, top_up_id
    payment.finished_at, payment.looked_at, payment.refused = at, at, ""
    payment.session_id = payment.session_id or said.session_id
    payment.version += 1
    payment.save()


def _move(act: Act, payment: CardPayment, said: Said) -> None:
    """Go forward, never back: an older word about a payment that has ended or was paid changes nothing."""
    status = _STATUS[said.state]
    payment.looked_at = act.at
    if payment.status not in (CardStatus.PAID, CardStatus.RETURNED, CardStatus.ENDED):
        payment.refused = said.refused[:64]
        payment.intent_id = payment.intent_id or said.intent_id
        payment.session_id = payment.session_id or said.session_id
        payment.closes_at = said.pay_by or payment.closes_at
    if ORDER_OF_STATUS[status] > ORDER_OF_STATUS[payment.status] and payment.session_id is not None:
        was_waiting = payment.status == CardStatus.WAITING
        payment.status, payment.version = status, payment.version + 1
        payment.finished_at = act.at if status == CardStatus.ENDED else None
        if status == CardStatus.ENDED and was_waiting:
            _tell(act, payment, "wallet.konbini_over")
        payment.save()
        _follow(act, payment)
    else:
        payment.save()


def _follow(act: Act, payment: CardPayment) -> None:
    """Let what the payment is for follow it."""
    follow = _FOLLOW.get(CardPurpose(payment.purpose))
    if follow is not None:
        follow(act, payment)


@use_case("wallet.end_card_payment")
def end_unopened(act: Act, *, payment_id: UUID, is_refused: bool = False) -> None:
    """End a payment for which no page was ever opened, once its time is over or the vendor refuses it; nobody can have paid it."""
    payment = lock_payment(payment_id)
    if payment.status == CardStatus.STARTED and (is_refused or payment.closes_at <= act.at):
        payment.status, payment.finished_at, payment.version = CardStatus.ENDED, act.at, payment.version + 1
        payment.save(update_fields=["status", "finished_at", "version"])
        _follow(act, payment)
    act.audit(what={"card_payment_id": str(payment_id), "status": payment.status})


def note_disputes(payment_id: UUID, found: Iterable[Disputed], *, at: datetime) -> None:
    """Book each dispute as it stands, in a transaction of its own."""
    for each in found:
        note_dispute(Act(SYSTEM, at=at, key=f"card-dispute/{each.dispute_id}"), payment_id=payment_id, said=each)


@use_case("wallet.note_card_dispute")
def note_dispute(act: Act, *, payment_id: UUID, said: Disputed) -> None:
    """Book a dispute: an officer hears of it; a lost one takes back what is left of its coins, and the city bears the rest.

    Locks: the payment, the balance, then the budget that gave a bonus.
    """
    payment = lock_payment(payment_id)
    dispute = payment.disputes.filter(vendor_id=said.dispute_id).first()
    if dispute is None:
        dispute = CardDispute.objects.create(
            id=new_id(act.at), payment=payment, vendor_id=said.dispute_id, amount=said.amount, opened_at=said.created_at
        )
        raise_alert(CardAlertKind.DISPUTE, said.dispute_id, at=act.at, payment=payment, theirs=said.amount)
        _freeze(act, payment, dispute)
    if dispute.status == CardDisputeStatus.OPEN and said.status != "open":
        dispute.status, dispute.closed_at = CardDisputeStatus(said.status), act.at
        dispute.save(update_fields=["status", "closed_at"])
        if said.status == "won":
            _unfreeze(act, dispute)
        if said.status == "lost" and payment.status == CardStatus.PAID:
            lost = take_back(act, payment, dispute.amount, dispute=dispute)
            kind = CardAlertKind.DISPUTE_LOST
            raise_alert(kind, said.dispute_id, at=act.at, payment=payment, ours=lost, theirs=said.amount)
    act.audit(what={"card_payment_id": str(payment_id), "dispute": said.dispute_id, "status": dispute.status})


def _freeze(act: Act, payment: CardPayment, dispute: CardDispute) -> None:
    """Let nothing go out while the card's bank looks into it: whoever has another's card spends fast."""
    if payment.status == CardStatus.PAID and payment.account.closed_at is None:
        why = _("カードの持ち主の申し立て")
        freeze_account(act, account_id=payment.account_id, scope="outgoing", reason=why, about=dispute.pk)


def _unfreeze(act: Act, dispute: CardDispute) -> None:
    """End the freeze that the dispute brought; what officers froze stays frozen."""
    for freeze_id in own_freezes_about(dispute.pk):
        unfreeze_account(act, freeze_id=freeze_id, why=_("申し立ては認められませんでした"))


def _tell(act: Act, payment: CardPayment, message: str) -> None:
    values: dict[str, Value] = {"amount": payment.due, **for_orders.place_of(payment)}
    if message == "wallet.premium_returned":
        values["name"] = names_of(payment.premium_claim.premium)
    tell_holder(act, account_id=payment.account_id, message=message, values=values, dedupe=payment.pk)
