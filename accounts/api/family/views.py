"""Doors of families and delegates."""

from uuid import UUID

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.family import serializers as shapes
from accounts.api.throttles import per_person
from accounts.gateways.limits import Limit
from accounts.selectors.invitations import access_invitation_for
from accounts.selectors.mandates import access_family_of
from accounts.services.mandates import end_mandate, invite_delegate, register_mandate, take_up_mandate
from kernel import clock
from kernel.web import Holds, SignedIn, act_of, describe, principal_of, read, reply, struct

TRIED = Limit(name="invitation", who="", most=20, seconds=600)
"""How many invitations one person may try; a token has 160 random bits, so that nobody meets another's by trying anyhow."""


class FamilyDoor(APIView):
    """For whom I act, and who acts for me."""

    permission_classes = (SignedIn,)

    @describe("My family and delegates", answers=shapes.Family)
    def get(self, request: Request) -> HttpResponse:
        """Return what holds now, and my open invitations."""
        return struct(access_family_of(principal_of(request), at=clock.now()))


class InvitationsDoor(APIView):
    """Inviting somebody to act for me."""

    permission_classes = (SignedIn,)

    @describe("Invite a member of my family to act for me", body=shapes.Invite, answers=shapes.Invited, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Return the token, once."""
        wanted = read(request, shapes.Invite)
        return reply(invite_delegate.answer(act_of(request), scopes=wanted.scopes, ends_at=wanted.ends_at))


class LookDoor(APIView):
    """Reading an invitation before one says yes to it; the token comes in the body, so that it stands in no log."""

    permission_classes = (SignedIn,)

    @describe("Who invites me, as what and in which services", body=shapes.LookAt, answers=shapes.InvitationView)
    def post(self, request: Request) -> HttpResponse:
        """Show it."""
        per_person(str(principal_of(request).actor), TRIED)
        token = read(request, shapes.LookAt).token
        return struct(access_invitation_for(principal_of(request), token, at=clock.now()))


class TakeUpDoor(APIView):
    """Accepting an invitation."""

    permission_classes = (SignedIn,)

    @describe(
        "Become the delegate whom an invitation asks for", body=shapes.TakeUp, answers=shapes.Registered, status=201
    )
    def post(self, request: Request) -> HttpResponse:
        """Take it up."""
        per_person(str(principal_of(request).actor), TRIED)
        return reply(take_up_mandate.answer(act_of(request), token=read(request, shapes.TakeUp).token))


class MandatesDoor(APIView):
    """Mandates written down at the counter."""

    permission_classes = (Holds("accounts.register_mandate"),)

    @describe("Write down who acts for whom", body=shapes.Register, answers=shapes.Registered, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Register, after the evidence was seen."""
        wanted = read(request, shapes.Register)
        return reply(register_mandate.answer(act_of(request), **msgspec.structs.asdict(wanted)))


class MandateEndDoor(APIView):
    """The end of a mandate."""

    permission_classes = (SignedIn,)

    @describe("End a mandate", body=shapes.EndMandate, status=204)
    def post(self, request: Request, mandate_id: UUID) -> HttpResponse:
        """End it; with the answer nothing is read by it any more."""
        why = read(request, shapes.EndMandate).why
        return reply(end_mandate.answer(act_of(request), mandate_id=mandate_id, why=why))
