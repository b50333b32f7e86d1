"""Doors to closing an account."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import person_of
from accounts.api.closing.serializers import Closed, CloseMine, CloseTheirs, Closing, LookFirst
from accounts.selectors.closing import access_closing_of
from accounts.selectors.residents import resident_numbered
from accounts.selectors.step_up import require_fresh
from accounts.services.closing import close_account_at_counter, close_my_account
from kernel import clock
from kernel.problems import NotFound
from kernel.web import Holds, SignedIn, act_of, describe, principal_of, read, reply, struct

RIGHT = "accounts.close_accounts"


class MyClosingView(APIView):
    """My own account."""

    permission_classes = (SignedIn,)

    @describe("What happens when I close my account", answers=Closing)
    def get(self, request: Request) -> HttpResponse:
        """Say what goes, what stays, what stands in the way and what is lost."""
        me = principal_of(request).actor
        return struct(access_closing_of(me, actor=me, at=clock.now()))

    @describe("Close my account, at once and for good", body=CloseMine, answers=Closed, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Close it."""
        require_fresh(person_of(request), at=clock.now())
        return reply(close_my_account.answer(act_of(request), gives_up=read(request, CloseMine).gives_up))


class TheirClosingLookView(APIView):
    """What somebody would lose, at the counter; a reading with a reason, so not a GET."""

    permission_classes = (Holds(RIGHT),)

    @describe("What happens when somebody's account is closed", body=LookFirst, answers=Closing)
    def post(self, request: Request, number: str) -> HttpResponse:
        """Say what goes, what stays, what stands in the way and what is lost."""
        why, officer = read(request, LookFirst).why, principal_of(request).actor
        return struct(access_closing_of(_whose(number), actor=officer, reason=why, at=clock.now()))


class TheirClosingView(APIView):
    """Somebody's account, at the counter."""

    permission_classes = (Holds(RIGHT),)

    @describe("Close somebody's account for them", body=CloseTheirs, answers=Closed, keyed=True)
    def post(self, request: Request, number: str) -> HttpResponse:
        """Close it."""
        wish = read(request, CloseTheirs)
        act, known, whose = act_of(request), wish.gives_up, _whose(number)
        return reply(close_account_at_counter.answer(act, resident_id=whose, gives_up=known, why=wish.why))


def _whose(number: str) -> UUID:
    """Return whose number an officer typed, or whose key a machine sent; :raises NotFound: for nobody's."""
    found = resident_numbered(number)
    if found is None:
        raise NotFound
    return found
