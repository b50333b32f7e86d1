"""Addresses of payouts."""

from django.urls import path

from wallet.api.payouts import views

urlpatterns = [
    path("payouts", views.PayoutsView.as_view()),
    path("payouts/<uuid:coin_payout_id>/withdraw", views.PayoutWithdrawView.as_view()),
]
