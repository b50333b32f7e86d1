"""Addresses of saved places, below ``/api/v1/mobility/``."""

from django.urls import path

from mobility.api.saved_places import views

urlpatterns = [
    path("saved_places", views.SavedPlacesView.as_view()),
    path("saved_places/order", views.OrderView.as_view()),
    path("saved_places/<uuid:place_id>", views.SavedPlaceView.as_view()),
]
