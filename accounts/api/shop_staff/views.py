"""Doors to the people of a shop: for its managers, and for who is invited."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.shop_staff import serializers as shapes
from accounts.api.throttles import per_person
from accounts.gateways.limits import Limit
from accounts.selectors.staff import Staff, StaffAsk, access_staff_for, access_staff_invitation_for
from accounts.services.organisations import Appointed
from accounts.services.staff import (
    StaffInvited,
    dismiss_staff,
    invite_staff,
    promote_staff,
    take_up_work,
    withdraw_staff_invitation,
)
from kernel import clock
from kernel.web import SignedIn, act_of, describe, principal_of, read, reply, struct

TRIED = Limit(name="staff_invitation", who="", most=20, seconds=600)
"""How many invitations one person may try; a token has 160 random bits, so that nobody meets another's by trying anyhow."""


class StaffView(APIView):
    """Who works at a merchant."""

    permission_classes = (SignedIn,)

    @describe("Who works at my shop, and who is invited", answers=Staff)
    def get(self, request: Request, organisation_id: UUID) -> HttpResponse:
        """Return them."""
        return struct(access_staff_for(principal_of(request), organisation_id, at=clock.now()))

    @describe("Invite somebody to work at my shop", body=shapes.StaffInvite, answers=StaffInvited, status=201)
    def post(self, request: Request, organisation_id: UUID) -> HttpResponse:
        """Return the token, once."""
        role = read(request, shapes.StaffInvite).role
        return reply(invite_staff.answer(act_of(request), organisation_id=organisation_id, role=role))


class StaffLookView(APIView):
    """Reading an invitation before one says yes; the token comes in the body, so that it stands in no log."""

    permission_classes = (SignedIn,)

    @describe("Where I am asked to work, and as what", body=shapes.StaffToken, answers=StaffAsk)
    def post(self, request: Request) -> HttpResponse:
        """Show it."""
        per_person(str(principal_of(request).actor), TRIED)
        token = read(request, shapes.StaffToken).token
        return struct(access_staff_invitation_for(principal_of(request), token, at=clock.now()))


class StaffTakenView(APIView):
    """Taking an invitation up."""

    permission_classes = (SignedIn,)

    @describe("Begin to work where I was invited", body=shapes.WorkTaken, answers=Appointed, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Begin."""
        per_person(str(principal_of(request).actor), TRIED)
        wanted = read(request, shapes.WorkTaken)
        return reply(take_up_work.answer(act_of(request), token=wanted.token, name=wanted.name))


class StaffInvitationView(APIView):
    """One invitation of mine."""

    permission_classes = (SignedIn,)

    @describe("Take an invitation back", status=204)
    def delete(self, request: Request, invitation_id: UUID) -> HttpResponse:
        """Take it back."""
        return reply(withdraw_staff_invitation.answer(act_of(request), invitation_id=invitation_id))


class StaffMemberView(APIView):
    """One who works there."""

    permission_classes = (SignedIn,)

    @describe("End somebody's work at my shop, or my own", status=204)
    def delete(self, request: Request, membership_id: UUID) -> HttpResponse:
        """End it."""
        return reply(dismiss_staff.answer(act_of(request), membership_id=membership_id))


class PromotionView(APIView):
    """Making somebody a manager."""

    permission_classes = (SignedIn,)

    @describe("Make somebody who works at my shop its manager", answers=Appointed, status=201)
    def post(self, request: Request, membership_id: UUID) -> HttpResponse:
        """Promote them."""
        return reply(promote_staff.answer(act_of(request), membership_id=membership_id))
