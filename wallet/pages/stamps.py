"""The officers' pages of stamp cards: offering one, and what became of each."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kernel.problems import DomainError
from kernel.web.desks import act_of, officers_only, page
from wallet.pages.charts import Point, bars
from wallet.pages.rule_forms import (
    form_words,
    gift_in,
    gift_words,
    instant,
    number,
    offer_in,
    percent,
    places_in,
    products_in,
    say,
    was_picked,
)
from wallet.selectors.stamps.desk import fullness_of, stamp_card_row, stamp_card_rows
from wallet.services import stamps
from wallet.services.offers import RUN

ROOT = "/admin/stamps/"


@require_safe
@officers_only(RUN)
def stamps_page(request: HttpRequest) -> HttpResponse:
    """List the cards, newest first."""
    rows = [(row, gift_words(row.reward, row.reward_title)) for row in stamp_card_rows()]
    return page(request, "wallet/stamps/all.html", _("スタンプカード"), {"rows": rows, "root": ROOT})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def making_page(request: HttpRequest) -> HttpResponse:
    """Show the form, or offer the card; what was typed stays where it is refused."""
    if request.method == "POST" and not was_picked(request.POST):
        try:
            rule = stamps.stamp_rule_of(_rule(request.POST))
            made = stamps.make_stamp_card(act_of(request), rule=rule, **offer_in(request.POST))
            return HttpResponseRedirect(f"{ROOT}{made.id}")
        except DomainError as refusal:
            say(request, refusal)
    return page(request, "wallet/stamps/new.html", _("スタンプカードを作る"), form_words(request) | {"root": ROOT})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def stamp_page(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Show one card and what became of it; stop it or let it go on."""
    if request.method == "POST":
        deed = stamps.resume_stamp_card if request.POST.get("deed") == "resume" else stamps.pause_stamp_card
        deed(act_of(request), card_id=card_id, why=request.POST.get("why", "")[:200])
        return HttpResponseRedirect(request.path)
    row, fullness = stamp_card_row(card_id), fullness_of(card_id)
    points = [
        Point(_("%(count)s個") % {"count": count}, people, ngettext("%(people)s人", "%(people)s人", people) % {"people": people})
        for count, people in enumerate(fullness.people)
        if count
    ]  # fmt: skip
    words = {
        "row": row, "gift": gift_words(row.reward, row.reward_title), "fullness": fullness, "points": points, "root": ROOT,
        "is_begun": any(fullness.people[1:]), "chart": bars(points), "percent": percent(row.given, row.stock or 0),
    }  # fmt: skip
    return page(request, "wallet/stamps/one.html", row.title, words)


def _rule(said: QueryDict) -> dict[str, Any]:
    return {
        "reward": gift_in(said),
        "starts_at": instant(said.get("starts_at")),
        "ends_at": instant(said.get("ends_at")),
        "size": number(said.get("size")) or 0,
        "minimum": number(said.get("minimum")) or 1,
        "products": products_in(said),
        "per_day": number(said.get("per_day")) or 1,
        "distinct": said.get("distinct") == "1",
        "per_person": number(said.get("per_person")),
        "stock": number(said.get("stock")),
    } | places_in(said)
