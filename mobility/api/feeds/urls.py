"""Addresses of the timetables, below ``/api/v1/mobility/``."""

from django.urls import path

from mobility.api.feeds import views

urlpatterns = [
    path("feeds", views.FeedsView.as_view()),
    path("feeds/<slug:feed>/gtfs.zip", views.FeedFileView.as_view()),
]
