"""The officers' desk of notices about lines and stops: written in five languages, looked at, published, changed, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.problems import FieldFault, NotFound
from kernel.web.desks import act_of, officers_only, page, principal_of
from mobility.engine.live_results import AlertDraft, Touched
from mobility.engine.network import Network
from mobility.errors import AlertUnfit, NetworkAway, NoTimetable
from mobility.models import AlertStep, ServiceAlert
from mobility.pages.alert_words import CAUSES, EFFECTS, SEVERITIES
from mobility.pages.board_words import TAGS
from mobility.pages.forms import Faults, instant_of, taken, typed_of, why_of
from mobility.selectors.doers import doers
from mobility.selectors.live import alert_named, own_alerts, steps_of
from mobility.selectors.live.sources import in_words
from mobility.selectors.stops.choosing import (
    Choice,
    lines_like,
    lines_named,
    poles_of,
    stops_like,
    stops_named,
)
from mobility.services import current_network, live
from mobility.services.live.alerts import RIGHT

ROOT = "/admin/service-alerts/"


@require_http_methods(["GET", "HEAD"])
@never_cache
@officers_only(RIGHT)
def alerts_page(request: HttpRequest) -> HttpResponse:
    """Show the city's notices by how they stand."""
    found = own_alerts(at=clock.now())
    parts = (
        (_("下書き"), found.drafts), (_("公開中"), found.shown), (_("これから公開"), found.coming), (_("終わったもの"), found.over),
    )  # fmt: skip
    network = _network()
    told = [(title, [_row(row, network) for row in rows]) for title, rows in parts if rows]
    return page(request, "mobility/alerts/all.html", _("運行のお知らせ"), {"root": ROOT, "parts": told})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def writing_page(request: HttpRequest) -> HttpResponse:
    """Show the form, look for lines and stops, or keep a draft; what was typed stays."""
    faults: Faults = {}
    if request.method == "POST" and request.POST.get("deed") != "search":
        made: list[UUID] = []
        found = taken(request, lambda: _write(request, made))
        if found is None:
            return HttpResponseRedirect(f"{ROOT}{made[0]}")
        faults = found
    given = _typed(request.POST) if request.method == "POST" else _blank()
    return page(request, "mobility/alerts/write.html", _("運行のお知らせを書く"), _form(given, faults))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def alert_page(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Show a notice as readers see it, and what was done with it; publish it or take it back."""
    row = alert_named(alert_id)
    if request.method == "POST":
        deeds = {"publish": _publish, "end": _end}
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise NotFound
        taken(request, lambda: deed(request, row))
        return HttpResponseRedirect(request.path)
    network = _network()
    words = _row(row, network) | {
        "root": ROOT, "phones": _phones(row), "steps": _steps(request, row),
        "cause": CAUSES.get(row.cause, row.cause), "effect": EFFECTS.get(row.effect, row.effect),
        "severity": SEVERITIES.get(row.severity, row.severity), "address": row.url.get("", ""),
    }  # fmt: skip
    return page(request, "mobility/alerts/one.html", in_words(row.header, "ja"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def changing_page(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Show the form with what the notice says, look for lines and stops, or say it anew."""
    row, faults = alert_named(alert_id), Faults()
    if request.method == "POST" and request.POST.get("deed") != "search":
        found = taken(request, lambda: _change(request, row))
        if found is None:
            return HttpResponseRedirect(f"{ROOT}{row.pk}")
        faults = found
    given = _typed(request.POST) if request.method == "POST" else _said(row)
    words = _form(given, faults) | {"row": row}
    return page(request, "mobility/alerts/write.html", _("運行のお知らせを変える"), words)


def _row(row: ServiceAlert, network: Network | None) -> dict[str, Any]:
    lines, stops = _touched(row)
    now = clock.now()
    is_over = row.ended_at is not None or (row.ends_at is not None and row.ends_at <= now)
    return {
        "row": row, "title": in_words(row.header, "ja"), "is_over": is_over,
        "is_coming": row.begins_at is not None and row.begins_at > now,
        "lines": _named(network, lines, []), "stops": _named(network, [], stops),
        "missing": [name for code, name in settings.LANGUAGES if code not in row.header and code != "ja-easy"],
    }  # fmt: skip


def _touched(row: ServiceAlert) -> tuple[list[str], list[str]]:
    told = msgspec.convert(row.concerned, list[Touched])
    return [each.route for each in told if each.route], [each.stop for each in told if each.stop]


def _named(network: Network | None, lines: list[str], stops: list[str]) -> list[Choice]:
    if network is None:
        return [Choice(each, each, "") for each in (*lines, *stops)]
    return [*lines_named(network, lines, language="ja"), *stops_named(network, stops, language="ja")]


def _network() -> Network | None:
    try:
        return current_network(at=clock.now())
    except (NoTimetable, NetworkAway):
        return None


def _blank() -> dict[str, Any]:
    return {"cause": "other_cause", "effect": "other_effect", "severity": "info", "lines": [], "stops": []}


def _typed(said: QueryDict) -> dict[str, Any]:
    """Return what stands in the form that was sent."""
    return dict(said.items()) | {"lines": said.getlist("line"), "stops": said.getlist("stop")}


def _said(row: ServiceAlert) -> dict[str, Any]:
    """Return what a notice says, as the form has it."""
    lines, stops = _touched(row)
    texts = {f"{part}_{code}": text for part in ("header", "description") for code, text in getattr(row, part).items()}
    return texts | {
        "cause": row.cause, "effect": row.effect, "severity": row.severity, "url": row.url.get("", ""),
        "lines": lines, "stops": stops,
        "begins_at": typed_of(row.begins_at), "ends_at": typed_of(row.ends_at),
    }  # fmt: skip


def _form(given: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    network, sought = _network(), str(given.get("q", "")).strip()[:80]
    lines, stops = _named(network, given["lines"], []), _named(network, [], given["stops"])
    chosen = {each.id for each in (*lines, *stops)}
    found_lines = lines_like(network, sought, language="ja") if network is not None and sought else []
    found_stops = stops_like(network, sought, language="ja") if network is not None and sought else []
    texts = [
        {
            "code": code, "name": name, "tag": TAGS.get(code, code), "header": given.get(f"header_{code}", ""),
            "description": given.get(f"description_{code}", ""),
        }
        for code, name in settings.LANGUAGES
    ]  # fmt: skip
    return {
        "root": ROOT, "given": given, "faults": faults, "lines": lines, "stops": stops, "sought": sought,
        "found_lines": [each for each in found_lines if each.id not in chosen],
        "found_stops": [each for each in found_stops if each.id not in chosen],
        "ja": texts[0], "others": texts[1:],
        "choices": [
            ("effect", _("影響"), EFFECTS.items(), given.get("effect")), ("cause", _("原因"), CAUSES.items(), given.get("cause")),
            ("severity", _("重さ"), SEVERITIES.items(), given.get("severity")),
        ],
        "has_network": network is not None,
    }  # fmt: skip


def _steps(request: HttpRequest, row: ServiceAlert) -> list[tuple[AlertStep, str, str]]:
    """Return what was done with a notice, what it said from then on, and who did it."""
    steps = list(steps_of(row))
    who = doers((step.by for step in steps), me=principal_of(request).actor)
    return [(step, in_words(step.said["header"], "ja"), who[step.by]) for step in steps]


def _phones(row: ServiceAlert) -> list[tuple[str, str, str, str, bool]]:
    """Return by language what its readers see, and whether it was written for them."""
    return [
        (
            str(name),
            TAGS.get(code, code),
            in_words(row.header, code),
            in_words(row.description, code),
            _is_own(row, code),
        )
        for code, name in settings.LANGUAGES
    ]


def _is_own(row: ServiceAlert, code: str) -> bool:
    return code in row.header and (not row.description or code in row.description)


def _draft(said: QueryDict) -> AlertDraft:
    """Return what was typed; :raises AlertUnfit: where a time is none, or a word none of the standard's."""
    network, stops = _network(), said.getlist("stop")
    told = {
        part: {code: said.get(f"{part}_{code}", "") for code, _name in settings.LANGUAGES if said.get(f"{part}_{code}", "").strip()}
        for part in ("header", "description")
    }  # fmt: skip
    draft = told | {
        "url": said.get("url", "").strip(),
        "cause": said.get("cause"), "effect": said.get("effect"), "severity": said.get("severity"),
        "begins_at": _instant(said, "begins_at"), "ends_at": _instant(said, "ends_at"), "routes": said.getlist("line"),
        "stops": poles_of(network, stops) if network is not None else stops,
    }  # fmt: skip
    try:
        return msgspec.convert(draft, AlertDraft)
    except msgspec.ValidationError as fault:
        raise AlertUnfit(errors=[FieldFault("effect", "unknown", str(fault))]) from None


def _instant(said: QueryDict, name: str) -> datetime | None:
    try:
        return instant_of(said.get(name, ""))
    except ValueError:
        words = _("日付と時刻をご確認ください。")
        raise AlertUnfit(errors=[FieldFault(name, "form", words)]) from None


def _write(request: HttpRequest, made: list[UUID]) -> str:
    made.append(live.write_alert(act_of(request), draft=_draft(request.POST), is_draft=True).id)
    return _("下書きに残しました。見え方を確かめてから公開してください。")


def _change(request: HttpRequest, row: ServiceAlert) -> str:
    live.change_alert(act_of(request), alert_id=row.pk, draft=_draft(request.POST))
    return (
        _("下書きを変えました。")
        if row.is_draft
        else _("お知らせを変えました。いま見ている人にも新しい内容が届きます。")
    )


def _publish(request: HttpRequest, row: ServiceAlert) -> str:
    live.publish_alert(act_of(request), alert_id=row.pk)
    return _("公開しました。経路の検索、停留所の発車案内、オープンデータに出ます。")


def _end(request: HttpRequest, row: ServiceAlert) -> str:
    live.end_alert(act_of(request), alert_id=row.pk, why=why_of(request))
    return _("取り下げました。")
