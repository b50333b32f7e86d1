"""Addresses of applications, below ``/api/v1/wallet/``."""

from django.urls import path

from wallet.api.applications import views

urlpatterns = [
    path("merchant_applications", views.ApplicationsView.as_view()),
    path("merchant_applications/<uuid:application_id>", views.ApplicationView.as_view()),
    path("merchant_applications/<uuid:application_id>/submit", views.SubmissionView.as_view()),
    path("merchant_applications/<uuid:application_id>/withdraw", views.WithdrawalView.as_view()),
    path("merchant_applications/<uuid:application_id>/attachments/<slug:kind>", views.AttachingView.as_view()),
    path("merchant_attachments/<uuid:attachment_id>", views.AttachmentDoor.as_view()),
]
