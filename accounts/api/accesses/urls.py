"""Addresses under ``/api/v1/accounts/accesses``."""

from django.urls import path

from accounts.api.accesses import views

urlpatterns = [
    path("", views.AccessesView.as_view()),
    path("/<uuid:access_id>/proof", views.ProofView.as_view()),
]
