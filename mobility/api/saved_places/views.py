"""Doors to the places that a resident saved; who acts for them comes in where the mandate covers getting about."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.web import SignedIn, act_of, describe, principal_of, read, reply, struct
from mobility import services
from mobility.api.saved_places.serializers import OrderWanted, PlaceToSave
from mobility.engine.saved_places import Written
from mobility.models import MOST_SAVED
from mobility.selectors.saved_places import SavedPlaces, SavedPlaceTold, saved_places_of


class SavedPlacesView(APIView):
    """The places I go to often."""

    permission_classes = (SignedIn,)
    delegates = "mobility"

    @describe("My saved places, in my order", answers=SavedPlaces)
    def get(self, request: Request) -> HttpResponse:
        """Return them."""
        return struct(SavedPlaces(saved_places_of(principal_of(request)), MOST_SAVED))


class SavedPlaceView(APIView):
    """One of them; its id is a UUID that the phone chooses, so that sending it twice saves it once."""

    permission_classes = (SignedIn,)
    delegates = "mobility"

    @describe("Save a place, or change it", body=PlaceToSave, answers=SavedPlaceTold)
    def put(self, request: Request, place_id: UUID) -> HttpResponse:
        """Save it."""
        asked = read(request, PlaceToSave)
        place = Written(asked.lat, asked.lon, asked.name, asked.address, asked.stop)
        return reply(services.save_place.answer(act_of(request), key=place_id, kind=asked.kind, place=place))

    @describe("Forget a saved place", status=204)
    def delete(self, request: Request, place_id: UUID) -> HttpResponse:
        """Delete it; one that is not there is not there afterwards either."""
        return reply(services.forget_place.answer(act_of(request), key=place_id))


class OrderView(APIView):
    """Their order."""

    permission_classes = (SignedIn,)
    delegates = "mobility"

    @describe("Put my saved places into another order", body=OrderWanted, status=204)
    def put(self, request: Request) -> HttpResponse:
        """Arrange them."""
        return reply(services.arrange_places.answer(act_of(request), keys=read(request, OrderWanted).ids))
