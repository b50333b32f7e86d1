"""Addresses under ``/api/v1/accounts/card/``."""

from django.urls import path

from accounts.api.cards import views

urlpatterns = [
    path("start", views.CardStartView.as_view()),
    path("finish", views.CardFinishView.as_view()),
    path("keys", views.CardKeysView.as_view()),
]
