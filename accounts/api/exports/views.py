"""Doors to a copy of one's own data."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import person_of
from accounts.selectors.exports import ExportView, access_export_for, export_view, exports_of
from accounts.selectors.step_up import require_fresh
from accounts.services.exports import DownloadAddress, fetch_export, request_export, sign_export_address
from kernel import clock, files
from kernel.web import Page, SignedIn, act_of, describe, page_of, principal_of, reply, struct

PAGE = ("cursor", "limit")


class ExportsView(APIView):
    """My copies."""

    permission_classes = (SignedIn,)

    @extend_schema(operation_id="exports_list")
    @describe("Copies of my data", answers=Page[ExportView], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """List them, the newest first."""
        rows = exports_of(principal_of(request).actor)
        return struct(page_of(rows, request, shape=export_view, instant="requested_at"))

    @describe("Ask for a copy of my data", answers=ExportView, status=202, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Ask for one."""
        require_fresh(person_of(request), at=clock.now())
        return reply(request_export.answer(act_of(request)))


class ExportDoor(APIView):
    """One copy."""

    permission_classes = (SignedIn,)

    @describe("How far a copy of my data is", answers=ExportView)
    def get(self, request: Request, export_id: UUID) -> HttpResponse:
        """Show it."""
        return struct(export_view(access_export_for(principal_of(request).actor, export_id)))


class DownloadAddressView(APIView):
    """Where a copy is fetched."""

    permission_classes = (SignedIn,)

    @describe("An address at which a copy is fetched once", answers=DownloadAddress)
    def post(self, request: Request, export_id: UUID) -> HttpResponse:
        """Give the address."""
        require_fresh(person_of(request), at=clock.now())
        return reply(sign_export_address.answer(act_of(request), export_id=export_id))


class ExportFileView(APIView):
    """The ZIP itself."""

    permission_classes = (SignedIn,)

    @describe("Fetch a copy of my data", answers=None)
    def get(self, request: Request, token: str) -> HttpResponseBase:
        """Give it, once."""
        fetched = fetch_export(act_of(request), token=token)
        answer = StreamingHttpResponse(files.read(fetched.file, fetched.key), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{fetched.name}"'
        answer["Content-Length"] = str(fetched.size)
        answer["Cache-Control"] = "no-store"
        return answer
