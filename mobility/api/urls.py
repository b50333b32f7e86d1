"""Addresses under ``/api/v1/mobility/``."""

from django.urls import include, path

urlpatterns = [
    path("", include("mobility.api.journeys.urls")),
    path("", include("mobility.api.places.urls")),
    path("", include("mobility.api.saved_places.urls")),
    path("", include("mobility.api.stops.urls")),
    path("", include("mobility.api.live.urls")),
    path("", include("mobility.api.feeds.urls")),
]
