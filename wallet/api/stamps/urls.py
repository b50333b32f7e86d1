"""Addresses of stamp cards."""

from django.urls import path

from wallet.api.stamps import views

urlpatterns = [
    path("stamp_cards", views.StampCardsView.as_view()),
    path("stamp_cards/<uuid:card_id>/rewards", views.StampRewardsView.as_view()),
    path("shops/<uuid:shop_id>/stamp_cards", views.ShopStampCardsView.as_view()),
    path("shops/<uuid:shop_id>/stamp_cards/<uuid:card_id>/pause", views.ShopStampCardPauseView.as_view()),
    path("shops/<uuid:shop_id>/stamp_cards/<uuid:card_id>/resume", views.ShopStampCardResumeView.as_view()),
]
