"""The officer's pages for messages to many: write, look at it as a phone shows it, try it out, send it, watch it arrive."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.engine.channels import LIFE, NORMAL
from accounts.models import Broadcast, User
from accounts.selectors.audiences import audience_choices, count_in
from accounts.selectors.broadcasts import broadcast_named, broadcasts, progress_of
from accounts.selectors.messages import tell_broadcast
from accounts.services.notices.drafting import (
    RIGHT,
    RIGHT_LIFE,
    draft_broadcast,
    start_broadcast,
    stop_broadcast,
    try_broadcast,
)
from kernel import clock, contributions
from kernel.ids import new_id
from kernel.problems import DomainError, NotFound
from kernel.use_case import Act

ROOT = "/admin/broadcasts/"
PAGE = 50
View = Callable[..., HttpResponse]


def officers_only(view: View) -> View:
    """Let in who may write to many; send strangers to sign in, tell others that this is not theirs."""

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"/admin/login/?next={quote(request.path)}")
        if not _principal(request).may(RIGHT):
            raise PermissionDenied
        try:
            return view(request, **named)
        except NotFound:
            raise Http404 from None

    return guarded


@require_safe
@officers_only
def history_page(request: HttpRequest) -> HttpResponse:
    """Show what was written, newest first."""
    page = Paginator(broadcasts().order_by("-created_at", "-id"), PAGE).get_page(request.GET.get("page"))
    rows = [{"row": row, "title": row.texts["ja"]["title"], "to": _audience_name(row)} for row in page]
    return _page(request, "history", _("一斉のお知らせ"), {"rows": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def writing_page(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it; what was typed stays where it is refused."""
    if request.method == "POST":
        try:
            drafted = _draft(request)
        except DomainError as refusal:
            messages.error(request, str(refusal.title))
        else:
            return HttpResponseRedirect(f"{ROOT}{drafted}")
    return _page(request, "write", _("お知らせを書く"), _form(request))


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def broadcast_page(request: HttpRequest, broadcast_id: UUID) -> HttpResponse:
    """Show one as phones will, or how far it has come; take what is to be done with it."""
    if request.method == "POST":
        try:
            _do(request, broadcast_id)
        except DomainError as refusal:
            messages.error(request, str(refusal.title))
        return HttpResponseRedirect(request.path)
    row = broadcast_named(broadcast_id)
    return _page(
        request, "one", row.texts["ja"]["title"],
        {
            "row": row, "phones": _phones(row), "to": _audience_name(row), "progress": progress_of(row),
            "count": count_in(row.audience, at=row.started_at or clock.now()), "is_life": row.priority == LIFE,
            "category": contributions.categories()[row.category].title if row.category in contributions.categories() else "",
            "may_send": row.priority != LIFE or _principal(request).may(RIGHT_LIFE),
        },
    )  # fmt: skip


@require_safe
@officers_only
def progress_answer(request: HttpRequest, broadcast_id: UUID) -> HttpResponse:
    """Say how far one has come; the page asks every second while it is under way."""
    progress = progress_of(broadcast_named(broadcast_id))
    return JsonResponse(
        {
            "state": progress.state,
            "percent": progress.percent,
            "written": progress.written,
            "expected": progress.expected,
        }
    )


def _draft(request: HttpRequest) -> UUID:
    kind, _colon, value = request.POST.get("audience", "").partition(":")
    texts = {
        language: {part: request.POST.get(f"{part}_{language}", "") for part in ("title", "body")}
        for language, _name in settings.LANGUAGES
    }
    priority = LIFE if request.POST.get("priority") == LIFE else NORMAL
    act = Act(_principal(request), at=clock.now(), key=request.POST.get("key", ""))
    return draft_broadcast(
        act, texts=texts, category=request.POST.get("category", ""), priority=priority,
        audience_kind=kind, audience_value=value,
    ).id  # fmt: skip


def _do(request: HttpRequest, broadcast_id: UUID) -> None:
    act, deed = Act(_principal(request), at=clock.now()), request.POST.get("deed", "")
    if deed == "try":
        try_broadcast(act, broadcast_id=broadcast_id)
        messages.success(request, _("あなただけに送りました。お知らせの画面で確かめてください。"))
    elif deed == "start":
        typed = request.POST.get("confirmed", "").strip()
        start_broadcast(
            act, broadcast_id=broadcast_id, confirmed=int(typed) if typed.isdecimal() and len(typed) < 9 else None
        )
    elif deed == "stop":
        stop_broadcast(act, broadcast_id=broadcast_id)


def _form(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    languages = [
        {"code": code, "name": name, "title": given.get(f"title_{code}", ""), "body": given.get(f"body_{code}", "")}
        for code, name in settings.LANGUAGES
    ]
    return {
        "languages": languages, "key": given.get("key") or str(new_id()), "given": given,
        "categories": [(name, each.title) for name, each in contributions.categories().items() if not each.is_essential],
        "audiences": audience_choices(), "may_life": _principal(request).may(RIGHT_LIFE),
    }  # fmt: skip


def _phones(row: Broadcast) -> list[dict[str, Any]]:
    """Return the message as each language's readers will see it."""
    told = [(code, name, tell_broadcast(row, code)) for code, name in settings.LANGUAGES]
    return [{"code": code, "name": name, "told": words, "is_own": words.language == code} for code, name, words in told]


def _audience_name(row: Broadcast) -> Any:
    wanted = row.audience["kind"] + (f":{row.audience['value']}" if row.audience["value"] else "")
    return dict(audience_choices()).get(wanted, wanted)


def _page(request: HttpRequest, name: str, title: str, words: dict[str, Any]) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title, "root": ROOT} | words
    return render(request, f"accounts/broadcasts/{name}.html", context)


def _principal(request: HttpRequest) -> Any:
    return cast("User", request.user).principal
