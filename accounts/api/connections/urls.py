"""Addresses under ``/api/v1/accounts/connections``."""

from django.urls import path

from accounts.api.connections import views

urlpatterns = [
    path("connections", views.ConnectionsView.as_view()),
    path("connections/<uuid:connection_id>", views.ConnectionDoor.as_view()),
]
