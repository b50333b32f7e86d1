"""The officer's pages for coins with a bonus: announce, fund, watch the budget, draw in public; and what ended on which day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock, draw
from kernel.problems import DomainError
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet import services
from wallet.engine.premium import bonus_of, budget_of
from wallet.pages.premium_form import PREVIEWED, PremiumForm
from wallet.selectors.expiries import expired_by_day, still_to_sweep
from wallet.selectors.premium_desks import desk_of, desks
from wallet.services.premium import check_terms, keep_party_half, name_premium_parties, recover_party, reveal_party

ROOT = "/admin/premium/"
RUN, LEDGER, FUND = "wallet.run_premium", "wallet.read_ledger", "wallet.fund_campaigns"
HASHES = ("value_sha256", "half_1_sha256", "half_2_sha256")


@require_safe
@officers_only(RUN)
def premiums_page(request: HttpRequest) -> HttpResponse:
    """List the campaigns, newest first, each with its budget."""
    return page(
        request, "wallet/premium/all.html", _("プレミアム付コイン"), {"rows": desks(at=clock.now()), "root": ROOT}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def new_premium_page(request: HttpRequest) -> HttpResponse:
    """Show the form, then what it would give, then announce; what was typed stays where it is refused."""
    form = PremiumForm(request.POST or None)
    preview: dict[str, Any] | None = None
    if form.is_bound and form.is_valid():
        try:
            check_terms(form.terms(), at=clock.now())
            if request.POST.get("deed") == "make":
                made = services.make_premium(act_of(request), terms=form.terms(), why=form.cleaned_data["why"])
                messages.success(request, _("公表しました。予算も入りました。"))
                return HttpResponseRedirect(f"{ROOT}{made.id}")
            preview = _preview(form)
        except DomainError as refusal:
            form.refuse(refusal)
    shown = {"form": form, "preview": preview, "root": ROOT}
    return page(request, "wallet/premium/new.html", _("プレミアム付コインを作る"), shown)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(RUN)
def premium_page(request: HttpRequest, premium_id: UUID) -> HttpResponse:
    """Show how far a campaign has come; take what is to be done with it."""
    if request.method == "POST":
        tell(request, lambda: _do(request, premium_id))
        return again(request)
    desk = desk_of(premium_id, at=clock.now())
    words = {"desk": desk, "root": ROOT, "may_fund": principal_of(request).may(FUND)}
    return page(request, "wallet/premium/one.html", desk.name, words)


@require_safe
@officers_only(LEDGER)
def expiries_page(request: HttpRequest) -> HttpResponse:
    """Show what ended on which day, and whether the sweep has anything left."""
    at = clock.now()
    shown = {"days": expired_by_day(at=at), "waiting": still_to_sweep(at=at)}
    return page(request, "wallet/premium/expiries.html", _("終わったコイン"), shown)


def _preview(form: PremiumForm) -> dict[str, Any]:
    terms = form.terms()
    rows = [(paid, bonus_of(paid, terms.rate_bp), paid + bonus_of(paid, terms.rate_bp)) for paid in PREVIEWED]
    return {"rows": rows, "budget": budget_of(terms.units, terms.unit_yen, terms.rate_bp)}


def _do(request: HttpRequest, premium_id: UUID) -> str:
    """Do what the pressed button says, and return what came of it."""
    given, act = request.POST, act_of(request)
    deed = given.get("deed", "")
    number = int(given["number"]) if given.get("number", "").isdecimal() else 0
    if deed == "close":
        services.close_applications(act, premium_id=premium_id)
        return _("抽選券の一覧を確定し、公表しました。")
    if deed == "draw":
        services.draw_premium(act, premium_id=premium_id)
        return _("抽選しました。結果のお知らせは、これから順に届きます。")
    if deed == "parties":
        name_premium_parties(act, premium_id=premium_id, parties=[_party(request, each) for each in (1, 2, 3)])
        return _("3者のハッシュを公表しました。")
    if deed == "half":
        half = int(given["half"]) if given.get("half", "").isdecimal() else 0
        keep_party_half(act, premium_id=premium_id, number=number, half=half)
        return _("預かりを記録しました。")
    if deed == "reveal":
        reveal_party(act, premium_id=premium_id, number=number, value=given.get("value", ""))
        return _("値を公表しました。")
    if deed == "recover":
        halves = {"half_1": given.get("half_1", ""), "half_2": given.get("half_2", "")}
        recover_party(act, premium_id=premium_id, number=number, **halves)
        return _("預かった半分から、値を復元しました。")
    if deed == "end":
        services.end_premium(act, premium_id=premium_id, why=given.get("why", ""))
        return _("販売を終えました。")
    return _("何もしていません。")


def _party(request: HttpRequest, number: int) -> draw.Party:
    hashes = [request.POST.get(f"{name}_{number}", "").strip().lower() for name in HASHES]
    return draw.Party(request.POST.get(f"name_{number}", "").strip()[:100], *hashes)
