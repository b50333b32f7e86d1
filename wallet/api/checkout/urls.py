"""Addresses of orders, under ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.checkout import views

urlpatterns = [
    path("shops/<uuid:shop_id>/orders", views.ShopOrdersView.as_view()),
    path("orders", views.OwnOrdersView.as_view()),
    path("orders/<uuid:order_id>", views.OrderView.as_view()),
    path("orders/<uuid:order_id>/open", views.OrderOpenView.as_view()),
    path("orders/<uuid:order_id>/payments", views.OrderPaymentsView.as_view()),
    path("orders/<uuid:order_id>/look", views.OrderLookView.as_view()),
    path("orders/<uuid:order_id>/give_up", views.OrderGiveUpView.as_view()),
    path("orders/<uuid:order_id>/capture", views.OrderCaptureView.as_view()),
    path("orders/<uuid:order_id>/cancel", views.OrderCancelView.as_view()),
    path("orders/<uuid:order_id>/refunds", views.OrderRefundsView.as_view()),
]
