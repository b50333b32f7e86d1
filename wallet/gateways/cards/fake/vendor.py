"""The fake vendor: what its wire is asked, what its pages are told, and what it sends to our door, signed as Stripe signs.

The genuine library cannot tell the difference.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kernel import clock
from wallet.gateways.cards.fake import paying
from wallet.gateways.cards.fake.api import Answer, Api, error, found, intent_of
from wallet.gateways.cards.fake.books import Books, Thing, Turn
from wallet.gateways.cards.fake.paying import Refused


class FakeStripe:
    """One vendor with one account: ours. ``pages`` is the address before its pages; ``post`` sends an event to our door."""

    def __init__(
        self, file: Path, *, key: str, webhook_secret: str, pages: str, post: Callable[[bytes, str], None] | None = None,
        now: Callable[[], datetime] = clock.now,
    ) -> None:  # fmt: skip
        """Open the books."""
        self.books = Books(file, now)
        self.pages = pages
        self._api = Api(pages)
        self._key, self._secret, self._post = key, webhook_secret, post

    def ask(self, method: str, path: str, query: str, body: str, *, bearer: str, idempotency_key: str | None) -> Answer:
        """Answer one request; the same key again gets the same answer, another request under it a refusal."""
        if not hmac.compare_digest(bearer, self._key):
            return 401, error("invalid_request_error", "invalid_api_key", "Invalid API Key provided")
        if method != "POST" or not idempotency_key:
            return self._answered(method, path, query, body, key=None)
        return self._answered(method, path, query, body, key=idempotency_key)

    def _answered(self, method: str, path: str, query: str, body: str, *, key: str | None) -> Answer:
        asked = f"{method} {path}?{body}"
        with self.books.turn() as turn:
            kept = turn.kept(key) if key else None
            if kept is not None:
                return kept[1:] if kept[0] == asked else (400, _REUSED)
            status, answer = self._api.answer(turn, method, path, query, body)
            if key:
                turn.keep(key, asked, status, answer)
        self._send(turn.told)
        return status, answer

    def session(self, session_id: str) -> Thing | None:
        """Return a session, for its page."""
        with self.books.turn() as turn:
            return turn.find("checkout.session", session_id)

    def intent(self, intent_id: str) -> Thing | None:
        """Return an intent, for its page."""
        with self.books.turn() as turn:
            return turn.find("payment_intent", intent_id)

    def session_of(self, intent_id: str) -> Thing | None:
        """Return the session to which an intent belongs."""
        with self.books.turn() as turn:
            return next(iter(turn.all("checkout.session", payment_intent=intent_id)), None)

    def enter_card(self, session_id: str, number: str) -> Thing:
        """Try a card on the page of a session; return the intent.

        :raises Refused: where the page is closed or the number is none.
        """
        if number not in paying.CARDS:
            raise Refused(402, "incorrect_number", "Your card number is incorrect.", kind="card_error")
        return self._on_page(
            session_id,
            lambda turn, intent, _: paying.confirm_card(turn, intent, number, challenge=f"{self.pages}/challenge/"),
        )

    def choose_konbini(self, session_id: str) -> Thing:
        """Ask for a number on the page of a session; return the intent."""

        def give(turn: Turn, intent: Thing, session: Thing) -> Thing:
            paying.give_number(turn, intent, days=session["konbini_days"], page=f"{self.pages}/voucher/")
            session["status"] = "complete"
            turn.save(session)
            turn.tell("checkout.session.completed", session)
            return intent

        return self._on_page(session_id, give)

    def answer_challenge(self, intent_id: str, *, passes: bool) -> Thing:
        """Answer the card's bank; return the intent."""
        return self._on_intent(intent_id, lambda turn, intent: paying.answer_challenge(turn, intent, passes=passes))

    def let_authorisation_run_out(self, intent_id: str) -> Thing:
        """Let the card's bank take back what it had set aside."""
        return self._on_intent(intent_id, paying.cancel)

    def pay_at_store(self, intent_id: str) -> Thing:
        """Pay at the convenience store."""
        return self._on_intent(intent_id, paying.succeed)

    def let_number_run_out(self, intent_id: str) -> Thing:
        """Let the time of the number pass."""
        return self._on_intent(intent_id, paying.let_number_run_out)

    def dispute(self, intent_id: str) -> Thing:
        """Let the holder of the card dispute the payment."""
        return self._on_intent(intent_id, lambda turn, intent: paying.dispute(turn, intent["id"]))

    def decide_dispute(self, dispute_id: str, *, won: bool) -> Thing:
        """Let the card's bank decide."""
        return self._in_turn(lambda turn: paying.decide_dispute(turn, dispute_id, won=won))

    def refund_by_hand(self, intent_id: str, amount: int) -> Thing:
        """Refund as somebody would on the vendor's own dashboard: under no reference of ours."""
        return self._on_intent(intent_id, lambda turn, intent: paying.refund(turn, intent, amount=amount, metadata={}))

    def _on_page(self, session_id: str, do: Callable[[Turn, Thing, Thing], Thing]) -> Thing:
        def act(turn: Turn) -> Thing:
            session = found(turn, "checkout.session", session_id)
            if session["status"] != "open" or session["expires_at"] <= turn.now:
                raise Refused(400, "checkout_session_not_open", "This page is closed.")
            intent = intent_of(turn, session)
            if intent is None:
                intent = paying.create_intent(
                    turn, amount=session["amount_total"], currency=session["currency"],
                    metadata=session["intent_metadata"], methods=session["payment_method_types"],
                    capture=session["capture_method"],
                )  # fmt: skip
                session["payment_intent"] = intent["id"]
                turn.save(session)
            return do(turn, intent, session)

        return self._in_turn(act)

    def _on_intent(self, intent_id: str, do: Callable[[Turn, Thing], Thing]) -> Thing:
        return self._in_turn(lambda turn: do(turn, found(turn, "payment_intent", intent_id)))

    def _in_turn(self, do: Callable[[Turn], Thing]) -> Thing:
        with self.books.turn() as turn:
            done, told = do(turn), turn.told
        self._send(told)
        return done

    def events(self) -> list[Thing]:
        """Return everything that was ever told, the oldest first."""
        with self.books.turn() as turn:
            return turn.all("event")[::-1]

    def signed(self, event: Thing, *, age_s: int = 0) -> tuple[bytes, str]:
        """Return an event's bytes and the header ``Stripe-Signature`` (docs.stripe.com/webhooks#verify-manually)."""
        payload, at = json.dumps(event).encode(), int(clock.now().timestamp()) - age_s
        digest = hmac.new(self._secret.encode(), b"%d." % at + payload, hashlib.sha256).hexdigest()
        return payload, f"t={at},v1={digest}"

    def _send(self, told: list[Thing]) -> None:
        for event in told if self._post else ():
            assert self._post is not None  # noqa: S101 - the line above
            self._post(*self.signed(event))


_REUSED = error(
    "idempotency_error",
    "idempotency_key_in_use",
    "Keys for idempotent requests can only be used with the same parameters.",
)
