"""Addresses of journeys, below ``/api/v1/mobility/``."""

from django.urls import path

from mobility.api.journeys import views

urlpatterns = [
    path("journeys", views.JourneysView.as_view()),
    path("followed_journeys", views.FollowedJourneysView.as_view()),
    path("followed_journeys/<str:follow_id>", views.FollowedJourneyView.as_view()),
    path("trips", views.TripView.as_view()),
    path("reach", views.ReachView.as_view()),
]
