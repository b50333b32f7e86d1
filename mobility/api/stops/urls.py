"""Addresses of stops and lines, below ``/api/v1/mobility/``; ids come from timetables and may hold any sign."""

from django.urls import path

from mobility.api.stops import views

urlpatterns = [
    path("stops", views.StopsView.as_view()),
    path("stops/<path:stop_id>/departures", views.DeparturesView.as_view()),
    path("stops/<path:stop_id>", views.StopView.as_view()),
    path("ground", views.GroundView.as_view()),
    path("routes", views.RoutesView.as_view()),
    path("routes/<path:route_id>", views.RouteView.as_view()),
]
