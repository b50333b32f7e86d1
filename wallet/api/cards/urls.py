"""Addresses of card payments."""

from django.urls import path

from wallet.api.cards import views

urlpatterns = [
    path("top_up_ways", views.TopUpWaysView.as_view()),
    path("card_top_ups", views.CardTopUpsView.as_view()),
    path("card_top_ups/<uuid:card_top_up_id>", views.CardTopUpView.as_view()),
    path("card_top_ups/<uuid:card_top_up_id>/look", views.CardTopUpLookView.as_view()),
    path("card_top_ups/<uuid:card_top_up_id>/give_up", views.CardTopUpGiveUpView.as_view()),
    path("card_top_ups/<uuid:card_top_up_id>/voucher", views.VoucherView.as_view()),
    path("card_events", views.CardEventsView.as_view()),
]
