"""An officer's desk for card payments: what must be looked at, one payment with what can be done, and the last comparisons."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act
from wallet.selectors.cards_taken import HANDLE, PaymentFacts, find_payment, last_runs, open_alerts, payment_facts
from wallet.services import close_card_alert, finish_card_refunds, refund_top_up

HERE = "/admin/wallet/cards"
WHAT_TO_DO = {
    "wrong_amount": gettext_lazy(
        "コインは発行していません。カード会社の画面で金額を確かめ、利用者に連絡して、返金してください。"
    ),
    "unknown_here": gettext_lazy(
        "市の記録にない入金です。カード会社の画面で相手を確かめ、心当たりがなければ返金してください。"
    ),
    "unknown_there": gettext_lazy(
        "コインは発行しましたが、カード会社の一覧に見つかりません。カード会社に問い合わせてください。"
    ),
    "refund_failed": gettext_lazy(
        "カードに戻せませんでした。カード会社の画面で理由を確かめ、利用者に別の方法で返してください。"
    ),
    "refunded_there": gettext_lazy(
        "カード会社の画面から返金されたため、残りのコインを取り消しました。だれの返金かを確かめてください。"
    ),
    "dispute": gettext_lazy(
        "カードの持ち主が「覚えがない」と申し立てています。期限までに、カード会社に証拠を出してください。"
    ),
    "dispute_lost": gettext_lazy(
        "申し立てが認められました。残っていたコインを取り消し、使われた分は市の負担として記録しました。"
    ),
}


class CloseForm(forms.Form):
    """What was done about one thing."""

    why = forms.CharField(max_length=200)


class RefundForm(forms.Form):
    """How much goes back, and why; the key lets a page that was sent twice count once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.IntegerField(min_value=1, max_value=10_000_000)
    why = forms.CharField(max_length=200)


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Show what must be looked at; where somebody looks for a payment, lead there."""
    principal = _officer(request)
    sought = request.GET.get("q", "").strip()
    found = find_payment(principal, sought) if sought else None
    if found is not None:
        return HttpResponseRedirect(f"{HERE}/payments/{found}")
    alerts = [(alert, WHAT_TO_DO[alert.kind]) for alert in open_alerts(principal)]
    shown = {"alerts": alerts, "runs": last_runs(principal), "sought": sought}
    return _page(request, "wallet/card_desk.html", _("カードの要確認"), shown)


@require_POST
@never_cache
def close(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Close one thing."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("どう対応したかを書いてください。"))
        return HttpResponseRedirect(HERE)
    try:
        close_card_alert(Act(_officer(request), at=clock.now()), alert_id=alert_id, why=form.cleaned_data["why"])
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
    else:
        messages.success(request, _("処理済みにしました。"))
    return HttpResponseRedirect(HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def payment(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """Show one payment, and send what is unspent of it back."""
    principal = _officer(request)
    try:
        facts = payment_facts(principal, payment_id, at=clock.now())
    except NotFound:
        raise Http404 from None
    form = RefundForm(request.POST) if request.method == "POST" else _fresh(facts)
    if form.is_bound and form.is_valid() and _refund(request, form, payment_id):
        return HttpResponseRedirect(f"{HERE}/payments/{payment_id}")
    return _page(request, "wallet/card_payment.html", _("カード・コンビニの支払い"), {"facts": facts, "form": form})


def _refund(request: HttpRequest, form: RefundForm, payment_id: UUID) -> bool:
    said = form.cleaned_data
    act = Act(_officer(request), at=clock.now(), key=f"desk-{said['key']}")
    try:
        refund_top_up(act, payment_id=payment_id, amount=said["amount"], why=said["why"])
    except DomainError as refusal:
        form.add_error("amount", str(refusal.title))
        return False
    finish_card_refunds(at=clock.now(), payment_id=payment_id)
    messages.success(request, _("コインを取り消し、カードへの返金を依頼しました。"))
    return True


def _fresh(facts: PaymentFacts) -> RefundForm:
    return RefundForm(initial={"key": new_id(), "amount": facts.refundable or None})


def _page(request: HttpRequest, template: str, title: str, shown: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "title": title, **shown})


def _officer(request: HttpRequest) -> Principal:
    principal: Principal = cast("Any", request.user).principal  # the administration lets nobody in who has none
    if not principal.may(HANDLE):
        raise PermissionDenied
    return principal
