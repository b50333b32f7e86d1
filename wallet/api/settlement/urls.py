"""Addresses of settlement, for those who manage a shop's organisation."""

from django.urls import path

from wallet.api.settlement import views

urlpatterns = [
    path("settlements", views.SettlementsView.as_view()),
    path("settlements/<uuid:settlement_id>/file", views.SettlementFileView.as_view()),
    path("settlements/<uuid:settlement_id>/notice", views.SettlementNoticeView.as_view()),
    path("shop_cash", views.ShopCashView.as_view()),
    path("payout_accounts", views.PayoutAccountsView.as_view()),
]
