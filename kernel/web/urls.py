"""Alive, ready, measured, described."""

from django.urls import path

from kernel.web.documentation import documentation
from kernel.web.health import alive, metrics, ready

urlpatterns = [
    path("healthz", alive),
    path("readyz", ready),
    path("metrics", metrics),
    path("api/docs/", documentation, name="documentation"),
]
