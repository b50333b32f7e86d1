"""The fake vendor's mind: what becomes of sessions, intents, charges, refunds and disputes. Only the cards are made up.

The test cards are those of Stripe's own documentation (docs.stripe.com/testing), and so are the words of refusal.
"""

import secrets
from typing import Any

from wallet.gateways.cards.fake.books import Thing, Turn

GOOD, CHALLENGED, DECLINED, POOR, EXPIRED, DISPUTED = (
    "4242424242424242",
    "4000000000003220",
    "4000000000000002",
    "4000000000009995",
    "4000000000000069",
    "4000000000000259",
)
_REFUSALS = {
    DECLINED: ("card_declined", "generic_decline"),
    POOR: ("card_declined", "insufficient_funds"),
    EXPIRED: ("expired_card", ""),
}
CARDS = frozenset({GOOD, CHALLENGED, DISPUTED, *_REFUSALS})
METHODS = {  # what a server may name instead of a number
    "pm_card_visa": GOOD,
    "pm_card_authenticationRequired": CHALLENGED,
    "pm_card_threeDSecure2Required": CHALLENGED,
    "pm_card_visa_chargeDeclined": DECLINED,
    "pm_card_chargeDeclined": DECLINED,
    "pm_card_visa_chargeDeclinedInsufficientFunds": POOR,
    "pm_card_createDispute": DISPUTED,
}
LEAST_YEN = 50
STORES = ("familymart", "lawson", "ministop", "seicomart")
DAY_S = 86_400


class Refused(Exception):
    """An answer in the form of Stripe's errors."""

    def __init__(
        self, status: int, code: str, message: str, *, kind: str = "invalid_request_error", **more: Any
    ) -> None:
        """Keep what is answered."""
        super().__init__(code)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message, **more}}


def create_intent(
    turn: Turn, *, amount: int, currency: str, metadata: dict[str, str], methods: list[str], capture: str = "automatic"
) -> Thing:
    """Begin a payment."""
    if currency != "jpy" or amount < LEAST_YEN:
        raise Refused(400, "amount_too_small", "Amount must be at least 50 jpy.")
    intent = turn.add(
        "payment_intent", amount=amount, amount_received=0, currency=currency, status="requires_payment_method",
        metadata=metadata, payment_method_types=methods, latest_charge=None, next_action=None, last_payment_error=None,
        cancellation_reason=None, capture_method=capture, amount_capturable=0,
    )  # fmt: skip
    turn.tell("payment_intent.created", intent)
    return intent


def confirm_card(turn: Turn, intent: Thing, number: str, *, challenge: str) -> Thing:
    """Try a card: money, a refusal, or a question of the card's bank at the address ``challenge``."""
    _must_be(intent, "requires_payment_method", "requires_confirmation", "requires_action")
    if number in _REFUSALS:
        code, decline = _REFUSALS[number]
        return _decline(turn, intent, code, decline)
    if number == CHALLENGED:
        intent |= {
            "status": "requires_action",
            "last_payment_error": None,
            "next_action": {"type": "redirect_to_url", "redirect_to_url": {"url": challenge + intent["id"]}},
        }
        turn.save(intent)
        turn.tell("payment_intent.requires_action", intent)
        return intent
    _take(turn, intent)
    if number == DISPUTED and intent["status"] == "succeeded":
        dispute(turn, intent["id"])
    return intent


def answer_challenge(turn: Turn, intent: Thing, *, passes: bool) -> Thing:
    """Let the card holder prove themselves to their bank, or not."""
    _must_be(intent, "requires_action")
    if passes:
        return _take(turn, intent)
    return _decline(turn, intent, "payment_intent_authentication_failure", "")


def give_number(turn: Turn, intent: Thing, *, days: int, page: str) -> Thing:
    """Give out the numbers with which the payment is made at a convenience store."""
    _must_be(intent, "requires_payment_method")
    stores = {store: {"payment_code": _digits(11), "confirmation_number": _digits(10)} for store in STORES}
    intent |= {
        "status": "requires_action",
        "next_action": {
            "type": "konbini_display_details",
            "konbini_display_details": {
                "expires_at": turn.now + days * DAY_S,
                "hosted_voucher_url": page + intent["id"],
                "stores": stores,
            },
        },
    }
    turn.save(intent)
    turn.tell("payment_intent.requires_action", intent)
    return intent


def _take(turn: Turn, intent: Thing) -> Thing:
    """Take the money, or let the card's bank set it aside where the payment was begun so."""
    if intent["capture_method"] == "automatic":
        return succeed(turn, intent)
    intent |= {
        "status": "requires_capture", "amount_capturable": intent["amount"], "next_action": None, "last_payment_error": None,
    }  # fmt: skip
    turn.save(intent)
    turn.tell("payment_intent.amount_capturable_updated", intent)
    for session in turn.all("checkout.session", payment_intent=intent["id"]):
        session["status"] = "complete"
        turn.save(session)
        turn.tell("checkout.session.completed", session)
    return intent


def capture(turn: Turn, intent: Thing, *, amount: int | None) -> Thing:
    """Take so much of what was set aside; the rest goes back to the card at once."""
    _must_be(intent, "requires_capture")
    amount = intent["amount_capturable"] if amount is None else amount
    if amount > intent["amount_capturable"]:
        raise Refused(400, "amount_too_large", "The amount to capture is greater than what is capturable.")
    if amount < LEAST_YEN:
        raise Refused(400, "amount_too_small", "Amount must be at least 50 jpy.")
    intent["amount_capturable"] = 0
    return succeed(turn, intent, amount=amount)


