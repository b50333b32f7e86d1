"""Doors to journeys: ask by address or by body, follow one vehicle, see how far one gets."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import Open, describe, read, struct
from mobility.api.journeys.serializers import asked, reach_asked
from mobility.api.throttles import SearchThrottle
from mobility.selectors.journeys import (
    Journeys,
    JourneysAsked,
    Reach,
    TripRun,
    find_journeys,
    find_reach,
    find_trip,
    span_of,
)
from mobility.selectors.journeys.carriers import carriers_now
from mobility.selectors.journeys.follow_words import FollowAsked, Following
from mobility.services.journeys import follow_journey, unfollow_journey
from mobility.services.live import live_network

QUERY = (
    "from", "to", "at", "is_arriving", "walk", "pace", "most_walk_minutes", "most_changes", "own", "kinds", "via",
    "avoided_routes", "preferred_routes", "has_bicycle", "rider", "wanted", "cursor",
)  # fmt: skip


class JourneysView(APIView):
    """Ways through town, for everybody."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe("Journeys from one place to another; places are lat,lon or stop:ID", answers=Journeys, query=QUERY)
    def get(self, request: Request) -> HttpResponse:
        """Answer a question in the address."""
        return _answer(asked(request.query_params))

    @describe("Journeys from one place to another", body=JourneysAsked, answers=Journeys)
    def post(self, request: Request) -> HttpResponse:
        """Answer a question in the body; nothing is kept."""
        return _answer(read(request, JourneysAsked))


class TripView(APIView):
    """One vehicle on its way."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe("All stops of one trip on one day", answers=TripRun, query=("id", "day"))
    def get(self, request: Request) -> HttpResponse:
        """Return its stops with their times, as planned and as they are now."""
        query = request.query_params
        trip, day = query.get("id", ""), query.get("day", "")
        return struct(
            find_trip(live_network(at=clock.now()), trip, day, at=clock.now(), language=get_language() or "ja")
        )


class ReachView(APIView):
    """Where one can be in time."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe(
        "All stops that can be reached, and the area around them, by minutes",
        answers=Reach,
        query=("from", "at", "minutes", "walk", "pace", "most_walk_minutes"),
    )
    def get(self, request: Request) -> HttpResponse:
        """Return stops with the minutes they take, and bands of five minutes as GeoJSON."""
        question, at = reach_asked(request.query_params), clock.now()
        begin = question.at or at
        network = live_network(at=at, span=(begin, begin + timedelta(minutes=question.minutes)))
        return struct(find_reach(network, question, at=at, language=get_language() or "ja"))


class FollowedJourneysView(APIView):
    """Journeys that somebody follows until they are there, for everybody."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe(
        "Follow a journey: a secret id, and the live feed that tells it",
        body=FollowAsked,
        answers=Following,
        status=201,
    )
    def post(self, request: Request) -> HttpResponse:
        """Begin; it is kept sealed until the journey is over, without a word of who follows."""
        at = clock.now()
        live_network(at=at)  # refuses where there is no timetable
        return struct(follow_journey(read(request, FollowAsked), at=at, language=get_language() or "ja"), status=201)


class FollowedJourneyView(APIView):
    """One of them."""

    permission_classes = (Open,)
    throttle_classes = (SearchThrottle,)

    @describe("Follow a journey no longer", status=204)
    def delete(self, request: Request, follow_id: str) -> HttpResponse:
        """Forget it; one that is not followed is not afterwards either."""
        unfollow_journey(follow_id)
        return HttpResponse(status=204)


def _answer(question: JourneysAsked) -> HttpResponse:
    at = clock.now()
    network, language = live_network(at=at, span=span_of(question, at=at)), get_language() or "ja"
    return struct(find_journeys(network, question, at=at, language=language, carriers=carriers_now(network, at=at)))
