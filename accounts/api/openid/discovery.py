"""What a partner's software asks first: who the provider is, and by which keys it signs."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.api.openid.assurance import LEVELS, acr_of
from accounts.api.openid.exchange import answer
from accounts.api.openid.tokens import GRANTS
from accounts.engine.scopes import OPENID
from accounts.selectors.partner_claims import CLAIMS, READERS
from kernel import clock, signing

RETIRED_SHOWN = timedelta(days=1)  # an ID token lives five minutes; clocks and caches of partners are forgiven the rest
KEPT_S = 300
SECRET_METHODS = ["client_secret_basic", "client_secret_post"]


def at(name: str) -> str:
    """Return the public address of a door of the provider."""
    return f"{settings.PUBLIC_URL}{reverse(f'openid:{name}')}"


def provider() -> dict[str, Any]:
    """Return the provider's metadata (OpenID Connect Discovery 1.0, 3; RFC 8414; RFC 9207; RFC 8628)."""
    return {
        "issuer": settings.PUBLIC_URL,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "revocation_endpoint": at("revoke"),
        "introspection_endpoint": at("introspect"),
        "device_authorization_endpoint": at("device_authorization"),
        "end_session_endpoint": at("logout"),
        "scopes_supported": [OPENID, *READERS],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", *CLAIMS],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": GRANTS,
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": [*SECRET_METHODS, "none"],
        "revocation_endpoint_auth_methods_supported": [*SECRET_METHODS, "none"],
        "introspection_endpoint_auth_methods_supported": SECRET_METHODS,
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [acr_of(level) for level in LEVELS],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "ui_locales_supported": [code for code, _name in settings.LANGUAGES],
        "authorization_response_iss_parameter_supported": True,
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }  # fmt: skip


@require_safe
def configuration(request: HttpRequest) -> HttpResponse:
    """Show the metadata to everybody, scripts of other sites included."""
    return _public(provider())


@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    """Show the keys that sign now, and those retired lately."""
    return _public(signing.public_keys("openid", retired_since=clock.now() - RETIRED_SHOWN))


def _public(body: dict[str, Any]) -> HttpResponse:
    response = answer(body)
    del response["Pragma"]
    response["Cache-Control"] = f"public, max-age={KEPT_S}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
