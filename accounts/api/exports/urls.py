"""Addresses of copies of one's data."""

from django.urls import path

from accounts.api.exports import views

urlpatterns = [
    path("exports", views.ExportsView.as_view()),
    path("exports/<uuid:export_id>", views.ExportDoor.as_view()),
    path("exports/<uuid:export_id>/download", views.DownloadAddressView.as_view()),
    path("exports/file/<str:token>", views.ExportFileView.as_view()),
]
