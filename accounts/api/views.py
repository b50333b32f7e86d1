"""Doors under ``/api/v1/accounts/``: who I am, and what a demo city shows."""

from typing import cast

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.serializers import ChangeMe, DemoCode, DemoCodes, DemoPersona, DemoPersonas, Me
from accounts.errors import OnlyInDemo
from accounts.gateways.demo_post import letters
from accounts.selectors import ResidentPrincipal
from accounts.selectors.personas import app_codes, seeded_personas
from accounts.selectors.profiles import access_me_for
from accounts.services.profiles import change_me
from kernel import clock
from kernel.web import Open, SignedIn, act_of, describe, principal_of, read, reply, struct


class MeView(APIView):
    """The person who asks."""

    permission_classes = [SignedIn]  # noqa: RUF012
    delegates = "accounts"

    @describe("Who I am", answers=Me)
    def get(self, request: Request) -> HttpResponse:
        """Show me to myself."""
        return struct(access_me_for(_person(request)))

    @describe("Change my name or language", body=ChangeMe, answers=Me)
    def patch(self, request: Request) -> HttpResponse:
        """Change me."""
        wanted = read(request, ChangeMe)
        act, me = act_of(request), _person(request)
        return reply(
            change_me.answer(act, user_id=me.user_id, display_name=wanted.display_name, language=wanted.language)
        )


class DemoCodesView(APIView):
    """The codes that a demo city would have sent."""

    permission_classes = [Open]  # noqa: RUF012
    authentication_classes = []  # noqa: RUF012

    @describe("Codes sent lately (demo city only)", answers=DemoCodes)
    def get(self, request: Request) -> HttpResponse:
        """Show them; :raises OnlyInDemo: in a real city."""
        _require_demo()
        at = clock.now()
        sent = [DemoCode(row.to, row.channel, row.code, row.sent_at) for row in letters(at=at) if row.code]
        shown = [DemoCode(row.email, "app", row.code, row.since) for row in app_codes(at=at)]
        return struct(DemoCodes(sent + shown))


class DemoPersonasView(APIView):
    """The made-up people of a demo city."""

    permission_classes = [Open]  # noqa: RUF012
    authentication_classes = []  # noqa: RUF012

    @describe("Who can sign in (demo city only)", answers=DemoPersonas)
    def get(self, request: Request) -> HttpResponse:
        """Show them; :raises OnlyInDemo: in a real city."""
        _require_demo()
        people = [seeded.persona for seeded in seeded_personas()]
        return struct(DemoPersonas([DemoPersona(who.name, who.role, who.email) for who in people]))


def _person(request: Request) -> ResidentPrincipal:
    """Return who asks; on this floor a principal is always a person."""
    return cast("ResidentPrincipal", principal_of(request))


def _require_demo() -> None:
    if not settings.DEMO:
        raise OnlyInDemo
