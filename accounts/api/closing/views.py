"""Doors to closing an account."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.closing.serializers import Closed, CloseMine, CloseTheirs, Closing
from accounts.api.permissions import require_fresh
from accounts.selectors.closing import closing_of
from accounts.services.closing import close_account_at_counter, close_my_account
from kernel import clock
from kernel.web import Holds, SignedIn, act_of, describe, principal_of, read, reply, struct


class MyClosingView(APIView):
    """My own account."""

    permission_classes = (SignedIn,)

    @describe("What happens when I close my account", answers=Closing)
    def get(self, request: Request) -> HttpResponse:
        """Say what goes, what stays, what stands in the way and what is lost."""
        return struct(closing_of(principal_of(request).actor, at=clock.now()))

    @describe("Close my account, at once and for good", body=CloseMine, answers=Closed, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Close it."""
        require_fresh(request)
        return reply(close_my_account.answer(act_of(request), gives_up=read(request, CloseMine).gives_up))


class TheirClosingView(APIView):
    """Somebody's account, at the counter."""

    permission_classes = (Holds("accounts.close_accounts"),)

    @describe("What happens when somebody's account is closed", answers=Closing)
    def get(self, request: Request, resident_id: UUID) -> HttpResponse:
        """Say what goes, what stays, what stands in the way and what is lost."""
        return struct(closing_of(resident_id, at=clock.now()))

    @describe("Close somebody's account for them", body=CloseTheirs, answers=Closed, keyed=True)
    def post(self, request: Request, resident_id: UUID) -> HttpResponse:
        """Close it."""
        wish = read(request, CloseTheirs)
        act, known = act_of(request), wish.gives_up
        return reply(close_account_at_counter.answer(act, resident_id=resident_id, gives_up=known, why=wish.why))
