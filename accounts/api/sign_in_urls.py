"""Addresses under ``/_allauth/``: ours first, then allauth's."""

from allauth.headless.constants import Client
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt

from accounts.api import sign_in_views as views

SHUT = ("auth/login", "auth/reauthenticate", "auth/password/request", "auth/password/reset", "account/password/change")


def _ours(client: Client) -> list[URLPattern]:
    return [
        path("auth/code/request", views.AskForCode.as_api_view(client=client)),
        path("auth/code/resend", views.AskAgain.as_api_view(client=client)),
        path("auth/guest", views.ArriveAsGuest.as_api_view(client=client)),
        path("auth/signup", views.ArriveByCode.as_api_view(client=client)),
        path("auth/webauthn/signup", views.ArriveByPasskey.as_api_view(client=client)),
        path("auth/webauthn/login", views.SignInByPasskey.as_api_view(client=client)),
        path("auth/webauthn/reauthenticate", views.ShowPasskey.as_api_view(client=client)),
        path("account/authenticators/webauthn", views.Passkeys.as_api_view(client=client)),
        path("account/email", views.Addresses.as_api_view(client=client)),
        path("auth/email/verify", views.ConfirmAddress.as_api_view(client=client)),
        path("account/authenticators/totp", views.App.as_api_view(client=client)),
        path("auth/2fa/reauthenticate", views.ShowAppCode.as_api_view(client=client)),
        path("auth/session", views.SignedIn.as_api_view(client=client)),
        path("auth/sessions", views.Devices.as_api_view(client=client)),
        *[path(address, csrf_exempt(views.shut)) for address in SHUT],
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    path("browser/v1/", include(_ours(Client.BROWSER))),
    path("app/v1/", include(_ours(Client.APP))),
    path("", include("allauth.headless.urls")),
]
