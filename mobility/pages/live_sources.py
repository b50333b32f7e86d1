"""The officers' desk of running data: who is asked what runs now, how each of them is, and what stands in the way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.problems import NotFound
from kernel.web.desks import act_of, officers_only, page, principal_of
from mobility.engine.live_results import LiveDraft
from mobility.errors import NetworkAway, NoTimetable
from mobility.models import LiveSource
from mobility.pages.forms import number_of, taken, why_of
from mobility.pages.live_words import KINDS, ago, counted, matched, troubles
from mobility.selectors import feeds
from mobility.selectors.live import live_source_named, live_sources, vehicles_matched
from mobility.services import live
from mobility.services.feeds import current_network
from mobility.services.feeds.sources import RIGHT

ROOT = "/admin/live/"


class State(NamedTuple):
    """One source at a glance; ``mark`` is ``good``, ``bad`` or ``off``, which ``word`` says as well."""

    source: LiveSource
    kind: str
    mark: str
    word: str
    heard: str
    said: str
    counted: list[str]
    matched: str
    troubles: list[str]
    examples: list[str]


@require_http_methods(["GET", "HEAD"])
@never_cache
@officers_only(RIGHT)
def live_page(request: HttpRequest) -> HttpResponse:
    """Show all sources, those in trouble first."""
    at = clock.now()
    vehicles = _vehicles(at)
    states = [_state(row, vehicles, at) for row in live_sources()]
    order = {"bad": 0, "good": 1, "off": 2}
    rows = sorted(states, key=lambda each: (order[each.mark], each.source.name))
    words = {"root": ROOT, "rows": rows, "bad": sum(each.mark == "bad" for each in rows)}
    return page(request, "mobility/live/all.html", _("運行情報の提供元"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def adding_page(request: HttpRequest) -> HttpResponse:
    """Show the form, or take one more source; what was typed stays where it is refused, but for keys."""
    faults: Mapping[str, str] = {}
    if request.method == "POST":
        found = taken(request, lambda: _register(request))
        if found is None:
            return HttpResponseRedirect(ROOT)
        faults = found
    words = _form(request.POST or {"poll_seconds": "30", "kind": "trip_updates"}, faults) | {
        "kinds": KINDS.items(),
        "root": ROOT,
    }
    return page(request, "mobility/live/new.html", _("運行情報の提供元を加える"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def live_source_page(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show one source; ask it now, describe it anew, pause it, let it go on or end it."""
    row, at = live_source_named(source_id), clock.now()
    faults: Mapping[str, str] | None = None
    if request.method == "POST":
        deeds = {"try": _try, "change": _change, "pause": _pause, "resume": _resume, "retire": _retire}
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise NotFound
        faults = taken(request, lambda: deed(request, row))
        if not faults or request.POST["deed"] != "change":
            return HttpResponseRedirect(request.path)
    words = _form(request.POST if faults else _given(row), faults or {}, row)
    words |= {"root": ROOT, "state": _state(row, _vehicles(at), at)}
    return page(request, "mobility/live/one.html", row.name, words)


def _state(row: LiveSource, vehicles: Mapping[UUID, Mapping[str, object]], at: datetime) -> State:
    if row.kind == "vehicle_positions" and row.pk in vehicles:
        row.report = row.report | {"matched": vehicles[row.pk]}
    found = troubles(row, at=at)
    if row.retired_at is not None:
        mark, word = "off", _("終了")
    elif row.paused_at is not None:
        mark, word = "off", _("一時停止中")
    elif row.outcome == "never":
        mark, word = "good", _("まもなく取りに行きます")
    elif row.outcome == "good" and not found:
        mark, word = "good", _("届いています")
    else:
        mark, word = "bad", _("一部を使えません") if row.outcome == "good" else row.get_outcome_display()
    return State(
        row, str(KINDS[row.kind]), mark, word, ago(row.good_at, at=at), ago(row.said_at, at=at), counted(row), matched(row), found,
        row.report.get("matched", {}).get("examples", []),
    )  # fmt: skip


def _vehicles(at: datetime) -> Mapping[UUID, Mapping[str, object]]:
    try:
        return vehicles_matched(current_network(at=at), at=at)
    except (NoTimetable, NetworkAway):
        return {}


def _form(given: Mapping[str, Any], faults: Mapping[str, str], row: LiveSource | None = None) -> dict[str, Any]:
    """Return what the form shows; keys that were typed are never shown again."""
    return {
        "given": given, "faults": faults, "feeds": [each for each in feeds.sources() if each.retired_at is None],
        "needs_feed": row is None or row.kind != "gbfs", "has_headers": row is not None and row.key_version is not None,
        "lost_headers": bool(given.get("headers")),
    }  # fmt: skip


def _given(row: LiveSource) -> dict[str, Any]:
    names = ("name", "url", "poll_seconds", "licence", "attribution", "is_open")
    return {name: getattr(row, name) for name in names} | {"feed": row.feed.slug if row.feed else ""}


def _register(request: HttpRequest) -> str:
    live.register_live_source(act_of(request), draft=_draft(request, request.POST.get("kind", "")))
    return _("提供元を加えました。まもなく取りに行きます。")


def _try(request: HttpRequest, row: LiveSource) -> str:
    at = clock.now()
    heard = live.ask_now(principal_of(request), source_id=row.pk, at=at)
    told = "、".join(counted(heard)) if heard.outcome == "good" else " ".join(troubles(heard, at=at))
    return _("いま取りに行きました。%(result)s：%(told)s") % {"result": heard.get_outcome_display(), "told": told}


def _change(request: HttpRequest, row: LiveSource) -> str:
    live.change_live_source(act_of(request), source_id=row.pk, draft=_draft(request, row.kind))
    return _("提供元の内容を変更しました。")


def _pause(request: HttpRequest, row: LiveSource) -> str:
    live.pause_live_source(act_of(request), source_id=row.pk, why=why_of(request))
    return _("一時停止しました。再開するまで、この提供元の情報を使いません。")


def _resume(request: HttpRequest, row: LiveSource) -> str:
    live.resume_live_source(act_of(request), source_id=row.pk)
    return _("再開しました。まもなく取りに行きます。")


def _retire(request: HttpRequest, row: LiveSource) -> str:
    live.retire_live_source(act_of(request), source_id=row.pk, why=why_of(request))
    return _("提供元を終了しました。")


def _draft(request: HttpRequest, kind: str) -> LiveDraft:
    said = request.POST
    return LiveDraft(
        kind=kind if kind in KINDS else "trip_updates",  # type: ignore[arg-type]
        name=said.get("name", ""), url=said.get("url", "").strip(), feed="" if kind == "gbfs" else said.get("feed", ""),
        poll_seconds=number_of(said.get("poll_seconds", "")), headers=_headers(request), licence=said.get("licence", ""),
        attribution=said.get("attribution", ""), is_open=said.get("is_open") == "yes",
    )  # fmt: skip


def _headers(request: HttpRequest) -> dict[str, str] | None:
    """Return the headers that were typed, one a line; none at all leaves those that are kept, unless they are to go."""
    typed = request.POST.get("headers", "").strip()
    if not typed:
        return {} if request.POST.get("forget_headers") == "yes" else None
    parts = [line.partition(":") for line in typed.splitlines() if line.strip()]
    return {name.strip(): value.strip() for name, _colon, value in parts}
