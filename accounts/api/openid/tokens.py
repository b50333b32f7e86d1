"""The provider's doors for machines: token, revocation, introspection (oauthlib behind them), and userinfo."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error, UnsupportedGrantTypeError
from oauthlib.openid import Server

from accounts.api.openid.device_tokens import DEVICE_CODE, device_token
from accounts.api.openid.exchange import answer, closed, limited, oauth_request, refusal
from accounts.api.openid.validator import Validator
from accounts.selectors.partner_claims import access_claims_for
from accounts.selectors.partners import living_token
from accounts.services.partners.subjects import pairwise_subject
from accounts.services.partners.tokens import ACCESS_LIVES
from kernel import clock
from kernel.ids import secret_token

FORM = "application/x-www-form-urlencoded"
GRANTS = ["authorization_code", "client_credentials", "refresh_token", DEVICE_CODE]
"""What a token is given for; oauthlib knows more, which exist here for nobody."""
KNOCKS_A_MINUTE = 600  # of one address: a partner's server asks for many people


def server(validator: Validator) -> Server:
    """Return oauthlib's server over our validator."""
    return Server(
        validator,
        token_expires_in=int(ACCESS_LIVES.total_seconds()),
        token_generator=lambda _request: secret_token(256),
        refresh_token_generator=lambda _request: secret_token(256),
    )


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Exchange a code, a refresh token, a device code or a machine's secret for tokens."""
    grant = request.POST.get("grant_type", "")
    if grant == DEVICE_CODE:
        return limited(request, "token", KNOCKS_A_MINUTE) or device_token(request, at=clock.now())
    if grant and grant not in GRANTS:
        return limited(request, "token", KNOCKS_A_MINUTE) or refusal(UnsupportedGrantTypeError())
    return _asked(request, "create_token_response")


@csrf_exempt
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End a token (RFC 7009)."""
    return _asked(request, "create_revocation_response")


@csrf_exempt
@require_POST
def introspect(request: HttpRequest) -> HttpResponse:
    """Say whether a token is good (RFC 7662)."""
    return _asked(request, "create_introspect_response")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def userinfo(request: HttpRequest) -> HttpResponse:
    """Tell a partner what its person's live grants allow, at this moment (OpenID Connect Core, 5.3).

    The token is taken from the header alone: in an address it would stand in logs.
    """
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return answer({}, 401, {"WWW-Authenticate": "Bearer"})
    found = living_token(value.strip(), at=clock.now())
    if found is None or found.kind != "at":
        return _challenge("invalid_token", 401)
    who, recipient = found.person, found.organisation_id
    if who is None or recipient is None or "openid" not in found.scopes:
        return _challenge("insufficient_scope", 403)
    personal = access_claims_for(recipient=recipient, person=who, scopes=found.scopes)
    return answer({"sub": pairwise_subject(recipient, who.resident_id), **personal})


def _challenge(error: str, status: int) -> HttpResponse:
    return answer({"error": error}, status, {"WWW-Authenticate": f'Bearer error="{error}"'})


def _asked(request: HttpRequest, deed: str) -> HttpResponse:
    """Let oauthlib answer one request."""
    too_often = limited(request, "token", KNOCKS_A_MINUTE)
    if too_often is not None:
        return too_often
    try:
        if request.content_type != FORM or request.GET:
            raise InvalidRequestError(description=f"Send {FORM}, and nothing in the address.")
        headers, body, status = getattr(server(Validator(at=clock.now())), deed)(*oauth_request(request))
    except OAuth2Error as error:
        return refusal(error)
    response = HttpResponse(body or b"", status=status, content_type="application/json")
    for name, value in headers.items():
        response[name] = value
    return closed(response)
