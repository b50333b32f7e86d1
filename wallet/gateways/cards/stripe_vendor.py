"""Stripe behind our words, by its own library.

A payment is a Checkout Session of one payment intent: card numbers, names and telephone numbers are entered on Stripe's own page,
to which the person is sent and from which they come back, so that no script of a third party runs on ours and no card number
reaches us (PCI DSS, SAQ A). 3-D Secure is asked for with every card. Ours are the intents with ``machi_payment`` in their metadata.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

import stripe
from stripe import HTTPClient, StripeClient

from kernel.transaction import is_open
from wallet.gateways.cards.words import (
    Disputed,
    EventForged,
    Heard,
    Opened,
    Part,
    Said,
    SentBack,
    StoreNumber,
    VendorAway,
    VendorRefuses,
    Voucher,
    Wanted,
)

MARK, RETURN_MARK = "machi_payment", "machi_refund"
PAGE = 100
SECONDS_FOR_AN_ANSWER = 15
TRIES = 2
OLDEST_EVENT_S = 300
KONBINI_DAYS = 3
LANGUAGES = {"ja": "ja", "ja-easy": "ja", "en": "en", "zh-hans": "zh", "ko": "ko"}
ENDED = "canceled"
_ABOUT: dict[str, Literal["payment", "refund", "dispute"]] = {
    "payment_intent": "payment",
    "checkout.session": "payment",
    "charge": "payment",
    "refund": "refund",
    "dispute": "dispute",
}
_REFUND_STATES: dict[str, Literal["done", "pending", "failed"]] = {
    "succeeded": "done",
    "failed": "failed",
    "canceled": "failed",
}
_DISPUTE_STATES: dict[str, Literal["won", "lost"]] = {"won": "won", "lost": "lost", "warning_closed": "won"}


class StripeVendor:
    """A :class:`wallet.gateways.cards.words.CardVendor`."""

    name: ClassVar[str] = "stripe"

    def __init__(
        self, *, key: str, webhook_secret: str, api_base: str = "", transport: HTTPClient | None = None
    ) -> None:
        """Keep keys and way; nothing is asked yet."""
        self._secret = webhook_secret
        self._client = StripeClient(
            key,
            base_addresses={"api": api_base} if api_base else None,
            http_client=transport or stripe.RequestsClient(timeout=SECONDS_FOR_AN_ANSWER),
            max_network_retries=TRIES,
        )

    def open(self, wanted: Wanted) -> Opened:
        """Open a Checkout Session."""
        with _asking():
            made = self._client.v1.checkout.sessions.create(
                _session(wanted),  # type: ignore[arg-type]
                {"idempotency_key": f"open-{wanted.reference}"},
            )
        return Opened(session_id=made.id, url=str(made.url))

    def read(self, session_id: str) -> Said:
        """Read the session with its intent and that one's charge."""
        with _asking():
            found = self._client.v1.checkout.sessions.retrieve(
                session_id, {"expand": ["payment_intent", "payment_intent.latest_charge"]}
            )
        return _said_of_session(_plain(found))

    def read_intent(self, intent_id: str) -> Said:
        """Read the intent with its charge."""
        with _asking():
            found = self._client.v1.payment_intents.retrieve(intent_id, {"expand": ["latest_charge"]})
        return _said_of_intent(_plain(found), session=None)

    def voucher(self, intent_id: str) -> Voucher | None:
        """Read the numbers out of the intent's next action."""
        with _asking():
            found = _plain(self._client.v1.payment_intents.retrieve(intent_id))
        details = (found.get("next_action") or {}).get("konbini_display_details")
        if not details or found["status"] != "requires_action":
            return None
        numbers = [
            StoreNumber(chain, str(said["payment_code"]), str(said.get("confirmation_number") or ""))
            for chain, said in sorted(details["stores"].items())
            if said
        ]
        return Voucher(_instant(details["expires_at"]), str(details.get("hosted_voucher_url") or ""), numbers)

    def cancel(self, session_id: str) -> Said:
        """Expire the session, or cancel the intent that waits at a store or is set aside; then say how it stands."""
        said = self.read(session_id)
        try:
            with _asking():
                if said.state in ("waiting", "reserved") and said.intent_id:
                    self._client.v1.payment_intents.cancel(said.intent_id)
                elif said.state == "open":
                    self._client.v1.checkout.sessions.expire(session_id)
        except VendorRefuses:  # it was paid, or ended, a moment ago
            return self.read(session_id)
        return self.read(session_id)

    def capture(self, session_id: str, *, amount: int) -> Said:
        """Capture the intent for so much, under a key that names both; then say how it stands."""
        said = self.read(session_id)
        if said.state == "reserved" and said.intent_id:
            with _asking():
                self._client.v1.payment_intents.capture(
                    said.intent_id,
                    {"amount_to_capture": amount},
                    {"idempotency_key": f"capture-{said.intent_id}-{amount}"},
                )
            said = self.read(session_id)
        return said

    def send_back(self, intent_id: str, *, amount: int, reference: UUID) -> SentBack:
        """Refund under a key of its own; what the vendor refused is refused again."""
        with _asking():
            made = self._client.v1.refunds.create(
                {"payment_intent": intent_id, "amount": amount, "metadata": {RETURN_MARK: str(reference)}},
                {"idempotency_key": f"refund-{reference}"},
            )
        return _sent_back(_plain(made))

    def payments(self, *, since: datetime, until: datetime, after: str | None = None) -> Part:
        """List the intents."""
        with _asking():
            found = self._client.v1.payment_intents.list(
                {**_window(since, until, after), "expand": ["data.latest_charge"]}  # type: ignore[arg-type]
            )
        return _part([_said_of_intent(row, session=None) for row in _rows(found)], found)

    def returns(self, *, since: datetime, until: datetime, after: str | None = None) -> Part:
        """List the refunds."""
        with _asking():
            found = self._client.v1.refunds.list(
                {**_window(since, until, after), "expand": ["data.charge"]}  # type: ignore[arg-type]
            )
        return _part(_returns(found), found)

    def returns_of(self, intent_id: str) -> list[SentBack]:
        """List the refunds of one intent; nobody makes a hundred of one payment."""
        with _asking():
            asked = {"payment_intent": intent_id, "limit": PAGE, "expand": ["data.charge"]}
            found = self._client.v1.refunds.list(asked)  # type: ignore[arg-type]
        return _returns(found)

    def disputes_of(self, intent_id: str) -> list[Disputed]:
        """List the disputes about one intent."""
        with _asking():
            found = self._client.v1.disputes.list({"payment_intent": intent_id, "limit": PAGE})
        return [_disputed(row) for row in _rows(found)]

    def disputes(self, *, since: datetime, until: datetime, after: str | None = None) -> Part:
        """List the disputes."""
        with _asking():
            found = self._client.v1.disputes.list(_window(since, until, after))  # type: ignore[arg-type]
        return _part([_disputed(row) for row in _rows(found)], found)

    def hear(self, payload: bytes, signature: str) -> Heard:
        """Check signature and age by the library, then take from the event what it is about."""
        try:
            said = _plain(self._client.construct_event(payload, signature, self._secret, OLDEST_EVENT_S))
            return _heard(said)
        except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise EventForged(type(fault).__name__) from None


