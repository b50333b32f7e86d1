"""The fake vendor's API: which request does what. The part of Stripe's that a city uses (docs.stripe.com/api).

Form-encoded requests, JSON answers, errors with their types and codes, lists with ``starting_after`` and ``has_more``.
"""

import json
from typing import Any

from wallet.gateways.cards.fake import paying
from wallet.gateways.cards.fake.books import Thing, Turn
from wallet.gateways.cards.fake.forms import nested, whole
from wallet.gateways.cards.fake.paying import Refused

Answer = tuple[int, str]
Members = dict[str, Any]
_FAR = 1 << 40
_LISTS = ("payment_intents", "refunds", "disputes", "events")


class Api:
    """Answers requests within one turn of the books; ``pages`` is the address before the vendor's pages."""

    def __init__(self, pages: str) -> None:
        """Keep where the pages are."""
        self.pages = pages

    def answer(self, turn: Turn, method: str, path: str, query: str, body: str) -> Answer:
        """Answer one request."""
        parts = path.removeprefix("/v1/").split("/")
        try:
            return 200, json.dumps(self._do(turn, method, parts, nested(query), nested(body)))
        except Refused as refused:
            return refused.status, json.dumps(refused.body)
        except (KeyError, TypeError, ValueError) as fault:
            return 400, error("invalid_request_error", "parameter_missing", f"Missing or wrong: {fault}")

    def _do(self, turn: Turn, method: str, parts: list[str], query: Members, body: Members) -> Members:
        if method == "GET":
            return _read(turn, parts, query)
        match parts:
            case ["checkout", "sessions"]:
                return self._open(turn, body)
            case ["checkout", "sessions", key, "expire"]:
                return _expire(turn, found(turn, "checkout.session", key))
            case ["payment_intents"]:
                return self._create(turn, body)
            case ["payment_intents", key, "confirm"]:
                return self._confirm(turn, found(turn, "payment_intent", key), str(body["payment_method"]))
            case ["payment_intents", key, "capture"]:
                return paying.capture(
                    turn, found(turn, "payment_intent", key), amount=whole(body.get("amount_to_capture"))
                )
            case ["payment_intents", key, "cancel"]:
                return paying.cancel(turn, found(turn, "payment_intent", key))
            case ["refunds"]:
                intent = found(turn, "payment_intent", str(body["payment_intent"]))
                return paying.refund(turn, intent, amount=whole(body.get("amount")), metadata=body.get("metadata", {}))
        raise _unknown(method, parts)

    def _open(self, turn: Turn, body: Members) -> Thing:
        (line,) = body["line_items"]
        amount = int(line["price_data"]["unit_amount"]) * int(line.get("quantity", 1))
        if amount < paying.LEAST_YEN:
            raise Refused(400, "amount_too_small", "The Checkout Session's total amount must be at least 50 jpy.")
        closes = int(body.get("expires_at", turn.now + paying.DAY_S))
        if not turn.now + 1795 <= closes <= turn.now + paying.DAY_S:
            raise Refused(
                400, "parameter_invalid_integer", "The `expires_at` timestamp must be 30 minutes to 24 hours away."
            )
        session = turn.add(
            "checkout.session", mode=body["mode"], status="open", payment_status="unpaid", payment_intent=None,
            amount_total=amount, currency=str(line["price_data"]["currency"]), metadata=body.get("metadata", {}),
            intent_metadata=body.get("payment_intent_data", {}).get("metadata", {}), expires_at=closes, url=None,
            capture_method=body.get("payment_intent_data", {}).get("capture_method", "automatic"),
            payment_method_types=list(body["payment_method_types"]), success_url=body["success_url"],
            cancel_url=body.get("cancel_url"), title=line["price_data"]["product_data"]["name"],
            konbini_days=int(body.get("payment_method_options", {}).get("konbini", {}).get("expires_after_days", 3)),
        )  # fmt: skip
        session["url"] = f"{self.pages}/pay/{session['id']}"
        turn.save(session)
        return session

    def _create(self, turn: Turn, body: Members) -> Thing:
        intent = paying.create_intent(
            turn, amount=int(body["amount"]), currency=str(body["currency"]).lower(), metadata=body.get("metadata", {}),
            methods=list(body.get("payment_method_types", ["card"])), capture=body.get("capture_method", "automatic"),
        )  # fmt: skip
        if body.get("confirm") == "true":
            return self._confirm(turn, intent, str(body["payment_method"]))
        return intent

    def _confirm(self, turn: Turn, intent: Thing, method: str) -> Thing:
        if method not in paying.METHODS:
            raise Refused(400, "resource_missing", f"No such PaymentMethod: '{method}'")
        done = paying.confirm_card(turn, intent, paying.METHODS[method], challenge=f"{self.pages}/challenge/")
        if done["last_payment_error"]:
            raise Refused(402, kind="card_error", payment_intent=done, **_of(done["last_payment_error"]))
        return done


