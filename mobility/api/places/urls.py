"""Addresses of places, below ``/api/v1/mobility/``."""

from django.urls import path

from mobility.api.places import views

urlpatterns = [
    path("places", views.PlacesView.as_view()),
    path("places/at", views.PlaceAtView.as_view()),
]
