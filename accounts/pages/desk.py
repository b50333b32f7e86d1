"""The officers' desks in the administration: seeing papers, giving back a lost account, and making two IDs one."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.pages.desk_forms import DeskForm, LostForm, MergeForm, VerifyForm
from accounts.selectors.merges import open_merges
from accounts.services.counter import reset_second_factors, verify_at_counter
from accounts.services.merging import confirm_merge, propose_merge, reject_merge
from kernel import clock
from kernel.principal import Principal
from kernel.problems import DomainError
from kernel.use_case import Act

VERIFY, LOST, MERGE = "/admin/desk/verify", "/admin/desk/lost", "/admin/desk/merge"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Take what the papers say of the person who shows a code."""

    def do(act: Act, said: dict[str, Any]) -> str:
        given = {name: said[name] for name in ("code", "documents", "name", "address", "gender")}
        verify_at_counter(act, **given, birthdate=said["birthdate"].isoformat())
        return _("本人確認を記録しました。次の方をどうぞ。")

    return _desk(
        request,
        "accounts.verify",
        VerifyForm,
        do,
        title=_("窓口での本人確認"),
        here=VERIFY,
        button=_("本人確認を記録する"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost(request: HttpRequest) -> HttpResponse:
    """Take away passkeys and app of a person who has lost them."""

    def do(act: Act, said: dict[str, Any]) -> str:
        reset_second_factors(act, code=said["code"], documents=said["documents"], why=said["why"])
        return _("パスキーと認証アプリを解除し、すべての機器からサインアウトしました。")

    return _desk(
        request, "accounts.verify", LostForm, do, title=_("パスキー・認証アプリの解除"), here=LOST, button=_("解除する")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def merge(request: HttpRequest) -> HttpResponse:
    """Propose that two IDs become one, and show what waits for a second officer."""

    def do(act: Act, said: dict[str, Any]) -> str:
        propose_merge(act, survivor_code=said["survivor_code"], merged_code=said["merged_code"], reason=said["why"])
        return _("統合を提案しました。ほかの職員の確認を待っています。")

    waiting = open_merges(asked_by=_staff(request).actor) if request.user.is_authenticated else []
    return _desk(
        request,
        "accounts.merge",
        MergeForm,
        do,
        title=_("IDの統合"),
        here=MERGE,
        waiting=waiting,
        button=_("統合を提案する"),
    )


@require_POST
@never_cache
def decide_merge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Make the two one, or leave them as they are."""
    _require(request, "accounts.merge")
    act, confirms = Act(_staff(request), at=clock.now()), request.POST.get("decision") == "confirm"
    try:
        (confirm_merge if confirms else reject_merge)(act, merge_id=merge_id)
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
    else:
        messages.success(request, _("統合しました。") if confirms else _("統合をやめました。"))
    return HttpResponseRedirect(MERGE)


def _desk(
    request: HttpRequest, right: str, shape: type[DeskForm], do: Callable[[Act, dict[str, Any]], str],
    *, title: str, here: str, **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Ask, hand in, and be ready for the next person."""
    _require(request, right)
    form = shape(request.POST) if request.method == "POST" else shape.fresh()
    if form.is_bound and form.is_valid():
        act = Act(_staff(request), at=clock.now(), key=str(form.cleaned_data["key"]))
        try:
            messages.success(request, do(act, form.cleaned_data))
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return HttpResponseRedirect(here)
    shell = admin.site.each_context(request)
    page = {"form": form, "title": title, "here": here, "is_verifying": here == VERIFY, **shown}
    return render(request, "accounts/desk/desk.html", shell | page, status=422 if form.errors else 200)


def _require(request: HttpRequest, right: str) -> None:
    if not _staff(request).may(right):
        raise PermissionDenied


def _staff(request: HttpRequest) -> Principal:
    """Return who asks; the administration lets nobody in who has none."""
    return cast("Any", request.user).principal  # type: ignore[no-any-return]
