"""Every address of the city, composed from the apps' own."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config import openapi  # noqa: F401 - says how requests are signed

urlpatterns = [  # what is asked most stands first
    path("api/v1/wallet/", include("wallet.api.urls")),
    path("api/v1/accounts/", include("accounts.api.urls")),
    path("api/v1/mobility/", include("mobility.api.urls")),
    path("", include("mobility.api.motis.urls")),
    path("", include("accounts.api.openid.urls")),
    path("_allauth/", include("accounts.api.sign_in_urls")),
    path("", include("accounts.pages.urls")),
    path("", include("wallet.pages.urls")),
    path("", include("mobility.pages.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/realtime/", include("kernel.realtime.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include("kernel.web.urls")),
    path("", include("config.pages.urls")),
]

handler400 = "kernel.web.errors.bad_request"
handler403 = "kernel.web.errors.not_allowed"
handler404 = "kernel.web.errors.not_found"
handler500 = "kernel.web.errors.server_fault"
