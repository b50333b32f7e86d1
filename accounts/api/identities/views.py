"""Doors to one's own ID: how surely I am known, how that came about, and the ways up that are not allauth's."""

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import person_of, record_shown, session_of
from accounts.api.identities.serializers import CodeTyped, Upgrade
from accounts.api.throttles import per_person
from accounts.errors import CodeWrong
from accounts.gateways.code_proofs import is_right, new_code
from accounts.gateways.limits import Limit
from accounts.selectors.identities import (
    MyId,
    VerificationView,
    access_my_id_for,
    own_verifications,
    verification_view,
)
from accounts.selectors.profiles import Me
from accounts.services.counter_codes import CounterCodeShown, show_counter_code
from accounts.services.upgrading import upgrade
from kernel.web import Page, SignedIn, act_of, describe, page_of, read, reply, struct

CODES_SENT = Limit(name="code_proof", who="", most=3, seconds=60)
CODES_SHOWN = Limit(name="counter_code", who="", most=20, seconds=60)


class IdView(APIView):
    """My ID."""

    permission_classes = (SignedIn,)

    @describe("My ID: how surely I am known, since when", answers=MyId)
    def get(self, request: Request) -> HttpResponse:
        """Show it."""
        return struct(access_my_id_for(person_of(request)))


class VerificationsView(APIView):
    """How I came to be known as surely as I am."""

    permission_classes = (SignedIn,)

    @describe("Checks of my identity, newest first", answers=Page[VerificationView], query=("cursor", "limit"))
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        with own_verifications(person_of(request).actor) as rows:
            return struct(page_of(rows, request, shape=verification_view, instant="created_at"))


class CounterCodesView(APIView):
    """The code for the counter."""

    permission_classes = (SignedIn,)

    @describe("Show a code at the counter: one use, ten minutes", answers=CounterCodeShown, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Return a fresh code."""
        per_person(str(person_of(request).actor), CODES_SHOWN)
        return reply(show_counter_code.answer(act_of(request)))


class CodeProofsView(APIView):
    """Showing once more that I read my letters."""

    permission_classes = (SignedIn,)

    @describe("Send me a code, to show once more who I am", status=204)
    def post(self, request: Request) -> HttpResponse:
        """Send a code to the confirmed address; :raises NoAddress: where there is none."""
        per_person(str(person_of(request).actor), CODES_SENT)
        get_adapter().send_proof_code(request.user, new_code(session_of(request).session_key or ""))
        return HttpResponse(status=204)

    @describe("Hand in the code", body=CodeTyped, status=204)
    def put(self, request: Request) -> HttpResponse:
        """Note that the person has shown level 1 just now; :raises CodeWrong: for another code."""
        session = session_of(request)
        if not is_right(session.session_key or "", read(request, CodeTyped).code.strip()):
            raise CodeWrong
        record_shown(session, person_of(request).user_id, "code")
        return HttpResponse(status=204)


class UpgradeView(APIView):
    """From guest to resident."""

    permission_classes = (SignedIn,)

    @describe("Become a resident: same ID, same wallet", body=Upgrade, answers=Me)
    def post(self, request: Request) -> HttpResponse:
        """Upgrade, and show me to myself."""
        name = read(request, Upgrade).display_name
        return reply(upgrade.answer(act_of(request), display_name=name))
