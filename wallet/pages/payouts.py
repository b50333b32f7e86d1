"""The officers' desk of payouts: what was asked for, what waits for a second officer, cash and the bank's files."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.clock import jst_date
from kernel.problems import DomainError, NotFound
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet.engine.payouts import CASES
from wallet.errors import NoticeTooShort, PayoutDecided
from wallet.pages.payout_form import PayoutForm
from wallet.selectors.coin_payouts import (
    RIGHT,
    coin_ends,
    payable,
    payout_files,
    payout_named,
    payouts_done,
    payouts_for_the_bank,
    payouts_in,
)
from wallet.selectors.law import payout_ceiling
from wallet.services import (
    announce_end,
    approve_end,
    approve_payout,
    confirm_payout,
    open_payout,
    pay_out_in_cash,
    refuse_payout,
    return_payout,
    take_payout_back,
    take_payout_file,
    write_payout_file,
)

ROOT = "/admin/payouts/"
SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def payouts_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, the files and the ceilings; open a payout, write the bank's file, register the end of the coin."""
    form = PayoutForm(request.POST if request.POST.get("deed") == "open" else None)
    if request.method == "POST" and _is_done(request, form, lambda: _do(request, form)):
        return again(request)
    today = jst_date(clock.now())
    words = {
        "waiting": list(payouts_in("asked", "opened", "approved", "written")[:SHOWN]), "done": list(payouts_done()[:SHOWN]),
        "files": list(payout_files()[:20]), "for_bank": payouts_for_the_bank().count(), "ends": list(coin_ends()[:5]),
        "form": form, "ceiling": payout_ceiling(today), "root": ROOT,
        "me": principal_of(request).actor, "today": today,
    }  # fmt: skip
    return page(request, "wallet/payouts/all.html", _("払戻し"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def payout_page(request: HttpRequest, payout_id: UUID) -> HttpResponse:
    """Show one payout; take the next step."""
    form = PayoutForm(request.POST if request.POST.get("deed") == "open" else None, is_asked=True)
    if request.method == "POST" and _is_done(request, form, lambda: _step(request, payout_id, form)):
        return again(request)
    row = payout_named(payout_id)
    words = {
        "row": row, "root": ROOT, "form": form, "case": CASES.get(row.case),
        "payable": payable(row.account_id, jst_date(clock.now())), "is_first": row.opened_by == principal_of(request).actor,
    }  # fmt: skip
    return page(request, "wallet/payouts/one.html", _("払戻し %(number)s") % {"number": row.receipt_number}, words)


@require_safe
@never_cache
@officers_only(RIGHT)
def payout_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Hand out the bank's file."""
    content = take_payout_file(act_of(request), file_id=file_id)
    return HttpResponse(
        content, content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="haraimodoshi-{file_id.hex[:8]}.txt"'},
    )  # fmt: skip


def _is_done(request: HttpRequest, form: PayoutForm, deed: Callable[[], str]) -> bool:
    """Do a deed; where a payout is opened, what is wrong goes into its form, which is shown again as it was typed."""
    if not form.is_bound:
        return tell(request, deed)
    if not form.is_valid():
        return False
    try:
        messages.success(request, deed())
    except NotFound:
        raise
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    return True


def _do(request: HttpRequest, form: PayoutForm) -> str:
    act, said = act_of(request), request.POST
    if said.get("deed") == "write":
        written = write_payout_file(act)
        return _("%(count)s件のファイルを作りました。") % {"count": written.transfers}
    if said.get("deed") == "end":
        days = (_day(said.get("announced_on", "")), _day(said.get("claims_until", "")))
        announce_end(act, announced_on=days[0], claims_until=days[1], reason=said.get("reason", "")[:200])
        return _("登録しました。ほかの職員の承認を待っています。")
    if said.get("deed") == "approve_end":
        approve_end(act, end_id=_id(said.get("end", "")))
        return _("承認しました。")
    if not form.is_bound:
        raise PayoutDecided
    opened = open_payout(act, **form.opening())
    return _("受付番号%(number)sで開きました。ほかの職員の承認を待っています。") % {"number": opened.receipt_number}


def _step(request: HttpRequest, payout_id: UUID, form: PayoutForm) -> str:
    act, deed = act_of(request), request.POST.get("deed", "")
    why = request.POST.get("why", "")[:200]
    if deed == "open":
        open_payout(act, payout_id=payout_id, **form.opening())
    elif deed == "refuse":
        refuse_payout(act, payout_id=payout_id, why=why)
    elif deed == "take_back":
        take_payout_back(act, payout_id=payout_id, why=why)
    elif deed == "return":
        return_payout(act, payout_id=payout_id, why=why)
    elif deed in _PLAIN:
        _PLAIN[deed](act, payout_id=payout_id)
    else:
        raise PayoutDecided
    return _("記録しました。")


_PLAIN: dict[str, Any] = {"approve": approve_payout, "cash": pay_out_in_cash, "confirm": confirm_payout}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoticeTooShort from None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise PayoutDecided from None
