"""Addresses of consent."""

from django.urls import path

from accounts.api.consent import views

urlpatterns = [
    path("agreements/<uuid:agreement_id>", views.AgreementDoor.as_view()),
    path("agreements/<uuid:agreement_id>/asked", views.AskedDoor.as_view()),
    path("agreements/<uuid:agreement_id>/stops", views.StopsDoor.as_view()),
    path("agreements/<uuid:agreement_id>/withdrawal", views.WithdrawalDoor.as_view()),
    path("consents", views.ConsentsDoor.as_view()),
    path("consents/asked_anew", views.AskedAnewDoor.as_view()),
    path("consents/<uuid:grant_id>/receipt", views.ReceiptDoor.as_view()),
    path("glass", views.GlassDoor.as_view()),
    path("glass/<uuid:glass_id>", views.OneGlassDoor.as_view()),
]
