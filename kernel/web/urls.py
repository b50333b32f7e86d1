"""Alive, ready, measured, described; and what anybody may check of the logs."""

from django.urls import path

from kernel.web.documentation import documentation
from kernel.web.draws import DrawView, script, tickets
from kernel.web.health import alive, metrics, ready
from kernel.web.log_heads import ConsistencyView, HeadsView, HeadView, KeysView

LOG = ".well-known/machi/log/"
DRAWS = ".well-known/machi/draws/"

urlpatterns = [
    path("healthz", alive),
    path("readyz", ready),
    path("metrics", metrics),
    path("api/docs/", documentation, name="documentation"),
    path(LOG + "heads", HeadsView.as_view()),
    path(LOG + "heads/<str:day>", HeadView.as_view()),
    path(LOG + "consistency", ConsistencyView.as_view()),
    path(LOG + "keys", KeysView.as_view()),
    path(DRAWS + "<uuid:draw_id>", DrawView.as_view()),
    path(DRAWS + "<uuid:draw_id>/tickets.txt", tickets),
    path(DRAWS + "<str:name>", script),
]
