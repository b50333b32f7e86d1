"""What the city publishes of its draws, so that anybody can recompute them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.draw.publishing import SCRIPTS, PublishedDraw, published, published_list
from kernel.problems import NotFound
from kernel.web.doors import struct
from kernel.web.permissions import Open
from kernel.web.schema import describe

PLAIN = "text/plain; charset=utf-8"


class DrawView(APIView):
    """One draw."""

    permission_classes = (Open,)
    authentication_classes = ()

    @describe("A draw: what was fixed before, the seed, the places", answers=PublishedDraw)
    def get(self, request: Request, draw_id: UUID) -> HttpResponse:
        """Show it."""
        return struct(published(draw_id))


@require_safe
def tickets(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show the list that was committed to, byte for byte: one ticket a line."""
    try:
        return HttpResponse(published_list(draw_id), content_type="text/plain; charset=us-ascii")
    except NotFound:
        return HttpResponse("404", status=404, content_type=PLAIN)


@require_safe
def script(request: HttpRequest, name: str) -> HttpResponse:
    """Show a script by which an outsider recomputes a draw, or a party makes its part of one."""
    if name not in SCRIPTS:
        return HttpResponse("404", status=404, content_type=PLAIN)
    return HttpResponse(SCRIPTS[name].read_bytes(), content_type=PLAIN)
