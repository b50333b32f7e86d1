"""The address of a shop's ceilings of refunds, below ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.ceilings import views

urlpatterns = [path("shops/<uuid:shop_id>/refund_ceiling", views.RefundCeilingView.as_view())]
