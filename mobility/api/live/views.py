"""Doors to what runs now: notices, vehicles, bicycles, and all of it for other programs."""

from typing import ClassVar

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Open, describe, struct
from mobility.api.live.serializers import box_of, metres_of, near_of
from mobility.api.throttles import SearchThrottle
from mobility.errors import NetworkAway, NoTimetable
from mobility.gateways.gtfs_realtime import write_message
from mobility.selectors.live import Alerts, BikesNear, Vehicles, alerts_now, bikes_near, message_out, vehicles_now
from mobility.selectors.live.passing_on import Kind
from mobility.services.live import live_network

FRESH_S = 10
PROTOBUF = "application/x-protobuf"


class AlertsView(APIView):
    """Notices about lines and stops, for everybody."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe("Notices that stand now, about everything, a route or a stop", answers=Alerts, query=("route", "stop"))
    def get(self, request: Request) -> HttpResponse:
        """Return them, what was said last first."""
        query = request.query_params
        found = alerts_now(
            at=clock.now(), language=_language(), route=query.get("route", ""), stop=query.get("stop", "")
        )
        return _fresh(struct(found))


class VehiclesView(APIView):
    """Vehicles on their way, for everybody."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe("Where vehicles are, on a part of the map or of a route", answers=Vehicles, query=("box", "route"))
    def get(self, request: Request) -> HttpResponse:
        """Return those within ``box`` (south,west,north,east), those of ``route``, or all."""
        at = clock.now()
        box, route = box_of(request.query_params), request.query_params.get("route", "")
        return _fresh(struct(vehicles_now(live_network(at=at), at=at, language=_language(), box=box, route=route)))


class BikesView(APIView):
    """Shared bicycles, for everybody."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe("Stations and shared bicycles around a place, lat,lon", answers=BikesNear, query=("near", "metres"))
    def get(self, request: Request) -> HttpResponse:
        """Return them, the nearest first."""
        lat, lon = near_of(request.query_params)
        metres = metres_of(request.query_params)
        return _fresh(struct(bikes_near(lat, lon, metres, at=clock.now(), language=_language())))


class RealtimeView(APIView):
    """What runs now as GTFS-Realtime 2.0, for every program."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)
    kind: ClassVar[Kind] = "alerts"

    @describe("GTFS-Realtime of all feeds, or of one with its own ids", query=("feed",))
    def get(self, request: Request) -> HttpResponse:
        """Return a FeedMessage; empty where nothing is known."""
        at = clock.now()
        try:
            network = live_network(at=at)
        except (NoTimetable, NetworkAway):
            network = None
        told = message_out(self.kind, network, at=at, feed=request.query_params.get("feed", ""))
        return _fresh(HttpResponse(write_message(told, int(at.timestamp())), content_type=PROTOBUF))


def _language() -> str:
    return get_language() or "ja"


def _fresh(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, public=True, max_age=FRESH_S)
    return answer
