"""Addresses under ``/api/v1/accounts/``."""

from django.urls import include, path

from accounts.api import views
from accounts.api.identities import views as identities

urlpatterns = [
    path("accesses", include("accounts.api.accesses.urls")),
    path("me", views.MeView.as_view()),
    path("", include("accounts.api.closing.urls")),
    path("", include("accounts.api.exports.urls")),
    path("", include("accounts.api.night.urls")),
    path("card/", include("accounts.api.cards.urls")),
    path("id", identities.IdView.as_view()),
    path("id/verifications", identities.VerificationsView.as_view()),
    path("counter_codes", identities.CounterCodesView.as_view()),
    path("upgrade", identities.UpgradeView.as_view()),
    path("code_proofs", identities.CodeProofsView.as_view()),
    path("demo_codes", views.DemoCodesView.as_view()),
    path("demo_personas", views.DemoPersonasView.as_view()),
    path("", include("accounts.api.consent.urls")),
    path("", include("accounts.api.family.urls")),
    path("", include("accounts.api.connections.urls")),
    path("", include("accounts.api.devices.urls")),
    path("", include("accounts.api.shop_staff.urls")),
    path("", include("accounts.api.notices.urls")),
]
