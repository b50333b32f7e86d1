"""The officers' desk of the counter's tills: open with a float, count and close, sign, hand over; a day's report to print."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.clock import jst_date
from kernel.problems import NotFound
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from wallet.engine.cash import DENOMINATIONS
from wallet.errors import CountUnsound
from wallet.selectors.tills import counter_rows, csv_of_day, left_open, own_till, till_now, tills_now, tills_of
from wallet.services import close_till, open_counter, open_till, sign_till

RIGHT = "wallet.keep_till"
ROOT = "/admin/tills/"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def tills_page(request: HttpRequest) -> HttpResponse:
    """Show one's own till, what was left open, and the day's report; take a count, a signature, a new counter."""
    if request.method == "POST":
        tell(request, lambda: _do(request))
        return again(request)
    today = jst_date(clock.now())
    day, actor = _day(request.GET.get("day") or str(today)), principal_of(request).actor
    mine, rows = own_till(actor), tills_now(tills_of(day))
    words = {
        "day": day, "today": today, "rows": rows, "mine": till_now(mine) if mine else None, "root": ROOT,
        "left": tills_now(left_open(today)), "counters": counter_rows(), "kinds": DENOMINATIONS,
        "may_register": principal_of(request).may("wallet.register_shops"),
        "sum_taken": sum(row.taken for row in rows), "sum_difference": sum(row.difference or 0 for row in rows),
    }  # fmt: skip
    return page(request, "wallet/tills/day.html", _("窓口のレジ"), words)


@require_safe
@never_cache
@officers_only(RIGHT)
def tills_csv(request: HttpRequest, day: str) -> HttpResponse:
    """Return a day's report for a spreadsheet."""
    content = csv_of_day(_day(day))
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="reji-{day}.csv"'},
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _do(request: HttpRequest) -> str:
    act, deed = act_of(request), request.POST.get("deed", "")
    if deed == "counter":
        return _("窓口「%(name)s」を登録しました。") % {
            "name": open_counter(act, name=request.POST.get("name", "").strip()[:60]).name
        }
    if deed == "open":
        takes_over = request.POST.get("takes_over") or None
        opened = open_till(
            act, counter_id=_id(request.POST.get("counter", "")), count=_count(request),
            takes_over=_id(takes_over) if takes_over else None,
        )  # fmt: skip
        return _("釣り銭%(yen)s円でレジを開けました。") % {"yen": f"{opened.float_yen:,}"}
    if deed == "close":
        why = request.POST.get("why", "")[:200]
        closed = close_till(act, till_id=_id(request.POST.get("till", "")), count=_count(request), why=why)
        words = {"yen": f"{closed.counted:,}", "difference": f"{closed.difference:,}"}
        return _("レジを締めました。現金は%(yen)s円、差額は%(difference)s円です。") % words
    if deed == "sign":
        sign_till(act, till_id=_id(request.POST.get("till", "")))
        return _("二人目として署名しました。")
    raise NotFound


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _count(request: HttpRequest) -> dict[str, int]:
    """Read how many of each kind were counted; a field left empty is none."""
    typed = {str(kind): request.POST.get(f"n{kind}", "").strip() for kind in DENOMINATIONS}
    for kind, pieces in typed.items():
        if pieces and not (pieces.isascii() and pieces.isdecimal() and len(pieces) < 7):
            raise CountUnsound(kind=kind)
    return {kind: int(pieces) for kind, pieces in typed.items() if pieces and int(pieces)}
