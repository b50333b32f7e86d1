"""The desk for freezes: an officer stops an account with a reason, another one ends that."""

from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kernel.problems import DomainError
from kernel.web.desks import act_of, officers_only, principal_of
from wallet.selectors.freezes import FREEZE, ended_freezes, open_freezes, resident_account_by
from wallet.services import freeze_account, unfreeze_account

ROOT = "/admin/freezes/"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only(FREEZE)
def freezes_page(request: HttpRequest) -> HttpResponse:
    """Show what is frozen, and take a new freeze."""
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = _freeze(request)
        if not wrong:
            messages.success(request, _("停止しました。本人にお知らせが届きます。解除は、ほかの職員が行います。"))
            return HttpResponseRedirect(ROOT)
    context = admin.site.each_context(request) | {
        "title": _("コインの利用停止"),
        "open": open_freezes(),
        "ended": ended_freezes(),
        "me": principal_of(request).actor,
        "wrong": wrong,
        "said": request.POST if wrong else {"about": request.GET.get("account", "")},
    }
    return render(request, "wallet/freezes/page.html", context, status=422 if wrong else 200)


@require_POST
@officers_only(FREEZE)
def end_freeze(request: HttpRequest, freeze_id: UUID) -> HttpResponse:
    """End one freeze."""
    why = request.POST.get("why", "").strip()
    if not why:
        messages.error(request, _("解除の理由を入力してください。"))
        return HttpResponseRedirect(ROOT)
    try:
        unfreeze_account(act_of(request), freeze_id=freeze_id, why=why[:200])
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
    else:
        messages.success(request, _("解除しました。"))
    return HttpResponseRedirect(ROOT)


def _freeze(request: HttpRequest) -> dict[str, str]:
    """Freeze what the form says; return what is wrong with it, by field."""
    account_id = resident_account_by(request.POST.get("about", ""))
    reason, scope = request.POST.get("reason", "").strip(), request.POST.get("scope", "")
    wrong = {}
    if account_id is None:
        wrong["about"] = _("この番号の口座がありません。レシートの番号か、口座の番号を入力してください。")
    if scope not in ("outgoing", "all"):
        wrong["scope"] = _("どちらかを選んでください。")
    if not reason:
        wrong["reason"] = _("理由を入力してください。")
    if wrong or account_id is None:
        return wrong
    try:
        freeze_account(
            act_of(request),
            account_id=account_id,
            scope="all" if scope == "all" else "outgoing",
            reason=reason[:200],
        )
    except DomainError as refusal:
        return {"about": str(refusal.title)}
    return {}
