"""Addresses of a shop's days, below ``/api/v1/wallet/``."""

from django.urls import path, register_converter

from wallet.api.shop_days import views
from wallet.api.shop_days.day import DayInAddress

register_converter(DayInAddress, "day")

urlpatterns = [
    path("shops/<uuid:shop_id>/days", views.DaysView.as_view()),
    path("shops/<uuid:shop_id>/days/today", views.TodayView.as_view()),
    path("shops/<uuid:shop_id>/days/<day:day>", views.DayView.as_view()),
    path("shops/<uuid:shop_id>/days/<day:day>/file", views.DayFileView.as_view()),
    path("shops/<uuid:shop_id>/days/<day:day>/paper", views.DayPaperView.as_view()),
]
