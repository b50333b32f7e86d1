"""The officers' desk of cash that shops took in for coins: who holds how much, what was handed over, what waits."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.clock import jst_date
from kernel.problems import NotFound
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet.errors import AmountInvalid, HandoverIncomplete
from wallet.selectors.settlement_desk import cash_rows
from wallet.selectors.shop_cash import handover_ways, handovers_decided, handovers_waiting
from wallet.services import decide_handover, record_handover

ROOT = "/admin/settlements/"
RIGHT = "wallet.settle"
MOST_REFERENCE = 80


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def shop_cash_page(request: HttpRequest) -> HttpResponse:
    """Show who holds cash, what waits and what was decided; take a record, or a decision on one."""
    deed = _record if request.POST.get("deed") == "record" else _decide
    if request.method == "POST" and tell(request, lambda: deed(request)):
        return again(request)
    words = {
        "owed": cash_rows(at=clock.now()), "waiting": handovers_waiting(), "decided": handovers_decided(),
        "ways": handover_ways(), "today": jst_date(clock.now()), "me": principal_of(request).actor, "root": ROOT,
    }  # fmt: skip
    return page(request, "wallet/settlements/cash.html", _("店が預かっている現金"), words)


def _record(request: HttpRequest) -> str:
    said = request.POST
    amount = said.get("amount", "").replace(",", "").strip()
    if not amount.isdecimal():
        raise AmountInvalid
    done = record_handover(
        act_of(request), organisation_id=_id(said.get("organisation", "")), amount=int(amount), way=said.get("way", ""),
        received_on=_day(said.get("received_on", "")), reference=said.get("reference", "")[:MOST_REFERENCE],
    )  # fmt: skip
    return _("%(amount)s円の受け取りを記録しました。ほかの職員の承認を待っています。") % {"amount": f"{done.amount:,}"}


def _decide(request: HttpRequest) -> str:
    accept = request.POST.get("deed") == "accept"
    done = decide_handover(act_of(request), handover_id=_id(request.POST.get("handover", "")), accept=accept)
    said = {"amount": f"{done.amount:,}"}
    if accept:
        return _("%(amount)s円の受け取りを承認し、帳簿に記入しました。店長にお知らせしました。") % said
    return _("%(amount)s円の受け取りの記録を取り消しました。何も記入していません。") % said


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HandoverIncomplete from None
