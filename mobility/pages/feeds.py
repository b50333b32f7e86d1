"""The officers' desk of timetables: how each source is, what is wrong with what came, and which network is used."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.problems import DomainError, NotFound
from kernel.web.desks import act_of, officers_only, page, principal_of
from mobility import services
from mobility.engine.feed_results import Brought, SourceDraft
from mobility.engine.gtfs import Fault
from mobility.errors import FeedFileMissing, FeedFileTooLarge
from mobility.gateways.import_progress import progress_of, shown_progress
from mobility.messages.feed_faults import place, sentence
from mobility.models import FeedSource, FeedVersion, NetworkRelease
from mobility.pages.feed_health import health
from mobility.pages.feed_questions import ROOT, progress_words
from mobility.pages.forms import Faults, number_of, taken, why_of
from mobility.selectors import feeds
from mobility.selectors.doers import doers
from mobility.services.feeds.sources import RIGHT

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def feeds_page(request: HttpRequest) -> HttpResponse:
    """Show all sources and networks; take a new source, and keep what was typed where it is refused."""
    faults: Faults = {}
    if request.method == "POST":
        found = taken(request, lambda: _register(request))
        if found is None:
            return HttpResponseRedirect(f"{ROOT}{request.POST.get('slug', '').strip()}")
        faults = found or {"": ""}
    used, at = feeds.used_versions(), clock.now()
    rows = [health(row, used.get(row.pk), at) for row in feeds.sources()]
    words = {
        "root": ROOT, "rows": rows, "bad": sum(each.mark == "bad" for each in rows), "releases": _releases(request),
        "given": request.POST or {"refresh_hours": 24}, "faults": faults,
    }  # fmt: skip
    return page(request, "mobility/feeds/all.html", _("時刻表"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def feed_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source, its faults and versions; take a file, fetch one, change or end the source."""
    source = feeds.source_named(slug)
    faults: Faults = {}
    if request.method == "POST":
        faults = _done(request, slug)
        if not faults:
            return HttpResponseRedirect(f"{ROOT}{slug}")
    used = feeds.used_versions().get(source.pk)
    report = msgspec.convert(source.last_report, list[Fault])
    progress = progress_of(slug)
    words = {
        "root": ROOT, "source": source, "health": health(source, used, clock.now()), "shown": SHOWN,
        "report": [(each.weight, place(each), sentence(each)) for each in report[:SHOWN]], "count": len(report),
        "figures": feeds.figures_in(used) if used else None, "versions": _versions(request, source),
        "given": request.POST if faults else source, "faults": faults,
        "progress": progress_words(progress) if progress is not None else None,
    }  # fmt: skip
    return page(request, "mobility/feeds/one.html", source.name, words)


def _releases(request: HttpRequest) -> list[tuple[NetworkRelease, str]]:
    rows = list(feeds.releases()[:10])
    who = doers((row.made_by for row in rows), me=principal_of(request).actor)
    return [(row, who[row.made_by]) for row in rows]


def _versions(request: HttpRequest, source: FeedSource) -> list[tuple[FeedVersion, str]]:
    rows = list(feeds.versions_of(source)[:20])
    who = doers((row.imported_by for row in rows), me=principal_of(request).actor)
    return [(row, who[row.imported_by]) for row in rows]


def _done(request: HttpRequest, slug: str) -> Faults:
    """Do what the form asks; return what is wrong with a description, by field."""
    deed = request.POST.get("deed", "")
    if deed in {"upload", "refresh"}:
        _bring(request, lambda: (_upload if deed == "upload" else _refresh)(request, slug))
        return {}
    deeds = {"change": _change, "retire": _retire}
    if deed not in deeds:
        raise NotFound
    found = taken(request, lambda: deeds[deed](request, slug))
    return (found or {}) if deed == "change" else {}


def _bring(request: HttpRequest, deed: Callable[[], Brought]) -> None:
    """Bring a file in and say what came of it; a refused one is no success."""
    try:
        found = deed()
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal.title))
        return
    say = {"taken": messages.success, "unchanged": messages.info, "held": messages.warning}.get(
        found.outcome, messages.error
    )
    say(request, _said(found))


def _register(request: HttpRequest) -> str:
    made = services.register_feed_source(act_of(request), draft=_draft(request, request.POST.get("slug", "").strip()))
    return _("提供元「%(slug)s」を登録しました。つぎに、時刻表のファイルを取り込んでください。") % {"slug": made.slug}


def _change(request: HttpRequest, slug: str) -> str:
    services.change_feed_source(act_of(request), draft=_draft(request, slug))
    return _("提供元の内容を変更しました。")


def _retire(request: HttpRequest, slug: str) -> str:
    with shown_progress(slug) as tell:
        services.retire_feed_source(principal_of(request), slug=slug, at=clock.now(), why=why_of(request), tell=tell)
    return _("提供元を終了し、路線網から外しました。")


def _upload(request: HttpRequest, slug: str) -> Brought:
    given = request.FILES.get("file")
    if given is None:
        raise FeedFileMissing
    most = settings.FEEDS["most_bytes"]
    if (given.size or 0) > most:
        raise FeedFileTooLarge(most=most)
    with shown_progress(slug) as tell:
        return services.bring_in(
            principal_of(request), slug=slug, content=given.read(), at=clock.now(), why=why_of(request),
            at_once=request.POST.get("now") == "yes", tell=tell,
        )  # fmt: skip


def _refresh(request: HttpRequest, slug: str) -> Brought:
    with shown_progress(slug) as tell:
        return services.refresh_feed(principal_of(request), slug=slug, at=clock.now(), why=why_of(request), tell=tell)


def _said(found: Brought) -> str:
    """Say what came of a file; what is wrong with it stands on the page."""
    return {
        "taken": _("取り込み、使い始めました。"),
        "unchanged": _("前と同じファイルでした。"),
        "held": _("取り込みましたが、まだ使っていません。下の理由をご確認ください。"),
        "refused": _("誤りがあるため、受け付けませんでした。いまの時刻表はそのままです。"),
        "away": _("取りに行けませんでした。いまの時刻表はそのままです。"),
    }[found.outcome]


def _draft(request: HttpRequest, slug: str) -> SourceDraft:
    said: Any = request.POST
    return SourceDraft(
        slug=slug, name=said.get("name", ""), name_en=said.get("name_en", ""), url=said.get("url", "").strip(),
        licence=said.get("licence", ""), attribution=said.get("attribution", ""), is_open=said.get("is_open") == "yes",
        refresh_hours=number_of(said.get("refresh_hours", "")),
    )  # fmt: skip
