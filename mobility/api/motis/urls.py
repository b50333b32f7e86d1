"""Addresses for clients of MOTIS, whose base is ``/motis``; its plan's shape is the same in versions 5 and 6."""

from django.urls import path

from mobility.api.motis import views

urlpatterns = [
    path("motis/api/v5/plan", views.PlanView.as_view()),
    path("motis/api/v6/plan", views.PlanView.as_view()),
]
