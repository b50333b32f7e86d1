"""Addresses of the town's shops, below ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.town_shops import views

urlpatterns = [
    path("town_shops", views.TownShopsView.as_view()),
    path("shops/<uuid:shop_id>/details", views.ShopDetailsView.as_view()),
]
