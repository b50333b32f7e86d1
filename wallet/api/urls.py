"""Addresses under ``/api/v1/wallet/``."""

from django.urls import include, path

from wallet.api import views

urlpatterns = [
    path("", include("wallet.api.premium.urls")),
    path("", include("wallet.api.coupons.urls")),
    path("", include("wallet.api.bank.urls")),
    path("", include("wallet.api.cards.urls")),
    path("coin", views.CoinView.as_view()),
    path("balance", views.BalanceView.as_view()),
    path("history", views.HistoryView.as_view()),
    path("codes/read", views.CodeReadView.as_view()),
    path("customer_codes", views.CustomerCodesView.as_view()),
    path("payments", views.PaymentsView.as_view()),
    path("payments/<uuid:payment_id>", views.PaymentView.as_view()),
    path("payments/<uuid:payment_id>/refunds", views.RefundsView.as_view()),
    path("payments/<uuid:payment_id>/void", views.VoidView.as_view()),
    path("shops", views.ShopsView.as_view()),
    path("shops/<uuid:shop_id>/code", views.ShopCodeView.as_view()),
    path("shops/<uuid:shop_id>/charges", views.ChargesView.as_view()),
    path("shops/<uuid:shop_id>/payments", views.ShopPaymentsView.as_view()),
    path("shops/<uuid:shop_id>/top_ups", views.ShopTopUpsView.as_view()),
    path("shops/<uuid:shop_id>/holds", views.HoldsView.as_view()),
    path("charges/<uuid:charge_id>", views.ChargeView.as_view()),
    path("charges/<uuid:charge_id>/cancel", views.ChargeCancelView.as_view()),
    path("top_ups", views.TopUpsView.as_view()),
    path("holds/<uuid:hold_id>", views.HoldView.as_view()),
    path("holds/<uuid:hold_id>/capture", views.CaptureView.as_view()),
    path("holds/<uuid:hold_id>/release", views.ReleaseView.as_view()),
    path("", include("wallet.api.circulation.urls")),
    path("", include("wallet.api.papers.urls")),
    path("", include("wallet.api.sending.urls")),
    path("", include("wallet.api.town_shops.urls")),
    path("", include("wallet.api.settlement.urls")),
    path("", include("wallet.api.payouts.urls")),
]