@contextmanager
def _asking() -> Iterator[None]:
    """Turn the library's errors into ours; refuse to ask inside a transaction."""
    if is_open():
        raise RuntimeError("the card vendor is never asked inside a transaction")
    try:
        yield
    except (
        stripe.APIConnectionError,
        stripe.RateLimitError,
        stripe.AuthenticationError,
        stripe.PermissionError,
    ) as fault:
        raise VendorAway(type(fault).__name__) from fault
    except stripe.StripeError as fault:
        if fault.http_status is None or fault.http_status >= 500 or fault.http_status == 409:
            raise VendorAway(type(fault).__name__) from fault
        raise VendorRefuses(str(fault.code or type(fault).__name__)) from fault


def _session(wanted: Wanted) -> dict[str, Any]:
    options: dict[str, Any] = {"card": {"request_three_d_secure": "any"}}
    if wanted.method == "konbini":
        options = {"konbini": {"expires_after_days": KONBINI_DAYS}}
    price = {"currency": wanted.currency.lower(), "unit_amount": wanted.amount, "product_data": {"name": wanted.title}}
    mark = {MARK: str(wanted.reference)}
    held = {"capture_method": "manual"} if wanted.is_held else {}
    return {
        "mode": "payment",
        "payment_method_types": [wanted.method],
        "payment_method_options": options,
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": wanted.back,
        "cancel_url": wanted.back,
        "locale": LANGUAGES.get(wanted.language, "auto"),
        "expires_at": int(wanted.closes_at.timestamp()),
        "metadata": mark,
        "payment_intent_data": {"metadata": mark, **held},
    }


def _window(since: datetime, until: datetime, after: str | None) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "limit": PAGE,
        "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
    }
    return asked if after is None else asked | {"starting_after": after}


