"""The officers' desk of payouts: what was asked for, what waits for a second officer, cash and the bank's files."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.clock import jst_date
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet.engine.payout_results import BankAccount
from wallet.engine.payouts import CASES
from wallet.errors import AmountInvalid, NoticeTooShort, PayoutDecided
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
    if request.method == "POST":
        tell(request, lambda: _do(request))
        return again(request)
    today = jst_date(clock.now())
    words = {
        "waiting": list(payouts_in("asked", "opened", "approved", "written")[:SHOWN]), "done": list(payouts_done()[:SHOWN]),
        "files": list(payout_files()[:20]), "for_bank": payouts_for_the_bank().count(), "ends": list(coin_ends()[:5]),
        "cases": list(CASES.values()), "ceiling": payout_ceiling(today), "root": ROOT,
        "me": principal_of(request).actor, "today": today,
    }  # fmt: skip
    return page(request, "wallet/payouts/all.html", _("払戻し"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def payout_page(request: HttpRequest, payout_id: UUID) -> HttpResponse:
    """Show one payout; take the next step."""
    if request.method == "POST":
        tell(request, lambda: _step(request, payout_id))
        return again(request)
    row = payout_named(payout_id)
    words = {
        "row": row, "root": ROOT, "cases": list(CASES.values()), "case": CASES.get(row.case),
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


def _do(request: HttpRequest) -> str:
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
    opened = open_payout(act, about=said.get("about", "")[:64], **_opening(said))
    return _("受付番号%(number)sで開きました。ほかの職員の承認を待っています。") % {"number": opened.receipt_number}


def _step(request: HttpRequest, payout_id: UUID) -> str:
    act, said, deed = act_of(request), request.POST, request.POST.get("deed", "")
    why = said.get("why", "")[:200]
    if deed == "open":
        open_payout(act, payout_id=payout_id, **_opening(said))
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


def _opening(said: Any) -> dict[str, Any]:
    """Return what a form says of the payout that it opens."""
    written = said.get("amount", "").replace(",", "").strip()
    if written and not (written.isascii() and written.isdigit() and len(written) <= 9):
        raise AmountInvalid
    fields = ("bank_code", "branch_code", "account_type", "number", "holder")
    bank = {name: said.get(name, "").strip()[:60] for name in fields}
    return {
        "case": said.get("case", ""), "reason": said.get("reason", "")[:200], "evidence": said.get("evidence", "")[:80],
        "amount": int(written) if written else None, "bank": BankAccount(**bank) if bank["number"] else None,
    }  # fmt: skip


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
