"""The officers' desk for alerts: what was found, in words, as a picture and as a table; one decision with a reason."""

from typing import Any, Literal
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kernel.problems import DomainError, NotFound
from kernel.web.desks import act_of, officers_only, principal_of
from wallet.pages.chains import chain, names_of_accounts
from wallet.selectors.watching import WATCH, alert, alerts, closings_about, closings_waiting
from wallet.services import decide_alert, decide_closing, propose_closing

ROOT = "/admin/watch/"
WORDS = {
    "many": gettext_lazy("短い間に何度も送っています。"),
    "under_limit": gettext_lazy("1回の上限に近い額を、くり返し送っています。"),
    "passed_on": gettext_lazy("届いたコインを、すぐにほぼ全額ほかへ送ることをくり返しています。"),
    "ring": gettext_lazy("似た額のコインが何人かを回り、はじめの人へ戻っています。"),
    "gathered": gettext_lazy("短い間に、多くの人からコインが集まっています。"),
    "spread": gettext_lazy("短い間に、多くの人へコインを送っています。"),
}
DECISIONS: dict[str, Literal["dismissed", "outgoing", "all"]] = {
    "dismissed": "dismissed",
    "outgoing": "outgoing",
    "all": "all",
}


@require_safe
@officers_only(WATCH)
def alerts_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, and what was decided last."""
    context = admin.site.each_context(request) | {
        "title": _("送金の見守り"),
        "waiting": [_line(row) for row in alerts(is_open=True)],
        "closings": closings_waiting(),
        "decided": [_line(row) for row in alerts(is_open=False, most=20)],
    }
    return render(request, "wallet/watch/list.html", context)


@require_safe
@officers_only(WATCH)
def alert_page(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Show one alert whole."""
    found = alert(alert_id)
    names = names_of_accounts(found.transfers)
    context = admin.site.each_context(request) | {
        "title": _("送金の見守り"),
        "alert": found,
        "words": WORDS[found.kind],
        "chain": chain(found.transfers),
        "rows": [(each, names[each.sender], names[each.recipient]) for each in found.transfers],
        "total": sum(each.amount for each in found.transfers),
        "people": len(names),
        "closings": closings_about(alert_id),
        "me": principal_of(request).actor,
    }
    return render(request, "wallet/watch/one.html", context)


@require_POST
@officers_only(WATCH)
def decide_page(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take the decision."""
    decision = DECISIONS.get(request.POST.get("decision", ""))
    reason = request.POST.get("reason", "").strip()[:200]
    if decision is None or not reason:
        messages.error(request, _("判断を選び、理由を入力してください。"))
        return HttpResponseRedirect(f"{ROOT}{alert_id}")
    try:
        decide_alert(act_of(request), alert_id=alert_id, decision=decision, reason=reason)
    except NotFound:
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
    else:
        messages.success(request, _("判断を記録しました。"))
    return HttpResponseRedirect(ROOT)


@require_POST
@officers_only(WATCH)
def closing_page(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take a proposal to close the account, or another officer's decision on one."""
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        messages.error(request, _("理由を入力してください。"))
        return HttpResponseRedirect(f"{ROOT}{alert_id}")
    try:
        _close(request, alert_id, reason)
    except (NotFound, ValueError):
        raise Http404 from None
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
    else:
        messages.success(request, _("記録しました。"))
    return HttpResponseRedirect(f"{ROOT}{alert_id}")


def _close(request: HttpRequest, alert_id: UUID, reason: str) -> None:
    act, closing = act_of(request), request.POST.get("closing", "")
    if closing:
        decide_closing(act, closing_id=UUID(closing), accept=request.POST.get("deed") == "accept", why=reason)
        return
    balance: Literal["payout", "kept"] = "payout" if request.POST.get("balance") == "payout" else "kept"
    propose_closing(act, alert_id=alert_id, balance=balance, reason=reason)


def _line(row: Any) -> dict[str, Any]:
    return {"row": row, "words": WORDS[row.kind], "count": len(row.transfers), "decision": row.get_decision_display()}
