"""Addresses of sending and asking, under ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.sending import views

urlpatterns = [
    path("receive_codes", views.ReceiveCodesView.as_view()),
    path("receive_codes/read", views.RecipientView.as_view()),
    path("transfers", views.TransfersView.as_view()),
    path("transfers/<uuid:transfer_id>", views.TransferView.as_view()),
    path("requests", views.RequestsView.as_view()),
    path("requests/mine", views.OwnRequestsView.as_view()),
    path("requests/read", views.AskedView.as_view()),
    path("requests/pay", views.AskedPaymentView.as_view()),
    path("requests/decline", views.AskedRefusalView.as_view()),
    path("requests/<uuid:request_id>", views.RequestView.as_view()),
    path("requests/<uuid:request_id>/cancel", views.RequestCancelView.as_view()),
    path("requests/<uuid:request_id>/remind", views.RequestReminderView.as_view()),
]
