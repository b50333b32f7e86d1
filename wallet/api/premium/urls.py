"""Addresses of coins that are sold with a bonus, under ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.premium import views

urlpatterns = [
    path("premium_offers", views.PremiumsView.as_view()),
    path("premium/<uuid:premium_id>", views.PremiumView.as_view()),
    path("premium/<uuid:premium_id>/application", views.PremiumApplicationView.as_view()),
    path("premium/<uuid:premium_id>/withdrawal", views.PremiumWithdrawalView.as_view()),
    path("premium/<uuid:premium_id>/card_top_up", views.PremiumByCardView.as_view()),
    path("premium_sales", views.CounterPremiumsView.as_view()),
    path("premium_sales/<uuid:purchase_id>/void", views.PremiumVoidView.as_view()),
    path("shops/<uuid:shop_id>/premium", views.ShopPremiumsView.as_view()),
]
