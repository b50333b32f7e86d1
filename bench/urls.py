"""The city's addresses and the yardstick's."""

from django.urls import path

from bench.personal_views import ReadName, WriteAudit
from bench.yardstick import InsertRow
from config.urls import urlpatterns as city

urlpatterns = [
    path("bench/rows", InsertRow.as_view()),
    path("bench/audit", WriteAudit.as_view()),
    path("bench/name", ReadName.as_view()),
    *city,
]
