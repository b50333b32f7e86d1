"""Where a partner sends a person: sign in, see who would read what, say yes or no, go back with a code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, ConsentRequired, OAuth2Error

from accounts.api.openid.asked import AskedFor, PartnerRefused, again, login_required, read_request
from accounts.api.openid.assurance import proof_of
from accounts.api.openid.exchange import closed
from accounts.api.openid.leaving import form_page, leave
from accounts.api.openid.validator import may_be_silent
from accounts.engine.scopes import CLASS_OF, classes_of
from accounts.models import User
from accounts.selectors.agreements import data_classes
from accounts.selectors.partners import SCOPE_WORDS, PartnerView, partner_view
from accounts.selectors.profiles import access_name
from accounts.services.partners.connecting import Proof, connect_partner
from kernel import clock
from kernel.use_case import Act


@csrf_exempt
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """Answer a partner's request, or the person's own yes or no to it.

    A partner may also send its request as a form (OpenID Connect Core, 3.1.2.1); it comes without our cookie and is asked anew.
    """
    if request.method == "POST" and "csrfmiddlewaretoken" not in request.POST:
        return closed(HttpResponseRedirect(f"{request.path}?{request.POST.urlencode()}"))
    user = request.user if request.user.is_authenticated else None
    with _in_words_of(request, user):
        try:
            response = _answered(request, user) if request.method == "POST" else _asked(request, user)
        except PartnerRefused as refused:
            response = leave(request, refused.location)
        except OAuth2Error as error:
            response = closed(render(request, "accounts/partner_refused.html", {"error": error.error}, status=400))
    return response


def _asked(request: HttpRequest, user: User | None) -> HttpResponse:
    at = clock.now()
    wanted = read_request(request, user=user, at=at)
    is_silent = "none" in wanted.prompts
    if user is None:
        return _to_sign_in(request.get_full_path())
    proof = proof_of(request.session)
    if wanted.needs_proof(proof, at=at):
        if is_silent or wanted.since is not None:
            raise login_required(wanted)
        return _to_sign_in(again(request, at=at), anew=True, level=wanted.level)
    if "consent" not in wanted.prompts and may_be_silent(user, wanted.client, wanted.asked.scopes):
        return _connected(request, user, wanted, proof, None)
    if is_silent:
        raise PartnerRefused(wanted.answered(error=ConsentRequired.error))
    return _question(request, user, wanted)


@csrf_protect
def _answered(request: HttpRequest, user: User | None) -> HttpResponse:
    """Take the person's answer; the request is read and checked again, for it stands in the form's address alone."""
    at = clock.now()
    wanted = read_request(request, user=user, at=at)
    if user is None:
        return _to_sign_in(request.get_full_path())
    if request.POST.get("answer") != "yes":
        raise PartnerRefused(wanted.answered(error=AccessDeniedError.error))
    proof = proof_of(request.session)
    if wanted.needs_proof(proof, at=at):
        raise login_required(wanted)
    return _connected(request, user, wanted, proof, request.POST.getlist("class"))


def _connected(
    request: HttpRequest, user: User, wanted: AskedFor, proof: Proof, classes: list[str] | None
) -> HttpResponse:
    act = Act(user.principal, at=clock.now())
    allowed = connect_partner(act, user_id=user.pk, asked=wanted.asked, proof=proof, classes=classes)
    return leave(request, wanted.answered(code=allowed.code))


def _question(request: HttpRequest, user: User, wanted: AskedFor) -> HttpResponse:
    """Show who would read what for which purpose, one line each."""
    partner = cast("PartnerView", partner_view(wanted.client.pk))
    is_japanese = (translation.get_language() or "ja").startswith("ja")
    words = {
        "service": partner.name if is_japanese else partner.name_en,
        "organisation": partner.organisation if is_japanese else partner.organisation_en,
        "who": access_name(user.resident_id, user.resident_id),
        "lines": _lines(wanted.asked.scopes),
    }
    return form_page(render(request, "accounts/partner_question.html", words), wanted.asked.redirect_uri)


def _lines(scopes: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "class": data_class,
            "title": data_classes()[data_class],
            "items": [SCOPE_WORDS[scope] for scope in scopes if CLASS_OF.get(scope) == data_class],
        }
        for data_class in classes_of(scopes)
    ]


def _to_sign_in(onwards: str, *, anew: bool = False, level: int = 0) -> HttpResponse:
    """Send the person to sign in and back to this very address of ours."""
    wish = f"&again=1&level={level}" if anew else ""
    return closed(HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(onwards, safe='')}{wish}"))


@contextmanager
def _in_words_of(request: HttpRequest, user: User | None) -> Iterator[None]:
    """Speak the language that the partner knows the person reads, or theirs here."""
    spoken = dict(settings.LANGUAGES)
    wished = [code.lower() for code in request.GET.get("ui_locales", "").split()]
    known = [code for code in wished if code in spoken] + [user.language if user is not None else ""]
    language = next((code for code in known if code in spoken), translation.get_language())
    with translation.override(language):
        yield
