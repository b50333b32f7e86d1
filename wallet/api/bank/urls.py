"""Address of topping up by bank transfer."""

from django.urls import path

from wallet.api.bank import views

urlpatterns = [
    path("bank_transfer", views.BankTransferView.as_view()),
]
