"""The card's doors: where to go, and what came back."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import (
    CookieAuthentication,
    person_of,
    record_shown,
    remember_session,
    session_of,
    sign_in_by,
)
from accounts.api.cards.serializers import BeginCard, CardAnswer, CardBegun, CardDone
from accounts.api.throttles import per_connection
from accounts.gateways.card import CardHolder
from accounts.gateways.card.flows import LIVES, Flow
from accounts.gateways.limits import Limit
from accounts.services import cards
from kernel import clock, signing
from kernel.web import Open, act_of, describe, read, struct


class CardDoor(APIView):
    """A door for people with and without a sign-in; a browser's own page must have sent what comes."""

    permission_classes = (Open,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count the knock, and ask a browser that nobody is signed in with for its CSRF token too."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST":
            per_connection(request, Limit(name="card", who="", most=20, seconds=60))
            if not request.user.is_authenticated:
                CookieAuthentication().enforce_csrf(request)


class CardStartView(CardDoor):
    """The way to the card."""

    @describe("Lay down my card: where to go", body=BeginCard, answers=CardBegun)
    def post(self, request: Request) -> HttpResponse:
        """Return the provider's address; the answer is good in this sign-in, for ten minutes, once."""
        wanted, at = read(request, BeginCard), clock.now()
        if wanted.purpose == cards.RAISE:
            person = person_of(request)
            address = cards.begin_raising(act_of(request), principal=person, session_key=_key(session_of(request)))
        else:
            address = cards.begin_sign_in(session_key=remember_session(request))
        return struct(CardBegun(address, at + LIVES))


class CardFinishView(CardDoor):
    """The way back."""

    @describe("Hand in the provider's answer", body=CardAnswer, answers=CardDone)
    def post(self, request: Request) -> HttpResponse:
        """Check the answer; then the person is known, or signed in."""
        answer, session = read(request, CardAnswer), session_of(request)
        resident_id = person_of(request).actor if request.user.is_authenticated else None
        flow = cards.flow_of(answer.state, session_key=_key(session), resident_id=resident_id)
        holder = cards.holder_of(flow, code=answer.code, issuer=answer.iss, error=answer.error)
        if flow.purpose == cards.RAISE:
            shown = cards.show_card(act_of(request), holder=holder)
            record_shown(session, shown.user_id, "card")
            return struct(CardDone(flow.purpose, shown.level))
        return self._signed_in(request, flow, holder)

    def _signed_in(self, request: Request, flow: Flow, holder: CardHolder) -> HttpResponse:
        user = cards.known_by_card(holder)
        sign_in_by(request, user, "card")
        return struct(CardDone(flow.purpose, user.account_level))


class CardKeysView(APIView):
    """The city's public keys as relying party, for the provider to know its assertions by."""

    permission_classes = (Open,)
    authentication_classes = ()

    @describe("Keys of the card's relying party (JWK Set)", answers=dict[str, Any])
    def get(self, request: Request) -> HttpResponse:
        """Return the keys."""
        return struct(signing.public_keys("card"))


def _key(session: SessionBase) -> str:
    return session.session_key or ""
