"""Doors to one's connected services."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.selectors.partners import ConnectionView, connection_view, connections_of, readable_by
from accounts.services.partners.connecting import disconnect_partner
from kernel import clock
from kernel.web import Page, SignedIn, act_of, describe, page_of, principal_of, reply, struct

PAGE = ("cursor", "limit")


class ConnectionsView(APIView):
    """Services that know the person by this city's ID."""

    permission_classes = (SignedIn,)

    @describe("Services I am connected to, newest first", answers=Page[ConnectionView], query=PAGE)
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        me = principal_of(request).actor
        readable = readable_by(me, at=clock.now())
        shape = partial(connection_view, is_japanese=(get_language() or "ja").startswith("ja"), readable=readable)
        return struct(page_of(connections_of(me), request, shape=shape))


class ConnectionDoor(APIView):
    """One connected service."""

    permission_classes = (SignedIn,)

    @describe("Disconnect a service: its tokens end at once", status=204)
    def delete(self, request: Request, connection_id: UUID) -> HttpResponse:
        """Disconnect."""
        return reply(disconnect_partner.answer(act_of(request), connection_id=connection_id))
