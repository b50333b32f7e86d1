"""Addresses of papers, below ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.papers import views

urlpatterns = [
    path("statements", views.StatementsView.as_view()),
    path("shops/<uuid:shop_id>/statements", views.ShopStatementsView.as_view()),
    path("shops/<uuid:shop_id>/stickers", views.StickersAddressView.as_view()),
    path("papers/<str:token>", views.PaperView.as_view()),
]
