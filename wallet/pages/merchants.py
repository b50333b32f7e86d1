"""The officers' desk of merchants: applications that wait, one of them whole, and the shops that are stopped."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.problems import NotFound
from kernel.web.desks import act_of, again, officers_only, page, tell
from wallet.engine.applications import Answers
from wallet.engine.shops import ShopDetails
from wallet.errors import ApplicationMoved
from wallet.selectors.applications import (
    REVIEW,
    AttachmentView,
    attachment_in_words,
    decided_applications,
    state_in_words,
    waiting_applications,
)
from wallet.selectors.shop_stops import StoppedLine, shops_to_stop, stopped_shops
from wallet.services import (
    approve_application,
    decline_application,
    look_at_application,
    look_at_attachment,
    resume_shop,
    send_application_back,
    stop_shop,
)

ROOT = "/admin/merchants/"
MOST_WHY, MILLION = 400, 1_000_000
ALONE = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
DAYS = {
    "mon": gettext_lazy("月"), "tue": gettext_lazy("火"), "wed": gettext_lazy("水"), "thu": gettext_lazy("木"),
    "fri": gettext_lazy("金"), "sat": gettext_lazy("土"), "sun": gettext_lazy("日"), "holiday": gettext_lazy("祝日"),
}  # fmt: skip


@require_safe
@never_cache
@officers_only(REVIEW)
def applications_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, oldest first, and what was answered last."""
    words = {"waiting": waiting_applications(at=clock.now()), "decided": decided_applications(), "root": ROOT}
    return page(request, "wallet/merchants/all.html", _("加盟店の申込み"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(REVIEW)
def application_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show one application whole; take the answer. Each look stands in the applicant's access log."""
    needs = request.POST.get("deed") != "approve"
    is_answered = request.method == "POST" and _has_reason(request, needs=needs)
    if is_answered and tell(request, lambda: _decide(request, application_id)):
        return again(request)
    file = look_at_application(act_of(request), application_id=application_id, why=_("加盟店の申込みの審査"))
    words = {
        "file": file, "details": file.answers.details, "payout": file.answers.payout, "root": ROOT,
        "address": _address(file.answers),
        "application": application_id,
        "point": _point(file.answers.details), "hours": _hours(file.answers.details),
        "attachments": [_attached(each) for each in file.attachments], "state": state_in_words(file.state),
        "steps": [(each, state_in_words(each.state)) for each in file.steps],
    }  # fmt: skip
    title = _("加盟店の申込み：%(shop)s") % {"shop": file.answers.shop_name}
    return page(request, "wallet/merchants/one.html", title, words)


@require_safe
@never_cache
@officers_only(REVIEW)
def attachment_page(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Show one photo or scan, in a page of its own that may load and do nothing else."""
    why = _("加盟店の申込みの書類の確認")
    paper = look_at_attachment(act_of(request), application_id=application_id, attachment_id=attachment_id, why=why)
    return HttpResponse(
        paper.content, content_type=paper.media,
        headers={
            "Content-Disposition": f'inline; filename="{paper.name}"',
            "Content-Security-Policy": ALONE,
            "X-Content-Type-Options": "nosniff",
        },
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(REVIEW)
def stops_page(request: HttpRequest) -> HttpResponse:
    """Show which shops are stopped, find others by name, and take the next step."""
    if request.method == "POST":
        if _has_reason(request, needs=True):
            tell(request, lambda: _stop(request))
        return again(request)
    asked = request.GET.get("q", "").strip()
    found: list[StoppedLine] = shops_to_stop(asked)
    words = {"stopped": stopped_shops(), "found": found, "asked": asked, "root": ROOT}
    return page(request, "wallet/merchants/shops.html", _("店舗の停止・閉店"), words)


def _attached(each: AttachmentView) -> tuple[AttachmentView, str, str]:
    """Return a photo or scan with its kind in words and its size as people read it."""
    size = f"{each.size / 1024 / 1024:.1f} MB" if each.size >= 1024 * 1024 else f"{-(-each.size // 1024)} KB"
    return each, attachment_in_words(each.kind), f"{each.media.rpartition('/')[2].upper()} · {size}"


def _address(answers: Answers) -> str:
    """Return district and address; many write the district at the head of the address too."""
    address = answers.details.address
    return address if address.startswith(answers.district) else f"{answers.district} {address}"


def _point(details: ShopDetails) -> str:
    point = details.point
    return f"{point.latitude_e6 / MILLION:.6f},{point.longitude_e6 / MILLION:.6f}" if point else ""


def _hours(details: ShopDetails) -> list[str]:
    spans = details.hours.spans if details.hours else []
    return [f"{' '.join(str(DAYS[day]) for day in span.days)} {span.opens}–{span.closes}" for span in spans]


def _decide(request: HttpRequest, application_id: UUID) -> str:
    act, deed, why = act_of(request), request.POST.get("deed", ""), _why(request)
    version = request.POST.get("version", "")
    said: dict[str, Any] = {"application_id": application_id, "version": int(version) if version.isdecimal() else 0}
    if deed == "approve":
        approve_application(act, **said, why=why)
        return _(
            "承認しました。お店とレジ、決済コードを作り、申込者にお知らせしました。振込先は「店舗の精算」で確認してください。"
        )
    if deed == "send_back":
        send_application_back(act, **said, why=why)
        return _("差し戻しました。申込者にお知らせしました。")
    if deed == "decline":
        decline_application(act, **said, why=why)
        return _("見送りました。申込者にお知らせしました。")
    raise ApplicationMoved


def _stop(request: HttpRequest) -> str:
    why, shop_id, deed = _why(request), _shop_id(request), request.POST.get("deed", "")
    if deed == "resume":
        resume_shop(act_of(request), shop_id=shop_id, why=why)
        return _("再開しました。店長にお知らせしました。")
    stop_shop(act_of(request), shop_id=shop_id, is_final=deed == "close", why=why)
    return (
        _("閉店にしました。店長にお知らせしました。")
        if deed == "close"
        else _("停止しました。店長にお知らせしました。")
    )


def _has_reason(request: HttpRequest, *, needs: bool) -> bool:
    if needs and not _why(request):
        messages.error(request, _("理由を入力してください。まだ何もしていません。"))
        return False
    return True


def _shop_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("shop", ""))
    except ValueError:
        raise NotFound from None


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").strip()[:MOST_WHY]
