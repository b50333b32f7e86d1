"""The officers' desk of orders that wait too long: since when, whom to call, and what an officer can do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.problems import NotFound
from kernel.web.desks import act_of, again, officers_only, page, tell
from wallet.errors import OrderNotWaiting
from wallet.selectors.waiting_orders import HANDLE, MOST, count_waiting, waiting_orders
from wallet.services import give_undelivered_back, let_go_of_held, note_delivery

MOST_WHY = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(HANDLE)
def waiting_orders_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, longest first; take what an officer does about one."""
    if request.method == "POST":
        why = request.POST.get("why", "").strip()[:MOST_WHY]
        if why:
            tell(request, lambda: _do(request, why))
        else:
            messages.error(request, _("理由を入力してください。まだ何もしていません。"))
        return again(request)
    at = clock.now()
    words = {"waiting": waiting_orders(at=at), "count": count_waiting(at=at), "most": MOST}
    return page(request, "wallet/orders/waiting.html", _("待っている注文"), words)


def _do(request: HttpRequest, why: str) -> str:
    act, order_id, deed = act_of(request), _order_id(request), request.POST.get("deed", "")
    if deed == "delivered":
        note_delivery(act, order_id=order_id, why=why)
        return _("お渡し済みにしました。")
    if deed == "give_back":
        give_undelivered_back(act, order_id=order_id, why=why)
        return _("支払われたお金を、すべてお客さまに戻しました。店長にお知らせしました。")
    if deed == "let_go":
        let_go_of_held(act, order_id=order_id, why=why)
        return _("取り置きを解き、お金をお客さまに戻しました。店長にお知らせしました。")
    raise OrderNotWaiting


def _order_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("order", ""))
    except ValueError:
        raise NotFound from None
