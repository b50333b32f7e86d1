"""The demo city's card provider at its addresses. In a real city none of them exists."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.gateways.card.mock_holders import HOLDERS, PIN, holder_by_id
from accounts.gateways.card.mock_provider import Asked, MockProvider, Refused

View = Callable[[HttpRequest], HttpResponse]
ERRORS = ("access_denied", "card_locked", "card_expired", "temporarily_unavailable")


def only_in_demo(view: View) -> View:
    """Answer 404 in a real city."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO or settings.CARD["issuer"]:
            raise Http404
        return view(request)

    return guarded


@require_safe
@only_in_demo
def metadata(request: HttpRequest) -> HttpResponse:
    """Say what the provider is."""
    return JsonResponse(MockProvider().metadata())


@require_safe
@only_in_demo
def keys(request: HttpRequest) -> HttpResponse:
    """Show the public keys."""
    return JsonResponse(MockProvider().keys())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@only_in_demo
def authorize(request: HttpRequest) -> HttpResponse:
    """Ask for a card and its PIN, and send the person back; a request that is not the city's ends here."""
    provider = MockProvider()
    try:
        asked = provider.asked(request.GET.dict())
    except Refused as refused:
        return render(request, "accounts/card_mock.html", {"wrong": str(refused)}, status=400)
    if request.method == "POST":
        return _answer(request, provider, asked)
    return _page(request)


@csrf_exempt
@require_POST
@only_in_demo
def token(request: HttpRequest) -> HttpResponse:
    """Answer the city's server."""
    status, body = MockProvider().token(request.POST.dict())
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


@require_safe
@only_in_demo
def userinfo(request: HttpRequest) -> HttpResponse:
    """Answer who the holder of an access token is."""
    status, body = MockProvider().userinfo(request.headers.get("Authorization", ""))
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _answer(request: HttpRequest, provider: MockProvider, asked: Asked) -> HttpResponse:
    error, holder = request.POST.get("error", ""), holder_by_id(request.POST.get("holder", ""))
    if error in ERRORS:
        return HttpResponseRedirect(provider.deny(asked, error))
    if holder is None or request.POST.get("pin") != PIN:
        return _page(request, chosen=holder.id if holder else "", is_wrong=True)
    return HttpResponseRedirect(provider.grant(asked, holder))


def _page(request: HttpRequest, *, chosen: str = "", is_wrong: bool = False) -> HttpResponse:
    shown = {"holders": HOLDERS, "pin": PIN, "chosen": chosen or HOLDERS[0].id, "is_wrong": is_wrong}
    return render(request, "accounts/card_mock.html", shown, status=422 if is_wrong else 200)
