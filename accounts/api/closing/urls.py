"""Addresses of closing an account."""

from django.urls import path

from accounts.api.closing import views

urlpatterns = [
    path("closing", views.MyClosingView.as_view()),
    path("residents/<uuid:resident_id>/closing", views.TheirClosingView.as_view()),
    path("residents/<uuid:resident_id>/closing/look", views.TheirClosingLookView.as_view()),
]
