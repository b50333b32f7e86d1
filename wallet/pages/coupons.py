"""The officers' pages of coupons: budgets, making one with a look at what it means, and what became of each."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.clock import JST
from kernel.ids import new_id
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act
from wallet.selectors.coupons.desk import budgets, coupon_row, coupon_rows, places_of_shops, preview_of
from wallet.services import coupons, fund_campaign, open_campaign
from wallet.services.coupons.making import RUN, rule_of

ROOT = "/admin/coupons/"
FUND = "wallet.fund_campaigns"
View = Callable[..., HttpResponse]


def officers_only(view: View) -> View:
    """Let in who may run coupons; send strangers to sign in, tell others that this is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"/admin/login/?next={quote(request.path)}")
        if not _principal(request).may(RUN):
            raise PermissionDenied
        try:
            return view(request, **named)
        except NotFound:
            raise Http404 from None

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def coupons_page(request: HttpRequest) -> HttpResponse:
    """Show budgets and coupons; open and fund budgets, where one may."""
    if request.method == "POST":
        try:
            _fund(request)
        except DomainError as refusal:
            messages.error(request, str(refusal.title))
        return HttpResponseRedirect(ROOT)
    found = [(each, _percent(each.spent, each.funded)) for each in budgets()]
    words = {"budgets": found, "rows": coupon_rows(), "may_fund": _principal(request).may(FUND), "key": str(new_id())}
    return _page(request, "list", _("クーポン"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def making_page(request: HttpRequest) -> HttpResponse:
    """Show the form, what the coupon would mean, or put it out; what was typed stays."""
    preview = None
    if request.method == "POST":
        try:
            rule = rule_of(_rule(request))
            preview = preview_of(rule)
            if request.POST.get("deed") == "make":
                made = coupons.make_coupon(
                    Act(_principal(request), at=clock.now(), key=request.POST.get("key", "")),
                    title=request.POST.get("title", "").strip()[:60],
                    title_en=request.POST.get("title_en", "").strip()[:60],
                    rule=rule,
                    campaign_id=_uuid(request.POST.get("campaign", "")),
                    is_listed=request.POST.get("is_listed") == "1",
                    why=request.POST.get("why", "")[:200],
                )
                return HttpResponseRedirect(f"{ROOT}{made.id}")
        except DomainError as refusal:
            said = refusal.members.get("detail")
            messages.error(request, f"{refusal.title} {said}" if said else str(refusal.title))
    shops, districts, trades = places_of_shops()
    words = {
        "given": request.POST, "preview": preview, "key": request.POST.get("key") or str(new_id()),
        "campaigns": [each for each in budgets() if each.is_open], "shops": shops, "districts": districts,
        "trades": trades, "chosen": {name: request.POST.getlist(name) for name in ("shops", "districts", "trades", "weekdays")},
        "days": list(enumerate((_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日")), start=1)),
    }  # fmt: skip
    return _page(request, "new", _("クーポンを作る"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def coupon_page(request: HttpRequest, coupon_id: UUID) -> HttpResponse:
    """Show one coupon and what became of it; stop it or let it go on."""
    if request.method == "POST":
        deed = coupons.resume_coupon if request.POST.get("deed") == "resume" else coupons.pause_coupon
        deed(Act(_principal(request), at=clock.now()), coupon_id=coupon_id, why=request.POST.get("why", "")[:200])
        return HttpResponseRedirect(request.path)
    row = coupon_row(coupon_id)
    words = {
        "row": row,
        "preview": preview_of(row.rule),
        "percent": _percent(row.uses - row.given_back, row.stock or 0),
    }
    return _page(request, "one", row.title, words)


def _fund(request: HttpRequest) -> None:
    """Open a budget, or raise one."""
    said = request.POST
    act = Act(_principal(request), at=clock.now(), key=said.get("key", ""))
    amount, why = _number(said.get("amount")) or 0, said.get("why", "").strip()[:200]
    if said.get("campaign"):
        fund_campaign(act, campaign_id=_uuid(said["campaign"]), amount=amount, why=why)
    elif name := said.get("name", "").strip()[:60]:
        open_campaign(act, name=name, amount=amount, why=why)


def _rule(request: HttpRequest) -> dict[str, Any]:
    """Return what the form says as a rule's data; what is left empty does not bind."""
    said = request.POST
    percent = {"kind": "percent", "percent": _number(said.get("percent")) or 0, "cap": _number(said.get("cap")),
               "rounding": said.get("rounding", "floor")}  # fmt: skip
    fixed = {"kind": "amount", "yen": _number(said.get("yen")) or 0}
    begins, ends = _minute(said.get("from")), _minute(said.get("until"))
    return {
        "benefit": fixed if said.get("kind") == "amount" else percent,
        "starts_at": _instant(said.get("starts_at")),
        "ends_at": _instant(said.get("ends_at")),
        "minimum": _number(said.get("minimum")) or 0,
        "products": [tag.strip() for tag in said.get("products", "").split(",") if tag.strip()],
        "shops": said.getlist("shops"),
        "districts": said.getlist("districts"),
        "trades": said.getlist("trades"),
        "weekdays": [int(day) for day in said.getlist("weekdays") if day in "1234567"],
        "hours": [] if begins is None and ends is None else [{"begins": begins or 0, "ends": ends or 1440}],
        "stock": _number(said.get("stock")),
        "per_person": _number(said.get("per_person")),
        "per_day": _number(said.get("per_day")),
        "needs_claim": said.get("needs_claim") == "1",
        "stackable": said.get("stackable") == "1",
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else None


def _minute(text: str | None) -> int | None:
    hour, colon, minute = (text or "").partition(":")
    is_time = colon and hour.isdecimal() and minute[:2].isdecimal()
    return int(hour) * 60 + int(minute[:2]) if is_time else None


def _instant(text: str | None) -> str:
    """Return an instant in Japan as the form's field writes it; what is none is refused with the rule."""
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=JST).isoformat()
    except ValueError:
        return ""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _percent(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def _page(request: HttpRequest, name: str, title: str, words: dict[str, Any]) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title, "root": ROOT} | words
    return render(request, f"wallet/coupons/{name}.html", context)


def _principal(request: HttpRequest) -> Any:
    return cast("Any", request.user).principal
