"""Addresses of what runs now, below ``/api/v1/mobility/``."""

from django.urls import path

from mobility.api.live import views

urlpatterns = [
    path("alerts", views.AlertsView.as_view()),
    path("vehicles", views.VehiclesView.as_view()),
    path("bikes", views.BikesView.as_view()),
    path("realtime/trip-updates.pb", views.RealtimeView.as_view(kind="trip-updates")),
    path("realtime/vehicle-positions.pb", views.RealtimeView.as_view(kind="vehicle-positions")),
    path("realtime/alerts.pb", views.RealtimeView.as_view(kind="alerts")),
]
