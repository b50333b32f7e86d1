"""The officers' pages of coupons: budgets, making one with a look at what it means, and what became of each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.problems import DomainError
from kernel.web.desks import act_of, officers_only, page, principal_of
from wallet.engine.coupons import Audience
from wallet.pages.rule_forms import (
    form_words,
    instant,
    key_in,
    micro,
    number,
    offer_in,
    percent,
    places_in,
    products_in,
    say,
    was_picked,
)
from wallet.pages.town_map import circle_on, dots
from wallet.selectors.coupons.desk import budgets, coupon_row, coupon_rows, preview_of, shop_points
from wallet.selectors.coupons.targeting import count_audience, is_asked
from wallet.services import coupons, fund_campaign, open_campaign
from wallet.services.coupons.making import rule_of
from wallet.services.offers import RUN

ROOT = "/admin/coupons/"
FUND = "wallet.fund_campaigns"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def coupons_page(request: HttpRequest) -> HttpResponse:
    """Show budgets and coupons; open and fund budgets, where one may."""
    if request.method == "POST":
        try:
            _fund(request)
        except DomainError as refusal:
            messages.error(request, str(refusal.title))
        return HttpResponseRedirect(ROOT)
    found = [(each, percent(each.spent, each.funded)) for each in budgets()]
    words = {"budgets": found, "rows": coupon_rows(), "may_fund": principal_of(request).may(FUND)}
    return _page(request, "list", _("クーポン"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def making_page(request: HttpRequest) -> HttpResponse:
    """Show the form, what the coupon would mean, or put it out; what was typed stays."""
    preview = size = None
    if request.method == "POST" and not was_picked(request.POST):
        try:
            rule = rule_of(_rule(request))
            preview, audience = preview_of(rule), _audience(request)
            if request.POST.get("deed") == "make":
                made = coupons.make_coupon(
                    act_of(request), rule=rule, is_listed=request.POST.get("is_listed") == "1", audience=audience,
                    **offer_in(request.POST),
                )  # fmt: skip
                return HttpResponseRedirect(f"{ROOT}{made.id}")
            size = _size(audience, request.POST.get("why", "")[:200])
        except DomainError as refusal:
            say(request, refusal)
    words = form_words(request) | {"preview": preview, "size": size, "asks": is_asked()}
    return _page(request, "new", _("クーポンを作る"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def coupon_page(request: HttpRequest, coupon_id: UUID) -> HttpResponse:
    """Show one coupon and what became of it; stop it or let it go on."""
    if request.method == "POST":
        deed = coupons.resume_coupon if request.POST.get("deed") == "resume" else coupons.pause_coupon
        deed(act_of(request), coupon_id=coupon_id, why=request.POST.get("why", "")[:200])
        return HttpResponseRedirect(request.path)
    row = coupon_row(coupon_id)
    words = {
        "row": row,
        "preview": preview_of(row.rule),
        "whom": [] if row.audience is None else _whom(row.audience),
        "percent": percent(row.uses - row.given_back, row.stock or 0),
    }
    return _page(request, "one", row.title, words)


@require_safe
@officers_only(RUN)
def map_page(request: HttpRequest) -> HttpResponse:
    """Draw the town's shops and, where one is said, the circle."""
    said, shops = request.GET, shop_points()
    where = [micro(said.get("latitude", "")), micro(said.get("longitude", "")), number(said.get("radius_m"))]
    circle = circle_on(shops, *(each or 0 for each in where)) if None not in where else None
    words = {"dots": dots(shops), "circle": circle}
    return render(request, "wallet/coupons/map.svg", words, content_type="image/svg+xml")


def _fund(request: HttpRequest) -> None:
    """Open a budget, or raise one."""
    said = request.POST
    act = act_of(request)
    amount, why = number(said.get("amount")) or 0, said.get("why", "").strip()[:200]
    if said.get("campaign"):
        fund_campaign(act, campaign_id=key_in(said["campaign"]), amount=amount, why=why)
    elif name := said.get("name", "").strip()[:60]:
        open_campaign(act, name=name, amount=amount, why=why)


def _rule(request: HttpRequest) -> dict[str, Any]:
    """Return what the form says as a rule's data; what is left empty does not bind."""
    said = request.POST
    percent = {"kind": "percent", "percent": number(said.get("percent")) or 0, "cap": number(said.get("cap")),
               "rounding": said.get("rounding", "floor")}  # fmt: skip
    fixed = {"kind": "amount", "yen": number(said.get("yen")) or 0}
    begins, ends = _minute(said.get("from")), _minute(said.get("until"))
    return {
        "benefit": fixed if said.get("kind") == "amount" else percent,
        "starts_at": instant(said.get("starts_at")),
        "ends_at": instant(said.get("ends_at")),
        "minimum": number(said.get("minimum")) or 0,
        "products": products_in(said),
        "weekdays": [int(day) for day in said.getlist("weekdays") if day in "1234567"],
        "hours": [] if begins is None and ends is None else [{"begins": begins or 0, "ends": ends or 1440}],
        "stock": number(said.get("stock")),
        "per_person": number(said.get("per_person")),
        "per_day": number(said.get("per_day")),
        "needs_claim": said.get("needs_claim") == "1",
        "stackable": said.get("stackable") == "1",
    } | places_in(said)


def _audience(request: HttpRequest) -> Audience | None:
    """Return for whom the coupon is; None for everybody."""
    said = request.POST
    if said.get("for_audience") != "1":
        return None
    return coupons.audience_of(
        {
            "ages_from": number(said.get("ages_from")),
            "ages_to": number(said.get("ages_to")),
            "districts": said.getlist("audience_districts"),
            "level": number(said.get("level")),
            "with_children": said.get("with_children") == "1",
        }
    )


def _whom(audience: Audience) -> list[str]:
    """Say for whom a coupon is, a line each."""
    first, last, lines = audience.ages_from, audience.ages_to, []
    if audience.by_age:
        ages = {"first": 0 if first is None else first, "last": 120 if last is None else last}
        lines.append(_("%(first)s歳から%(last)s歳まで") % ages)
    if audience.districts:
        lines.append(_("住んでいる地区: %(districts)s") % {"districts": ", ".join(audience.districts)})
    if audience.level:
        lines.append(_("身元確認のレベル%(level)s以上") % {"level": audience.level})
    return [*lines, _("18歳未満の子がいる人")] if audience.with_children else lines


def _size(audience: Audience | None, reason: str) -> str | None:
    """Say about how many people would be offered it; nothing where it is for everybody."""
    if audience is None:
        return None
    about = count_audience(audience, reason=reason, at=clock.now())
    return _("10人未満です。") if about is None else _("およそ%(count)s人です。") % {"count": f"{about:,}"}


def _minute(text: str | None) -> int | None:
    hour, colon, minute = (text or "").partition(":")
    is_time = colon and hour.isdecimal() and minute[:2].isdecimal()
    return int(hour) * 60 + int(minute[:2]) if is_time else None


def _page(request: HttpRequest, name: str, title: str, words: dict[str, Any]) -> HttpResponse:
    return page(request, f"wallet/coupons/{name}.html", title, words | {"root": ROOT})
