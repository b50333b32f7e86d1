"""Addresses of devices under ``/api/v1/accounts/``."""

from django.urls import path

from accounts.api.devices import views

urlpatterns = [
    path("public_notices", views.PublicNoticesView.as_view()),
    path("device_requests/look", views.DeviceRequestView.as_view()),
    path("device_requests/approve", views.DeviceApprovalView.as_view()),
    path("device_requests/deny", views.DeviceRefusalView.as_view()),
    path("devices", views.DevicesView.as_view()),
    path("devices/here", views.OwnDeviceView.as_view()),
    path("devices/here/board", views.BoardView.as_view()),
    path("devices/<uuid:device_id>", views.DeviceDoor.as_view()),
]
