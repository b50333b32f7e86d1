"""The officers' pages of referrals: a campaign, what became of it, and where something looks wrong."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.problems import DomainError
from kernel.web.desks import act_of, officers_only, page
from wallet.pages.charts import Point, bars
from wallet.pages.rule_forms import form_words, gift_in, gift_words, instant, number, offer_in, percent, say
from wallet.selectors.referrals.desk import ReferralRow, referral_row, referral_rows, referrers_of
from wallet.services import referrals
from wallet.services.offers import RUN

ROOT = "/admin/referrals/"


@require_safe
@officers_only(RUN)
def referrals_page(request: HttpRequest) -> HttpResponse:
    """List the campaigns, newest first."""
    rows = referral_rows(at=clock.now())
    return page(request, "wallet/referrals/all.html", _("紹介キャンペーン"), {"rows": rows, "root": ROOT})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def making_page(request: HttpRequest) -> HttpResponse:
    """Show the form, or begin the campaign; what was typed stays where it is refused."""
    if request.method == "POST":
        try:
            rule = referrals.referral_rule_of(_rule(request.POST))
            made = referrals.make_referral_campaign(act_of(request), rule=rule, **offer_in(request.POST))
            return HttpResponseRedirect(f"{ROOT}{made.id}")
        except DomainError as refusal:
            say(request, refusal)
    words = form_words(request) | {"root": ROOT}
    return page(request, "wallet/referrals/new.html", _("紹介キャンペーンを作る"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def referral_page(request: HttpRequest, referral_campaign_id: UUID) -> HttpResponse:
    """Show one campaign, what became of it and who may have misused it; stop it or let it go on."""
    if request.method == "POST":
        is_resumed = request.POST.get("deed") == "resume"
        deed = referrals.resume_referral_campaign if is_resumed else referrals.pause_referral_campaign
        deed(act_of(request), referral_campaign_id=referral_campaign_id, why=request.POST.get("why", "")[:200])
        return HttpResponseRedirect(request.path)
    row = referral_row(referral_campaign_id, at=clock.now())
    points = _points(row)
    words = {
        "row": row, "for_referrer": gift_words(row.rule.for_referrer), "for_newcomer": gift_words(row.rule.for_newcomer),
        "points": points, "chart": bars(points), "referrers": referrers_of(referral_campaign_id), "root": ROOT,
        "percent": percent(row.earned, row.stock or 0),
    }  # fmt: skip
    return page(request, "wallet/referrals/one.html", row.title, words)


def _points(row: ReferralRow) -> list[Point]:
    """Return the campaign's steps, from links to rewards."""
    steps = (
        (_("リンクを作った人"), row.links), (_("コードを入れた人"), row.entered), (_("特典を渡した組"), row.earned),
        (_("期限が過ぎた人"), row.lapsed), (_("支払いの取消で戻した組"), row.undone),
    )  # fmt: skip
    return [Point(name, count, f"{count:,}") for name, count in steps]


def _rule(said: QueryDict) -> dict[str, Any]:
    return {
        "starts_at": instant(said.get("starts_at")),
        "ends_at": instant(said.get("ends_at")),
        "for_referrer": gift_in(said, "referrer_"),
        "for_newcomer": gift_in(said, "newcomer_"),
        "level": number(said.get("level")) or 2,
        "first_payment": number(said.get("first_payment")) or 0,
        "within_days": number(said.get("within_days")) or 0,
        "per_referrer": number(said.get("per_referrer")) or 0,
        "per_day": number(said.get("per_day")) or 0,
        "stock": number(said.get("stock")),
    }
