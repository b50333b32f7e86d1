"""Doors of consent: what is asked, what I said yes to, and taking it back."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.consent import serializers as shapes
from accounts.selectors.agreements import agreement_view, newest_revision
from accounts.selectors.consents import (
    access_asked_for,
    access_receipt_for,
    access_stops_for,
    asked_anew,
    consent_view,
    own_consents,
)
from accounts.services.consents import give_consent, withdraw_consent
from accounts.services.glass import break_glass, close_glass
from kernel import clock
from kernel.web import Holds, Open, Page, SignedIn, act_of, describe, page_of, principal_of, read, reply, struct

OWN = "accounts"
PAGE = ("cursor", "limit", "agreement")


class AgreementDoor(APIView):
    """What an agreement says, for everybody."""

    permission_classes = (Open,)

    @describe("The newest version of an agreement", answers=shapes.AgreementView)
    def get(self, request: Request, agreement_id: UUID) -> HttpResponse:
        """Return its words in the reader's language."""
        return struct(agreement_view(newest_revision(agreement_id)))


class AskedDoor(APIView):
    """What an agreement asks of me."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("What an agreement asks of me, and what is new since my last yes", answers=shapes.Asked)
    def get(self, request: Request, agreement_id: UUID) -> HttpResponse:
        """Return the newest version, my standing yeses and the changes."""
        return struct(access_asked_for(principal_of(request), agreement_id, at=clock.now()))


class StopsDoor(APIView):
    """What would stop."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("What stops if I take my yes back", answers=shapes.Stops)
    def get(self, request: Request, agreement_id: UUID) -> HttpResponse:
        """Return it in sentences, before anything is decided."""
        return struct(access_stops_for(principal_of(request), agreement_id))


class WithdrawalDoor(APIView):
    """Taking a yes back."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("Take my yes back, for all or some classes", body=shapes.WithdrawConsent, answers=shapes.Withdrawn)
    def post(self, request: Request, agreement_id: UUID) -> HttpResponse:
        """Withdraw; with the answer nobody reads by it any more."""
        wanted = read(request, shapes.WithdrawConsent)
        return reply(withdraw_consent.answer(act_of(request), agreement_id=agreement_id, classes=wanted.classes))


class ConsentsDoor(APIView):
    """My yeses."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("My yeses, newest first, ended ones included", answers=Page[shapes.Consent], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        mine = own_consents(principal_of(request), shapes.agreement_in(request.query_params.get("agreement")))
        return struct(page_of(mine, request, shape=partial(consent_view, at=clock.now()), instant="given_at"))

    @describe("Say yes", body=shapes.GiveConsent, answers=shapes.Given, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Grant, and keep signed receipts."""
        wanted = read(request, shapes.GiveConsent)
        return reply(give_consent.answer(act_of(request), revision_id=wanted.revision_id, classes=wanted.classes))


class ReceiptDoor(APIView):
    """The receipt of a yes."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("The signed receipt of my yes, and the words it is about", answers=shapes.ReceiptView)
    def get(self, request: Request, grant_id: UUID) -> HttpResponse:
        """Return both."""
        return struct(access_receipt_for(principal_of(request), grant_id))


class AskedAnewDoor(APIView):
    """Who asks me again."""

    permission_classes = (SignedIn,)
    delegates = OWN

    @describe("Agreements that ask for more since I said yes", answers=shapes.AskedAnew)
    def get(self, request: Request) -> HttpResponse:
        """Return their newest versions."""
        return struct(shapes.AskedAnew(asked_anew(principal_of(request), at=clock.now())))


class GlassDoor(APIView):
    """Breaking the glass."""

    permission_classes = (Holds("accounts.break_glass"),)

    @describe(
        "Read a person's data where a life is at stake",
        body=shapes.BreakGlass,
        answers=shapes.Broken,
        status=201,
        keyed=True,
    )
    def post(self, request: Request) -> HttpResponse:
        """Break it; the person will be told."""
        wanted = read(request, shapes.BreakGlass)
        answer = break_glass.answer(
            act_of(request),
            subject_id=wanted.subject_id,
            classes=wanted.classes,
            minutes=wanted.minutes,
            reason=wanted.reason,
        )
        return reply(answer)


class OneGlassDoor(APIView):
    """A glass that I broke."""

    permission_classes = (Holds("accounts.break_glass"),)

    @describe("End my reading before its time", status=204)
    def delete(self, request: Request, glass_id: UUID) -> HttpResponse:
        """Close it."""
        return reply(close_glass.answer(act_of(request), glass_id=glass_id))
