"""The address under which a ticket for the live feeds is drawn."""

from django.urls import path

from kernel.realtime.views import Tickets

urlpatterns = [path("tickets", Tickets.as_view(), name="realtime-tickets")]
