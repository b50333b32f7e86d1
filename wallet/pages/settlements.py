"""The officers' desk of settlement: what is due when, a period's sums and transfers, and the steps that two people take."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.clock import jst_date
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet.errors import NoCutOff, SettlementDecided, TransferNotPaid
from wallet.selectors.payouts import payout_views, payouts_to_decide
from wallet.selectors.settlement import batch_named, batches
from wallet.selectors.settlement_desk import calendar_from, cash_rows, difference_of, state_bars, transfer_rows
from wallet.selectors.shop_cash import handovers_waiting
from wallet.services import (
    approve_settlement,
    check_settlement,
    confirm_settlement,
    draw_up_settlement,
    import_returns,
    look_at_payout_account,
    record_return,
    refuse_payout_account,
    take_settlement_file,
    verify_payout_account,
    withdraw_settlement,
    write_settlement_file,
)

ROOT = "/admin/settlements/"
RIGHT = "wallet.settle"
MOST_BYTES = 4 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def settlements_page(request: HttpRequest) -> HttpResponse:
    """Show the calendar, the periods, and the accounts that wait; take a cut-off to draw up, or a file of returns."""
    today = jst_date(clock.now())
    deed = _draw if request.POST.get("deed") == "draw" else _returns
    if request.method == "POST" and tell(request, lambda: deed(request)):
        return again(request)
    words = {
        "batches": list(batches()[:50]), "owed": cash_rows(at=clock.now()), "calendar": calendar_from(today), "root": ROOT,
        "handovers": len(handovers_waiting()),
        "payouts": payout_views(payouts_to_decide()[:50]), "may_verify": principal_of(request).may("wallet.verify_payouts"),
    }  # fmt: skip
    return page(request, "wallet/settlements/all.html", _("店舗の精算"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def settlement_page(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show one period; take the next step."""
    if request.method == "POST" and tell(request, lambda: _step(request, batch_id)):
        return again(request)
    batch = batch_named(batch_id)
    words = {
        "batch": batch, "transfers": transfer_rows(batch), "bars": state_bars(batch), "root": ROOT,
        "difference": difference_of(batch), "is_first": batch.checked_by == principal_of(request).actor,
        "last_day": jst_date(batch.until - timedelta(seconds=1)),
    }  # fmt: skip
    return page(request, "wallet/settlements/one.html", _("%(day)s締めの精算") % {"day": batch.cut_off_on}, words)


@require_safe
@never_cache
@officers_only(RIGHT)
def settlement_file(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Hand out the bank's file."""
    batch = batch_named(batch_id)
    content = take_settlement_file(act_of(request), batch_id=batch_id)
    name = f"furikomi-{batch.cut_off_on:%Y%m%d}.txt"
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["POST"])
@never_cache
@officers_only("wallet.verify_payouts")
def payout_page(request: HttpRequest, payout_id: UUID) -> HttpResponse:
    """Show what is sealed of an account, to whoever says why; take the decision."""
    deed, why = request.POST.get("deed", ""), request.POST.get("why", "").strip()[:200] or _("書類で確認")
    words: dict[str, Any] = {"root": ROOT, "payout_id": payout_id, "why": why}
    if deed == "look":
        words["details"] = look_at_payout_account(act_of(request), payout_id=payout_id, why=why)
        return page(request, "wallet/settlements/payout.html", _("振込先の口座の確認"), words)
    done = tell(request, lambda: _decide(request, payout_id, deed, why))
    return page(request, "wallet/settlements/payout.html", _("振込先の口座の確認"), words | {"done": done})


def _draw(request: HttpRequest) -> str:
    drawn = draw_up_settlement(act_of(request), cut_off_on=_day(request.POST.get("cut_off_on", "")))
    return _("%(day)s締めの精算を作成しました。") % {"day": drawn.cut_off_on}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoCutOff from None


def _returns(request: HttpRequest) -> str:
    given = request.FILES.get("file")
    read = import_returns(act_of(request), content=given.read(MOST_BYTES) if given else b"")
    return _("組戻しを%(count)s件、合わせて%(amount)s円記録しました。") % {
        "count": read.recorded,
        "amount": f"{read.amount:,}",
    }


def _step(request: HttpRequest, batch_id: UUID) -> str:
    act, deed = act_of(request), request.POST.get("deed", "")
    why = request.POST.get("why", "").strip()[:200]
    if deed == "return":
        back = record_return(act, transfer_id=_id(request.POST.get("transfer", "")), why=why or _("口座の相違"))
        return _("%(amount)s円の組戻しを記録しました。") % {"amount": f"{back.amount:,}"}
    if deed == "withdraw":
        withdraw_settlement(act, batch_id=batch_id, why=why or _("作り直し"))
        return _("精算を取り下げました。金額は次の精算に回ります。")
    if deed == "write":
        written = write_settlement_file(act, batch_id=batch_id)
        return _("%(count)s件のファイルを作りました。") % {"count": written.transfers}
    steps = {"check": check_settlement, "approve": approve_settlement, "confirm": confirm_settlement}
    if deed not in steps:
        raise SettlementDecided
    done = steps[deed](act, batch_id=batch_id)
    return {
        "check": _("確認しました。ほかの職員の承認を待っています。"),
        "approve": _("承認し、帳簿に記入しました。ファイルを作れます。"),
        "confirm": _("振込済みにしました。"),
    }[deed] + (f" {done.net:,}" if deed == "approve" else "")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise TransferNotPaid from None


def _decide(request: HttpRequest, payout_id: UUID, deed: str, why: str) -> str:
    if deed == "verify":
        verify_payout_account(act_of(request), payout_id=payout_id, why=why)
        return _("振込先を確認済みにしました。")
    refuse_payout_account(act_of(request), payout_id=payout_id, why=why)
    return _("振込先を差し戻しました。")
