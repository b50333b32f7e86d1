"""The demo city's page: who can sign in, and the letters that would have left."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.gateways.demo_post import letters
from accounts.selectors.personas import app_codes, seeded_personas
from kernel import clock

ROLE_NAMES = {
    "resident": _("住民"),
    "tourist": _("旅行者"),
    "merchant.manager": _("お店の店長"),
    "merchant.cashier": _("お店のレジ係"),
    "driver": _("運転手"),
    "city.officer": _("市の職員"),
    "city.administrator": _("管理者"),
}


@require_safe
def demo_page(request: HttpRequest) -> HttpResponse:
    """Show the page; :raises Http404: in a real city."""
    if not settings.DEMO:
        raise Http404
    people = [(who.persona.name, ROLE_NAMES[who.persona.role], who.persona.email) for who in seeded_personas()]
    at = clock.now()
    answer = render(
        request, "accounts/demo.html", {"personas": people, "letters": letters(at=at), "apps": app_codes(at=at)}
    )
    answer["Cache-Control"] = "no-store"
    return answer
