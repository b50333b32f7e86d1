"""Alive, ready, measured, described; and what anybody may check of the logs."""

from django.urls import path

from kernel.web.documentation import documentation
from kernel.web.health import alive, metrics, ready
from kernel.web.log_heads import ConsistencyView, HeadsView, HeadView, KeysView

LOG = ".well-known/machi/log/"

urlpatterns = [
    path("healthz", alive),
    path("readyz", ready),
    path("metrics", metrics),
    path("api/docs/", documentation, name="documentation"),
    path(LOG + "heads", HeadsView.as_view()),
    path(LOG + "heads/<str:day>", HeadView.as_view()),
    path(LOG + "consistency", ConsistencyView.as_view()),
    path(LOG + "keys", KeysView.as_view()),
]
