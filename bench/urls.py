"""The city's addresses and the yardstick's."""

from django.urls import path

from bench.yardstick import InsertRow
from config.urls import urlpatterns as city

urlpatterns = [path("bench/rows", InsertRow.as_view()), *city]
