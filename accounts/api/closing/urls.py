"""Addresses of closing an account."""

from django.urls import path

from accounts.api.closing import views

urlpatterns = [
    path("closing", views.MyClosingView.as_view()),
    path("residents/<str:number>/closing", views.TheirClosingView.as_view()),
    path("residents/<str:number>/closing/look", views.TheirClosingLookView.as_view()),
]
