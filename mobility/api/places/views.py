"""Doors to places: by what one types, and by where one is."""

from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Open, describe, struct
from mobility.api.places.serializers import PlaceAtAsked, PlacesAsked, question
from mobility.api.throttles import SearchThrottle
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable
from mobility.selectors.places import Places, find_places, place_at
from mobility.services.live import live_network

FRESH_S = 60


class PlacesView(APIView):
    """Places by name, for everybody."""

    permission_classes = (Open,)
    authentication_classes = ()
    throttle_classes = (SearchThrottle,)

    @describe(
        "Places whose names fit what one types, in kana, kanji or Latin letters; near is lat,lon",
        answers=Places, query=("q", "near", "kinds", "limit"),
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        """Return the likeliest, the same for everybody, good for a minute."""
        asked = question(request.query_params, PlacesAsked)
        return cached(
            find_places(
                network_if_any(), asked.q, near=asked.near.point if asked.near else None, kinds=asked.kinds, most=asked.limit,
                at=clock.now(), language=get_language() or "ja",
            )
        )  # fmt: skip


class PlaceAtView(APIView):
    """What is here."""

    permission_classes = (Open,)
    authentication_classes = ()
    throttle_classes = (SearchThrottle,)

    @describe("The nearest place that has a name", answers=Places, query=("lat", "lon", "kinds"))
    def get(self, request: Request) -> HttpResponse:
        """Return it; no result where nothing with a name is near."""
        asked = question(request.query_params, PlaceAtAsked)
        return cached(
            place_at(network_if_any(), asked.point, kinds=asked.kinds, at=clock.now(), language=get_language() or "ja")
        )


def network_if_any() -> Network | None:
    """Return the network; None where the city has none, for its shops are found without."""
    try:
        return live_network(at=clock.now())
    except (NoTimetable, NetworkAway):
        return None


def cached(answer: Any, *, seconds: int = FRESH_S) -> HttpResponse:
    """Send an answer that is the same for all readers of one language, for so many seconds."""
    response = struct(answer)
    patch_cache_control(response, public=True, max_age=seconds)
    patch_vary_headers(response, ["Accept-Language"])
    return response
