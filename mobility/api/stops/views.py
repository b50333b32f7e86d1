"""Doors to stops: near a place, one by one, what leaves there; and to lines."""

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Open, describe
from mobility.api.places.serializers import question
from mobility.api.places.views import cached
from mobility.api.stops.serializers import DeparturesAsked, StopsAsked
from mobility.api.throttles import SearchThrottle
from mobility.selectors.stops import (
    Departures,
    Ground,
    LineDetail,
    Lines,
    StopDetail,
    StopsNear,
    all_lines,
    departures_of,
    ground_of,
    line_detail,
    stop_detail,
    stops_near,
)
from mobility.services.live import live_network

DEPARTURES_FRESH_S = 10
GROUND_FRESH_S = 600


class StopsView(APIView):
    """Stops near a place, for everybody."""

    permission_classes = (Open,)
    authentication_classes = ()
    throttle_classes = (SearchThrottle,)

    @describe("Stops that can be walked to, with what leaves next", answers=StopsNear, query=("near", "metres"))
    def get(self, request: Request) -> HttpResponse:
        """Return them, the nearest first."""
        asked, at = question(request.query_params, StopsAsked), clock.now()
        network = live_network(at=at)
        found = stops_near(network, asked.near.point, metres=asked.metres, at=at, language=get_language() or "ja")
        return cached(found, seconds=DEPARTURES_FRESH_S)


class StopView(APIView):
    """One stop."""

    permission_classes = (Open,)
    authentication_classes = ()

    @extend_schema(operation_id="mobility_stop")
    @describe("A stop with its platforms and lines", answers=StopDetail)
    def get(self, request: Request, stop_id: str) -> HttpResponse:
        """Return it, whichever of its platforms is named."""
        return cached(stop_detail(live_network(at=clock.now()), stop_id, language=get_language() or "ja"))


class DeparturesView(APIView):
    """What leaves a stop."""

    permission_classes = (Open,)
    authentication_classes = ()
    throttle_classes = (SearchThrottle,)

    @describe("What leaves a stop next, all its platforms together", answers=Departures, query=("at", "limit"))
    def get(self, request: Request, stop_id: str) -> HttpResponse:
        """Return it as it runs now."""
        asked, now = question(request.query_params, DeparturesAsked), clock.now()
        network, language = live_network(at=now), get_language() or "ja"
        found = departures_of(network, stop_id, at=asked.at or now, most=asked.limit, language=language)
        return cached(found, seconds=DEPARTURES_FRESH_S)


class RoutesView(APIView):
    """All lines."""

    permission_classes = (Open,)
    authentication_classes = ()

    @extend_schema(operation_id="mobility_routes")
    @describe("All lines of the town", answers=Lines)
    def get(self, request: Request) -> HttpResponse:
        """Return them."""
        return cached(all_lines(live_network(at=clock.now()), language=get_language() or "ja"))


class RouteView(APIView):
    """One line."""

    permission_classes = (Open,)
    authentication_classes = ()

    @extend_schema(operation_id="mobility_route")
    @describe("A line: the ways it takes, its stops in order, its shape, its days", answers=LineDetail)
    def get(self, request: Request, route_id: str) -> HttpResponse:
        """Return it from today on."""
        at = clock.now()
        return cached(line_detail(live_network(at=at), route_id, at=at, language=get_language() or "ja"))


class GroundView(APIView):
    """The town beneath everything else."""

    permission_classes = (Open,)
    authentication_classes = ()

    @extend_schema(operation_id="mobility_ground")
    @describe(
        "What maps show beneath everything else: where the town is, its stops, lines and larger streets", answers=Ground
    )
    def get(self, request: Request) -> HttpResponse:
        """Return it."""
        found = ground_of(live_network(at=clock.now()), language=get_language() or "ja")
        return cached(found, seconds=GROUND_FRESH_S)
