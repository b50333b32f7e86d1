"""The door at which a ticket for live feeds is drawn."""

from typing import Annotated

import msgspec
import redis
from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from kernel import clock, contributions
from kernel.principal import GuestPrincipal
from kernel.realtime import tickets
from kernel.web import PersonOrDevice, describe, principal_of, read, struct

FeedName = Annotated[
    str, msgspec.Meta(max_length=120, description="`name` or `name:argument`, for example `wallet.mine`.")
]


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The feeds one socket is to carry."""

    feeds: Annotated[list[FeedName], msgspec.Meta(min_length=1, max_length=tickets.MOST_FEEDS)]


class GuestPersonOrDevice(PersonOrDevice):
    """Everyone; who is signed in as they are, who acts for another not at all, as nothing here is in anybody's name."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Let in who is nobody, and who may come in anyway."""
        return not request.user.is_authenticated or super().has_permission(request, view)


class GuestThrottle(AnonRateThrottle):
    """A hundred and twenty tickets a minute for one address that is nobody's; without Redis there is no ticket to count."""

    scope = "realtime.guests"
    rate = "120/min"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request and tell whether it may pass."""
        try:
            return bool(super().allow_request(request, view))
        except (redis.RedisError, OSError):
            return True


class Tickets(APIView):
    """A ticket opens one WebSocket, once, within thirty seconds. Who is signed in nowhere gets one for feeds that are open."""

    permission_classes = (GuestPersonOrDevice,)
    throttle_classes = (GuestThrottle,)

    @describe("Draw a ticket for live feeds", body=Wanted, answers=tickets.DrawnTicket, status=201)
    def post(self, request: Request) -> HttpResponse:
        """Check that the one who asks may hear each feed, and draw the ticket."""
        wanted = read(request, Wanted)
        if not request.user.is_authenticated:
            guest = GuestPrincipal(get_language() or "ja")
            return struct(tickets.draw(guest, tickets.NOBODY, wanted.feeds, at=clock.now()), status=201)
        handle = contributions.sign_ins().handle(request._request, request.auth)  # noqa: SLF001 - Django's own request
        return struct(tickets.draw(principal_of(request), handle, wanted.feeds, at=clock.now()), status=201)
