"""The device flow's two doors for machines (RFC 8628): a device asks to be let in, and hears what became of it."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oauthlib.oauth2.rfc6749.errors import (
    InvalidClientError,
    InvalidRequestError,
    OAuth2Error,
    UnauthorizedClientError,
)

from accounts.api.openid.exchange import answer, limited, oauth_request, refusal
from accounts.api.openid.validator import act_of
from accounts.selectors.partners import standing_client
from accounts.services.devices import ask_for_device, poll_device
from accounts.services.partners.tokens import keep_tokens
from kernel import clock
from kernel.ids import secret_token

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
KINDS = frozenset({"till", "kiosk", "desk", "signage"})
ASKS_A_MINUTE = 10


@csrf_exempt
@require_POST
def device_authorization(request: HttpRequest) -> HttpResponse:
    """Give a device its two codes. ``device_kind``, ours, says what it is; who approves sees it."""
    too_often = limited(request, "device_authorization", ASKS_A_MINUTE)
    if too_often is not None:
        return too_often
    try:
        client_id, kind = _client_in(request), request.POST.get("device_kind", "till")
        if kind not in KINDS or request.POST.get("scope", "device") != "device":
            raise InvalidRequestError(description="Ask for scope device, as till, kiosk, desk or signage.")
    except OAuth2Error as error:
        return refusal(error)
    waiting = ask_for_device(act_of(client_id, clock.now()), client_id=client_id, kind=kind)
    page = f"{settings.PUBLIC_URL}/device"
    return answer(
        {
            "device_code": waiting.device_code,
            "user_code": waiting.user_code,
            "verification_uri": page,
            "verification_uri_complete": f"{page}?code={waiting.user_code}",
            "expires_in": waiting.expires_in,
            "interval": waiting.interval,
        }
    )


def device_token(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Answer a waiting device's poll."""
    try:
        client_id, code = _client_in(request), request.POST.get("device_code", "")
        if not code:
            raise InvalidRequestError(description="Missing device_code.")
    except OAuth2Error as error:
        return refusal(error)
    act = act_of(client_id, at)
    polled = poll_device(act, client_id=client_id, device_code=code)
    if polled.taken is None:
        return answer({"error": polled.error}, 400)
    access, refresh = secret_token(256), secret_token(256)
    kept = keep_tokens(
        act,
        family_id=polled.taken.family_id,
        user_id=None,
        scopes=polled.taken.scopes,
        family_scopes=polled.taken.scopes,
        access_token=access,
        refresh_token=refresh,
    )
    if not kept.is_kept:
        return answer({"error": "access_denied"}, 400)
    lives_s = kept.expires_in
    given = {"access_token": access, "token_type": "Bearer", "expires_in": lives_s, "refresh_token": refresh}
    return answer(given | {"scope": " ".join(polled.taken.scopes)})


def _client_in(request: HttpRequest) -> str:
    """Return the public client that asks; :raises OAuth2Error: for another, or one whose kind is no device."""
    oauth_request(request)
    client_id = request.POST.get("client_id", "")
    client = standing_client(client_id)
    if client is None or client.type != "public" or any(len(values) > 1 for _name, values in request.POST.lists()):
        raise InvalidClientError
    if DEVICE_CODE not in client.get_grant_types():
        raise UnauthorizedClientError
    return client_id
