"""MOTIS' plan over our journeys."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Open, describe, struct
from mobility.api.motis.serializers import plan_asked
from mobility.api.throttles import SearchThrottle
from mobility.selectors.journeys import find_journeys, span_of
from mobility.selectors.journeys.carriers import carriers_now
from mobility.selectors.journeys.motis import as_motis
from mobility.services.live import live_network


class PlanView(APIView):
    """Journeys for clients of MOTIS."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe(
        "Journeys in the shape of MOTIS' plan, for its clients",
        answers=dict[str, Any],
        query=("fromPlace", "toPlace", "time", "arriveBy", "numItineraries", "pageCursor", "language"),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer with itineraries; the language is that of the parameter, else of the header."""
        query = request.query_params
        language = query.get("language", "").partition(",")[0] or get_language() or "ja"
        question = plan_asked(query)
        at = clock.now()
        network = live_network(at=at, span=span_of(question, at=at))
        found = find_journeys(network, question, at=at, language=language, carriers=carriers_now(network, at=at))
        return struct(as_motis(found, query.dict()))
