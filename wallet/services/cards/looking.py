"""Looking at the vendor how a payment stands, and booking what that means: the one place where card money becomes coins."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from kernel.principal import SYSTEM, Principal
from kernel.problems import DomainError
from kernel.use_case import Act
from wallet.errors import CardVendorRefuses
from wallet.gateways.cards import card_vendor
from wallet.gateways.cards.words import Said, Voucher
from wallet.models import CardPayment, CardStatus
from wallet.selectors.cards_taken import UNFINISHED, access_card_top_up_for, card_payment, overdue
from wallet.services.cards.asking import asking
from wallet.services.cards.sending_back import finish_card_refunds, note_returns
from wallet.services.cards.settling import end_unopened, note_disputes, settle
from wallet.services.cards.starting import open_or_end

LOOK_AGAIN = timedelta(minutes=5)

_log = structlog.get_logger(__name__)


def look(payment_id: UUID, *, at: datetime) -> CardPayment:
    """Ask the vendor how a payment stands, book that, and finish what is to go back; as often as anybody likes.

    :raises NotFound: for none of ours; :raises CardVendorAway: where nothing could be learned.
    """
    payment = card_payment(payment_id)
    if payment.session_id is None:
        end_unopened(Act(SYSTEM, at=at), payment_id=payment_id)
        return card_payment(payment_id)
    with asking():
        said = _urged(payment, payment.session_id)
    return book(payment_id, said, at=at)


def _urged(payment: CardPayment, session_id: str) -> Said:
    """Read a payment, and ask for what was decided of it and is not done: to take so much, or to give it up."""
    said = card_vendor().read(session_id)
    if payment.to_take and said.state == "reserved":
        return card_vendor().capture(session_id, amount=payment.to_take)
    if payment.to_take == 0 and said.state in ("open", "reserved"):
        return card_vendor().cancel(session_id)
    return said


def book(payment_id: UUID, said: Said, *, at: datetime) -> CardPayment:
    """Book what the vendor says of a payment, refunds and disputes included."""
    settle(Act(SYSTEM, at=at, key=f"card/{payment_id}"), payment_id=payment_id, said=said)
    payment = card_payment(payment_id)
    if payment.intent_id is not None and said.refunded > payment.refunded:
        note_returns(payment, at=at)
    finish_card_refunds(at=at, payment_id=payment_id)
    return card_payment(payment_id)


def look_for(principal: Principal, payment_id: UUID, *, at: datetime) -> CardPayment:
    """Look at one's own top-up, where there is still something to learn; :raises NotFound: for another's."""
    own = access_card_top_up_for(principal, payment_id)
    return look(payment_id, at=at) if own.status in UNFINISHED else own


def give_up_top_up(principal: Principal, payment_id: UUID, *, at: datetime) -> CardPayment:
    """End one's own top-up that was not paid; one that was paid meanwhile is booked instead. :raises NotFound: for another's.

    A page that nobody opened could still be opened by asking again: it is opened and ended as well, or ends where it cannot be.
    """
    own = access_card_top_up_for(principal, payment_id)
    with suppress(CardVendorRefuses):
        open_or_end(Act(principal, at=at), card_vendor(), own)
    own = card_payment(payment_id)
    if own.status not in UNFINISHED or own.session_id is None:
        return own
    with asking():
        said = card_vendor().cancel(own.session_id)
    return book(payment_id, said, at=at)


def voucher_for(principal: Principal, payment_id: UUID) -> Voucher | None:
    """Return the numbers for the convenience store, read from the vendor: the city keeps none. :raises NotFound: for another's."""
    own = access_card_top_up_for(principal, payment_id)
    if own.status != CardStatus.WAITING or own.intent_id is None:
        return None
    with asking():
        return card_vendor().voucher(own.intent_id)


def look_at_disputes(payment: CardPayment, *, at: datetime) -> None:
    """Ask the vendor what is disputed of a payment, and book that."""
    if payment.intent_id is None:
        return
    with asking():
        found = card_vendor().disputes_of(payment.intent_id)
    note_disputes(payment.pk, found, at=at)


def sweep_cards(*, at: datetime) -> int:
    """Look at every payment that nobody finished in time, and ask again for what must go back; return how many were looked at."""
    looked = 0
    for payment_id in overdue(at=at, since=LOOK_AGAIN):
        try:
            look(payment_id, at=at)
            looked += 1
        except DomainError as refusal:
            _log.warning("card_sweep", payment_id=str(payment_id), code=refusal.code)
    finish_card_refunds(at=at)
    return looked