def succeed(turn: Turn, intent: Thing, *, amount: int | None = None) -> Thing:
    """Take the money, or so much of it as was captured: the rest stands among the refunds, and no money moves for it."""
    amount = intent["amount"] if amount is None else amount
    released = intent["amount"] - amount
    charge = turn.add(
        "charge", amount=intent["amount"], amount_captured=amount, amount_refunded=released, currency=intent["currency"],
        refunded=False, disputed=False,
        paid=True, status="succeeded", payment_intent=intent["id"], metadata=intent["metadata"],
    )  # fmt: skip
    if released:
        turn.add(
            "refund", amount=released, currency=charge["currency"], status="succeeded", charge=charge["id"],
            payment_intent=intent["id"], metadata={}, reason=None, balance_transaction=None,
        )  # fmt: skip
    intent |= {
        "status": "succeeded", "amount_received": amount, "latest_charge": charge["id"], "next_action": None,
        "last_payment_error": None,
    }  # fmt: skip
    turn.save(intent)
    turn.tell("payment_intent.succeeded", intent)
    for session in turn.all("checkout.session", payment_intent=intent["id"]):
        was_waiting = session["status"] == "complete"
        session |= {"status": "complete", "payment_status": "paid"}
        turn.save(session)
        turn.tell("checkout.session." + ("async_payment_succeeded" if was_waiting else "completed"), session)
    return intent


def let_number_run_out(turn: Turn, intent: Thing) -> Thing:
    """End the time of a number for the convenience store."""
    _must_be(intent, "requires_action")
    return _decline(turn, intent, "payment_intent_payment_attempt_expired", "")


def cancel(turn: Turn, intent: Thing) -> Thing:
    """End a payment that was not made; what was set aside goes back to the card."""
    _must_be(intent, "requires_payment_method", "requires_action", "requires_confirmation", "requires_capture")
    intent |= {"status": "canceled", "next_action": None, "amount_capturable": 0}
    turn.save(intent)
    turn.tell("payment_intent.canceled", intent)
    return intent


def refund(turn: Turn, intent: Thing, *, amount: int | None, metadata: dict[str, str]) -> Thing:
    """Give money back to the card."""
    charge = turn.find("charge", str(intent["latest_charge"]))
    if charge is None:
        raise Refused(400, "payment_intent_unexpected_state", "This payment was not made.")
    left = charge["amount"] - charge["amount_refunded"]
    amount = left if amount is None else amount
    if charge["disputed"]:
        raise Refused(400, "charge_disputed", "Charge has been charged back; cannot issue a refund.")
    if left == 0:
        raise Refused(400, "charge_already_refunded", "Charge has already been refunded.")
    if not 0 < amount <= left:
        raise Refused(400, "amount_too_large", "Refund amount is greater than unrefunded amount on charge.")
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    turn.save(charge)
    made = turn.add(
        "refund", amount=amount, currency=charge["currency"], status="succeeded", charge=charge["id"],
        payment_intent=intent["id"], metadata=metadata, reason=None, balance_transaction="txn_" + secrets.token_hex(12),
    )  # fmt: skip
    turn.tell("refund.created", made)
    turn.tell("charge.refunded", charge)
    return made


def dispute(turn: Turn, intent_id: str) -> Thing:
    """Let the card holder tell their bank that it was not they."""
    intent = turn.find("payment_intent", intent_id)
    charge = turn.find("charge", str(intent["latest_charge"])) if intent else None
    if charge is None:
        raise Refused(400, "payment_intent_unexpected_state", "This payment was not made.")
    charge["disputed"] = True
    turn.save(charge)
    made = turn.add(
        "dispute", amount=charge["amount"] - charge["amount_refunded"], currency=charge["currency"], reason="fraudulent",
        status="needs_response", charge=charge["id"], payment_intent=intent_id, metadata={},
    )  # fmt: skip
    turn.tell("charge.dispute.created", made)
    return made


def decide_dispute(turn: Turn, dispute_id: str, *, won: bool) -> Thing:
    """Let the card's bank decide."""
    found = turn.find("dispute", dispute_id)
    if found is None:
        raise Refused(404, "resource_missing", "No such dispute")
    found["status"] = "won" if won else "lost"
    turn.save(found)
    if won:
        charge = turn.find("charge", found["charge"])
        assert charge is not None  # noqa: S101 - a dispute is made of one
        charge["disputed"] = False
        turn.save(charge)
    turn.tell("charge.dispute.closed", found)
    return found


def _decline(turn: Turn, intent: Thing, code: str, decline: str) -> Thing:
    error = {"type": "card_error", "code": code, "message": "The payment was not made."}
    intent |= {
        "status": "requires_payment_method",
        "next_action": None,
        "last_payment_error": error | ({"decline_code": decline} if decline else {}),
    }
    turn.save(intent)
    turn.tell("payment_intent.payment_failed", intent)
    return intent


def _must_be(intent: Thing, *states: str) -> None:
    if intent["status"] not in states:
        raise Refused(
            400,
            "payment_intent_unexpected_state",
            f"This PaymentIntent's status is {intent['status']}.",
            payment_intent={"id": intent["id"], "status": intent["status"]},
        )


def _digits(count: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(count))