def error(kind: str, code: str, message: str) -> str:
    """Return an error as Stripe words it."""
    return json.dumps({"error": {"type": kind, "code": code, "message": message}})


def found(turn: Turn, kind: str, key: str) -> Thing:
    """Return a thing; :raises Refused: where there is none."""
    there = turn.find(kind, key)
    if there is None:
        raise Refused(404, "resource_missing", f"No such {kind}: '{key}'")
    return there


def intent_of(turn: Turn, session: Thing) -> Thing | None:
    """Return the intent of a session, None before anybody tried to pay."""
    return turn.find("payment_intent", session["payment_intent"]) if session["payment_intent"] else None


def _read(turn: Turn, parts: list[str], query: Members) -> Members:
    match parts:
        case ["checkout", "sessions", key]:
            return _expanded(turn, _in_time(turn, found(turn, "checkout.session", key)), query)
        case ["payment_intents", key]:
            return _expanded(turn, found(turn, "payment_intent", key), query)
        case [("refunds" | "disputes") as kind, key]:
            return found(turn, kind.removesuffix("s"), key)
        case [kind] if kind in _LISTS:
            return _listed(turn, kind, query)
    raise _unknown("GET", parts)


def _in_time(turn: Turn, session: Thing) -> Thing:
    """Let the page of a session end by itself at its time."""
    is_over = session["status"] == "open" and session["expires_at"] <= turn.now
    return _expire(turn, session) if is_over else session


def _unknown(method: str, parts: list[str]) -> Refused:
    return Refused(404, "resource_missing", f"Unrecognized request URL ({method}: /v1/{'/'.join(parts)}).")


def _expire(turn: Turn, session: Thing) -> Thing:
    if session["status"] != "open":
        raise Refused(400, "checkout_session_not_open", "Only open Checkout Sessions can be expired.")
    session |= {"status": "expired", "url": None}
    turn.save(session)
    if intent := intent_of(turn, session):
        paying.cancel(turn, intent)
    turn.tell("checkout.session.expired", session)
    return session


def _expanded(turn: Turn, thing: Thing, query: Members) -> Thing:
    """Put in place of ids what ``expand`` names: ``payment_intent``, ``latest_charge``, ``charge``, also with ``data.`` before."""
    names = {name.split(".")[-1] for name in query.get("expand", [])}
    if "payment_intent" in names and isinstance(thing.get("payment_intent"), str):
        thing["payment_intent"] = _expanded(turn, found(turn, "payment_intent", thing["payment_intent"]), query)
    if "latest_charge" in names and isinstance(thing.get("latest_charge"), str):
        thing["latest_charge"] = found(turn, "charge", thing["latest_charge"])
    if "charge" in names and isinstance(thing.get("charge"), str):
        thing["charge"] = found(turn, "charge", thing["charge"])
    return thing


def _listed(turn: Turn, kind: str, query: Members) -> Members:
    created, of = query.get("created", {}), query.get("payment_intent")
    rows, has_more = turn.page(
        kind.removesuffix("s"), since=int(created.get("gte", 0)), until=int(created.get("lt", _FAR)),
        after=query.get("starting_after"), limit=min(int(query.get("limit", 10)), 100), intent=of,
    )  # fmt: skip
    data = [_expanded(turn, row, query) for row in rows]
    return {"object": "list", "url": f"/v1/{kind}", "has_more": has_more, "data": data}


def _of(said: Members) -> Members:
    return {name: value for name, value in said.items() if name != "type"}