def _said_of_session(session: dict[str, Any]) -> Said:
    intent = session.get("payment_intent")
    if isinstance(intent, dict):
        return _said_of_intent(intent, session=session)
    return Said(
        reference=_marked(session, MARK), session_id=session["id"], intent_id=None,
        state="ended" if session["status"] == "expired" else "open",
        amount=session["amount_total"], currency=str(session["currency"]).upper(), received=0, refunded=0, refused="",
        pay_by=None, created_at=_instant(session["created"]),
    )  # fmt: skip


def _said_of_intent(intent: dict[str, Any], *, session: dict[str, Any] | None) -> Said:
    charge = intent.get("latest_charge")
    details = (intent.get("next_action") or {}).get("konbini_display_details")
    refused = intent.get("last_payment_error") or {}
    return Said(
        reference=_marked(intent, MARK),
        session_id=session["id"] if session else None,
        intent_id=intent["id"],
        state=_state(intent, session),
        amount=intent["amount"],
        currency=str(intent["currency"]).upper(),
        received=intent.get("amount_received") or 0,
        refunded=max(0, charge["amount_refunded"] - _let_go(charge)) if isinstance(charge, dict) else 0,
        refused=str(refused.get("decline_code") or refused.get("code") or ""),
        pay_by=_instant(details["expires_at"]) if details else None,
        created_at=_instant(intent["created"]),
    )


def _state(
    intent: dict[str, Any], session: dict[str, Any] | None
) -> Literal["open", "waiting", "reserved", "received", "ended"]:
    """A number that was given out and ran out leaves a completed session whose intent wants another way of paying."""
    if intent["status"] == "succeeded":
        return "received"
    if intent["status"] == "requires_capture":
        return "reserved"
    if intent["status"] == ENDED or (session is not None and session["status"] == "expired"):
        return "ended"
    if intent["status"] == "requires_action" and (intent.get("next_action") or {}).get("konbini_display_details"):
        return "waiting"
    over = session is not None and session["status"] == "complete" and intent["status"] == "requires_payment_method"
    return "ended" if over else "open"


def _let_go(charge: Any) -> int:
    """Return what was set aside and not captured: the company counts it among what was refunded, though nobody ever paid it."""
    if not isinstance(charge, dict):
        return 0
    return int(charge["amount"]) - int(charge["amount_captured"] if "amount_captured" in charge else charge["amount"])


def _returns(found: Any) -> list[SentBack]:
    """Return the refunds of a list, without what was let go when less was captured: no money moved for it."""
    rows = _rows(found)
    return [
        _sent_back(row) for row in rows if row.get("balance_transaction") or row["amount"] != _let_go(row.get("charge"))
    ]


def _sent_back(refund: dict[str, Any]) -> SentBack:
    return SentBack(
        refund_id=refund["id"], intent_id=str(refund["payment_intent"]), reference=_marked(refund, RETURN_MARK),
        amount=refund["amount"], currency=str(refund["currency"]).upper(),
        status=_REFUND_STATES.get(refund["status"], "pending"), created_at=_instant(refund["created"]),
    )  # fmt: skip


def _disputed(dispute: dict[str, Any]) -> Disputed:
    return Disputed(
        dispute_id=dispute["id"], intent_id=str(dispute["payment_intent"]), amount=dispute["amount"],
        currency=str(dispute["currency"]).upper(), reason=str(dispute["reason"]),
        status=_DISPUTE_STATES.get(dispute["status"], "open"), created_at=_instant(dispute["created"]),
    )  # fmt: skip


def _heard(event: dict[str, Any]) -> Heard:
    thing = event["data"]["object"]
    is_known = str(event["type"]).startswith(("payment_intent.", "checkout.session.", "charge.", "refund."))
    about = _ABOUT.get(str(thing.get("object"))) if is_known else None
    intent = thing["id"] if thing.get("object") == "payment_intent" else thing.get("payment_intent")
    return Heard(
        event_id=str(event["id"]),
        kind=str(event["type"]),
        about=about or "other",
        reference=_marked(thing, MARK) if about == "payment" else None,
        intent_id=intent if isinstance(intent, str) else None,
        created_at=_instant(event["created"]),
    )


def _marked(thing: dict[str, Any], mark: str) -> UUID | None:
    try:
        return UUID(str((thing.get("metadata") or {}).get(mark)))
    except ValueError:
        return None


def _part(rows: Any, found: Any) -> Part:
    listed = _rows(found)
    return Part(rows=rows, next=listed[-1]["id"] if found.has_more and listed else None)


def _rows(found: Any) -> list[dict[str, Any]]:
    return [_plain(row) for row in found.data]


def _plain(thing: Any) -> dict[str, Any]:
    """Return the library's object as plain members, those that it does not know included."""
    members: dict[str, Any] = thing.to_dict()
    return members


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
