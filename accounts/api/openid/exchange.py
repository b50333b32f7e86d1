"""What goes between Django's requests and oauthlib, and the headers that every answer of the provider bears."""

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.http import HttpRequest, HttpResponse
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error, TemporarilyUnavailableError

from accounts.gateways.limits import Limit, consume
from accounts.gateways.store import Unreachable

MINUTE = 60
_log = structlog.get_logger(__name__)
CLOSED = {"Cache-Control": "no-store", "Pragma": "no-cache", "Referrer-Policy": "no-referrer"}


def oauth_request(request: HttpRequest) -> tuple[str, str, str, dict[str, str]]:
    """Return address, method, body and headers as oauthlib reads them, parameters sent twice still seen to be.

    :raises InvalidRequestError: for a sign that no parameter has.
    """
    for _name, values in [*request.GET.lists(), *request.POST.lists()]:
        if any("\0" in value for value in values):
            raise InvalidRequestError(description="A parameter holds a control sign.")
    query = request.GET.urlencode()
    headers = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
    return (
        f"{request.path}?{query}" if query else request.path,
        request.method or "GET",
        request.POST.urlencode(),
        headers,
    )


def closed(response: HttpResponse) -> HttpResponse:
    """Let nobody keep the answer and nobody learn where it came from."""
    for name, value in CLOSED.items():
        response[name] = value
    return response


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return a JSON answer of the protocol."""
    response = HttpResponse(msgspec.json.encode(body), status=status, content_type="application/json")
    for name, value in (headers or {}).items():
        response[name] = value
    return closed(response)


def refusal(error: OAuth2Error) -> HttpResponse:
    """Return an error of the protocol."""
    return answer(dict(error.twotuples), error.status_code, error.headers)


def limited(request: HttpRequest, name: str, most: int, seconds: int = MINUTE) -> HttpResponse | None:
    """Count one knock of this connection; return the refusal where there were too many."""
    who = truncate_ip(get_client_ip(request) or "unknown")
    try:
        wait_s = consume([Limit(name=f"openid.{name}", who=who, most=most, seconds=seconds)])
    except Unreachable:
        _log.exception("openid_without_store")
        return answer(dict(TemporarilyUnavailableError().twotuples), 503, {"Retry-After": "5"})
    if not wait_s:
        return None
    error = TemporarilyUnavailableError(description="Too many requests.")
    return answer(dict(error.twotuples), 429, {"Retry-After": str(wait_s)})
