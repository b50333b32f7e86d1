"""Doors for who applies to take the coin."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.web import AsItIs, BodyTooLarge, SignedIn, act_of, describe, principal_of, read, reply, streamed, struct
from wallet import services
from wallet.api.applications.serializers import ApplicationStart, TermsAgreed
from wallet.engine.applications import Answers
from wallet.engine.scans import MEDIA, MOST_BYTES
from wallet.errors import AttachmentTooLarge
from wallet.selectors.applications import (
    MyApplication,
    MyApplications,
    access_application_for,
    access_attachment_for,
    applications_of,
)


class ApplicationsView(APIView):
    """What I applied for."""

    permission_classes = (SignedIn,)

    @extend_schema(operation_id="merchant_applications_mine")
    @describe("My applications, the newest first, with terms and trades", answers=MyApplications)
    def get(self, request: Request) -> HttpResponse:
        """Return them."""
        return struct(applications_of(principal_of(request)))

    @describe("Begin an application, or go on with the draft", body=ApplicationStart, answers=MyApplication, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Return the draft."""
        asked = read(request, ApplicationStart)
        return reply(services.start_application.answer(act_of(request), organisation_id=asked.organisation_id))


class ApplicationView(APIView):
    """One application of mine."""

    permission_classes = (SignedIn,)

    @describe("My application: what I wrote, where it stands, what happened", answers=MyApplication)
    def get(self, request: Request, application_id: UUID) -> HttpResponse:
        """Return it."""
        return struct(access_application_for(principal_of(request), application_id))

    @describe("Keep what I have written so far", body=Answers, answers=MyApplication)
    def put(self, request: Request, application_id: UUID) -> HttpResponse:
        """Keep it."""
        answers = read(request, Answers)
        return reply(services.save_application.answer(act_of(request), application_id=application_id, answers=answers))


class SubmissionView(APIView):
    """Sending an application."""

    permission_classes = (SignedIn,)

    @describe("Send my application to the city", body=TermsAgreed, answers=MyApplication, keyed=True)
    def post(self, request: Request, application_id: UUID) -> HttpResponse:
        """Send it."""
        terms = read(request, TermsAgreed).terms
        return reply(services.submit_application.answer(act_of(request), application_id=application_id, terms=terms))


class WithdrawalView(APIView):
    """Taking an application back."""

    permission_classes = (SignedIn,)

    @describe("Take my application back", answers=MyApplication, keyed=True)
    def post(self, request: Request, application_id: UUID) -> HttpResponse:
        """Take it back."""
        return reply(services.withdraw_application.answer(act_of(request), application_id=application_id))


class AttachingView(APIView):
    """Photos and scans of an application of mine."""

    permission_classes = (SignedIn,)
    parser_classes = (AsItIs,)

    @describe("Attach a photo or scan; the body is the file itself", takes=MEDIA, answers=MyApplication, status=201)
    def post(self, request: Request, application_id: UUID, kind: str) -> HttpResponse:
        """Keep it."""
        try:
            content = streamed(request, most=MOST_BYTES)
        except BodyTooLarge:
            raise AttachmentTooLarge(most=MOST_BYTES) from None
        seen = services.attach_to_application(
            act_of(request), application_id=application_id, kind=kind, content=content
        )
        return struct(seen, status=201)


class AttachmentDoor(APIView):
    """One photo or scan of mine."""

    permission_classes = (SignedIn,)

    @extend_schema(operation_id="merchant_attachments_fetch")
    @describe("The photo or scan that I attached", answers=None)
    def get(self, request: Request, attachment_id: UUID) -> HttpResponse:
        """Give it."""
        paper = access_attachment_for(principal_of(request), attachment_id)
        return HttpResponse(
            paper.content, content_type=paper.media,
            headers={"Content-Disposition": f'inline; filename="{paper.name}"', "Cache-Control": "no-store"},
        )  # fmt: skip

    @describe("Remove a photo or scan from my application", answers=MyApplication)
    def delete(self, request: Request, attachment_id: UUID) -> HttpResponse:
        """Remove it."""
        return reply(services.remove_from_application.answer(act_of(request), attachment_id=attachment_id))
