"""Signing out at a partner, and then, if the person says so, here (OpenID Connect RP-Initiated Logout 1.0)."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.logout import logout as sign_out_here
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from accounts.api.openid.leaving import form_page, leave
from accounts.api.openid.validator import claims_in
from accounts.selectors.partners import standing_client
from accounts.services.partners.connecting import leave_partner
from kernel import clock
from kernel.use_case import Act

FIELDS = ("id_token_hint", "client_id", "post_logout_redirect_uri", "state")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def logout(request: HttpRequest) -> HttpResponse:
    """Ask the person whether to sign out here too; a partner cannot sign anybody out by a link alone.

    Where nobody is signed in there is nothing to ask. The browser goes on to an address that the partner registered for this,
    compared sign by sign, and to the city's own front page otherwise.
    """
    given = request.GET if request.method == "GET" else request.POST
    values = {name: given.get(name, "").replace("\0", "") for name in FIELDS}
    client = _client_of(values)
    onwards = _onwards(values, client)
    if not request.user.is_authenticated:
        return leave(request, onwards)
    if request.method == "POST" and "csrfmiddlewaretoken" in request.POST:
        return _answered(request, client, onwards)
    fields = [(name, value) for name, value in values.items() if value]
    return form_page(render(request, "accounts/partner_leave.html", {"fields": fields}), onwards)


@csrf_protect
def _answered(request: HttpRequest, client: Any, onwards: str) -> HttpResponse:
    if client is not None:
        act = Act(request.user.principal, at=clock.now())  # type: ignore[union-attr]
        leave_partner(act, client_id=client.pk)
    if request.POST.get("answer") == "leave":
        sign_out_here(request, show_message=False)
    return leave(request, onwards)


def _client_of(values: dict[str, str]) -> Any:
    """Return the client that asks: the one its ID token is for, which no other name may contradict."""
    claims = claims_in(values["id_token_hint"])
    audience = claims.get("aud") if claims is not None else None
    named = values["client_id"] or audience
    if not isinstance(named, str) or (audience is not None and audience != named):
        return None
    return standing_client(named)


def _onwards(values: dict[str, str], client: Any) -> str:
    wanted = values["post_logout_redirect_uri"]
    if client is None or wanted not in client.get_post_logout_redirect_uris():
        return "/"
    state = urlencode({"state": values["state"]}) if values["state"] else ""
    return f"{wanted}{'&' if '?' in wanted else '?'}{state}" if state else wanted
