"""Addresses under ``/api/v1/accounts/``."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("me", views.MeView.as_view()),
    path("demo_codes", views.DemoCodesView.as_view()),
    path("demo_personas", views.DemoPersonasView.as_view()),
]
