"""The vendor's news at our door: believed when signed, recorded once, and then only a reason to look."""

import hashlib
from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection

from kernel.principal import SYSTEM
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act, use_case
from wallet.errors import CardEventForged
from wallet.gateways.cards import card_vendor
from wallet.gateways.cards.words import EventForged, Heard
from wallet.models import CardPayment, VendorEvent
from wallet.selectors.cards_taken import card_payment
from wallet.services.cards.asking import asking
from wallet.services.cards.looking import look, look_at_disputes
from wallet.services.cards.sending_back import note_returns

_log = structlog.get_logger(__name__)


def hear_vendor(payload: bytes, signature: str, *, at: datetime) -> None:
    """Take in one event: record it once, look at what it is about, and note that this is done; a duplicate is harmless.

    :raises CardEventForged: where the vendor did not sign it, or more than five minutes ago; :raises CardVendorAway: where it
    is recorded and could not be looked into yet: the vendor sends it again, and the sweep takes it up.
    """
    try:
        heard = card_vendor().hear(payload, signature)
    except EventForged:
        raise CardEventForged from None
    if record_event(Act(SYSTEM, at=at), heard=heard, digest=hashlib.sha256(payload).hexdigest()):
        _process(heard, at=at)


@use_case("wallet.record_card_event")
def record_event(act: Act, *, heard: Heard, digest: str) -> bool:
    """Write an event down, once; tell whether it is still to be looked into."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wallet_vendorevent (event_id, kind, reference, intent_id, digest, created_at, received_at)"
            " VALUES (%s, %s, %s, %s, decode(%s, 'hex'), %s, %s) ON CONFLICT DO NOTHING",
            [
                heard.event_id, heard.kind[:120], heard.reference, heard.intent_id, digest, heard.created_at, act.at,
            ],
        )  # fmt: skip
    act.audit(what={"event": heard.event_id, "kind": heard.kind[:120]})
    return VendorEvent.objects.filter(pk=heard.event_id, processed_at=None).exists()


@use_case("wallet.end_card_event")
def end_event(act: Act, *, event_id: str) -> None:
    """Note that an event was looked into."""
    VendorEvent.objects.filter(pk=event_id, processed_at=None).update(processed_at=act.at)
    act.audit(what={"event": event_id})


def process_card_events(*, at: datetime) -> int:
    """Look into what was recorded and not finished, the oldest first; return how many were."""
    done = 0
    for event in list(VendorEvent.objects.filter(processed_at=None).order_by("received_at", "event_id")[:500]):
        try:
            _look_into(event.kind, event.reference, event.intent_id, at=at)
        except DomainError as refusal:
            _log.warning("card_event_waits", vendor_event=event.pk, code=refusal.code)
            continue
        end_event(Act(SYSTEM, at=at), event_id=event.pk)
        done += 1
    return done


def _process(heard: Heard, *, at: datetime) -> None:
    if heard.about != "other":
        _look_into(heard.kind, heard.reference, heard.intent_id, at=at)
    end_event(Act(SYSTEM, at=at), event_id=heard.event_id)


def _look_into(kind: str, reference: UUID | None, intent_id: str | None, *, at: datetime) -> None:
    payment = _concerned(reference, intent_id)
    if payment is None:
        return  # not of the city: its vendor's account may serve others; the comparison of the books finds what should be ours
    payment = look(payment.pk, at=at)
    if payment.intent_id is None:
        return
    if kind.startswith("charge.dispute."):
        look_at_disputes(payment, at=at)
    elif kind.startswith(("refund.", "charge.refund")):
        note_returns(payment, at=at)


def _concerned(reference: UUID | None, intent_id: str | None) -> CardPayment | None:
    """Find the payment by our reference, or by the vendor's id of it; an intent that we have not met is asked for its reference."""
    if reference is None and intent_id is not None:
        known = CardPayment.objects.filter(intent_id=intent_id).values_list("pk", flat=True).first()
        reference = known or _reference_at_vendor(intent_id)
    if reference is None:
        return None
    try:
        return card_payment(reference)
    except NotFound:
        return None


def _reference_at_vendor(intent_id: str) -> UUID | None:
    with asking():
        return card_vendor().read_intent(intent_id).reference
