"""The door at which a ticket for live feeds is drawn."""

from typing import Annotated

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock, contributions
from kernel.realtime import tickets
from kernel.web import PersonOrDevice, describe, principal_of, read, struct

FeedName = Annotated[
    str, msgspec.Meta(max_length=120, description="`name` or `name:argument`, for example `wallet.mine`.")
]


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The feeds one socket is to carry."""

    feeds: Annotated[list[FeedName], msgspec.Meta(min_length=1, max_length=tickets.MOST_FEEDS)]


class Tickets(APIView):
    """A ticket opens one WebSocket, once, within thirty seconds."""

    permission_classes = (PersonOrDevice,)

    @describe("Draw a ticket for live feeds", body=Wanted, answers=tickets.DrawnTicket, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Check that the one who asks may hear each feed, and draw the ticket."""
        wanted = read(request, Wanted)
        handle = contributions.sign_ins().handle(request._request, request.auth)  # noqa: SLF001 - Django's own request
        return struct(tickets.draw(principal_of(request), handle, wanted.feeds, at=clock.now()), status=201)
