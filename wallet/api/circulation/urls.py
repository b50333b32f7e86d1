"""Addresses of circulation."""

from django.urls import path

from wallet.api.circulation.views import CirculationView

urlpatterns = [path("circulation", CirculationView.as_view())]
