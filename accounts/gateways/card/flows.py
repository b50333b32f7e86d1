"""What the city must remember while a person is away laying down their card: ten minutes at the most, and taken once."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

import msgspec

from accounts.errors import CardProviderAway
from accounts.gateways.store import Unreachable, store

LIVES = timedelta(minutes=10)


class Flow(msgspec.Struct, frozen=True):
    """One walk to the provider and back: what it is for, in which sign-in it began, and the secrets that tie the answer to it."""

    purpose: str
    session: str
    resident_id: UUID | None
    state: str
    nonce: str
    verifier: str


def new_flow(*, purpose: str, session_key: str, resident_id: UUID | None) -> Flow:
    """Begin a flow and remember it; :raises CardProviderAway: where nothing can be remembered."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    flow = Flow(purpose, _digest(session_key), resident_id, state, nonce, verifier)
    try:
        store().set(_name(state), msgspec.json.encode(flow), ex=LIVES)
    except Unreachable:
        raise CardProviderAway(retry_after=10) from None
    return flow


def take(state: str, *, session_key: str) -> Flow | None:
    """Return the flow of an answer and forget it; None for an unknown, used or old one, and for one begun in another session.

    One of many at once gets it.
    """
    try:
        kept = store().getdel(_name(state))
    except Unreachable:
        raise CardProviderAway(retry_after=10) from None
    flow = msgspec.json.decode(kept, type=Flow) if kept is not None else None
    return flow if flow is not None and secrets.compare_digest(flow.session, _digest(session_key)) else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _name(state: str) -> str:
    return f"machi:card:{_digest(state)}"
