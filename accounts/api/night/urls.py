"""The address of phones' credentials."""

from django.urls import path

from accounts.api.night import views

urlpatterns = [path("device_credential", views.DeviceCredentialView.as_view())]
