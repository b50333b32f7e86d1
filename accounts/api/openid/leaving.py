"""How a browser leaves for a partner with an answer.

Chromium holds every hop after a form against the page's ``form-action``, and a partner may send its visitor on to hosts that nobody
registered. So the answer to a form is a page of ours that leads on by itself, with a link for who is not led; its policy stays
closed. An app's own scheme opens after a person's own press alone: there the form is answered by a redirect, and the page that
holds the form names that scheme.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.api.openid.exchange import closed
from accounts.engine.redirects import own_scheme
from kernel.web.security import POLICY


def leave(request: HttpRequest, location: str) -> HttpResponse:
    """Send the browser to a registered address, or to a page of ours."""
    if request.method == "POST" and location.startswith(("https:", "http:")):
        return closed(render(request, "accounts/partner_onwards.html", {"location": location}))
    response = HttpResponse(status=303)
    response["Location"] = location  # Django's own redirect takes no app's scheme
    return closed(response)


def form_page(response: HttpResponse, onwards: str) -> HttpResponse:
    """Keep a page with a form out of every store, and let the form's answer lead to ``onwards``.

    The form must be seen to come from here, so the page may say at home where it comes from, and to nobody else.
    """
    closed(response)
    response["Referrer-Policy"] = "same-origin"
    scheme = None if onwards.startswith("/") else own_scheme(onwards)
    if scheme is not None:
        response["Content-Security-Policy"] = POLICY.replace("form-action 'self'", f"form-action 'self' {scheme}")
    return response
