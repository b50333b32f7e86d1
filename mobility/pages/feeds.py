"""The officers' desk of timetables: how each source is, what is wrong with what came, and which network is used."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.clock import jst_date
from kernel.problems import NotFound
from kernel.web.desks import act_of, again, officers_only, page, principal_of, tell
from mobility import services
from mobility.engine.feed_results import Brought, SourceDraft
from mobility.engine.gtfs import Fault
from mobility.errors import FeedFileMissing, FeedFileTooLarge
from mobility.messages.feed_faults import place, sentence
from mobility.models import FeedSource, FeedVersion
from mobility.selectors import feeds
from mobility.services.feeds.sources import RIGHT

ROOT = "/admin/feeds/"
SHOWN = 100
SOON_DAYS = 14
"""So many days before the last one an officer is warned."""


class Health(NamedTuple):
    """One source at a glance; ``left`` is how many days the version that is used still has, of ``days`` in all."""

    source: FeedSource
    used: FeedVersion | None
    left: int
    days: int
    faults: int
    remarks: int
    ends_soon: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def feeds_page(request: HttpRequest) -> HttpResponse:
    """Show all sources and networks; take a new source, or go back to an earlier network."""
    words: dict[str, Any] = {"root": ROOT}
    if request.method == "POST":
        deeds = {"register": _register, "return": _return}
        done = tell(request, lambda: deeds.get(request.POST.get("deed", ""), _return)(request))
        if done or request.POST.get("deed") != "register":
            return again(request)
        words["said"] = request.POST
    used, today = feeds.used_versions(), jst_date(clock.now())
    words |= {
        "rows": [_health(row, used.get(row.pk), today) for row in feeds.sources()],
        "releases": list(feeds.releases()[:10]),
    }
    return page(request, "mobility/feeds/all.html", _("時刻表"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def feed_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source, its faults and versions; take a file, fetch one, use a version, change or end the source."""
    source = feeds.source_named(slug)
    if request.method == "POST":
        deeds = {"upload": _upload, "refresh": _refresh, "use": _use, "change": _change, "retire": _retire}
        deed = deeds.get(request.POST.get("deed", ""))
        if deed is None:
            raise NotFound
        tell(request, lambda: deed(request, slug))
        return HttpResponseRedirect(f"{ROOT}{slug}")
    used = feeds.used_versions().get(source.pk)
    report = msgspec.convert(source.last_report, list[Fault])
    words = {
        "root": ROOT, "source": source, "health": _health(source, used, jst_date(clock.now())), "shown": SHOWN,
        "report": [(each.weight, place(each), sentence(each)) for each in report[:SHOWN]], "count": len(report),
        "figures": feeds.figures_in(used) if used else None, "versions": list(feeds.versions_of(source)[:20]),
    }  # fmt: skip
    return page(request, "mobility/feeds/one.html", source.name, words)


def _health(source: FeedSource, used: FeedVersion | None, today: date) -> Health:
    left = max(0, (used.last_day - today).days + 1) if used else 0
    days = (used.last_day - used.first_day).days + 1 if used else 0
    faults = sum(each["weight"] == "fault" for each in source.last_report)
    is_soon = used is not None and left <= SOON_DAYS
    return Health(source, used, min(left, days), days, faults, len(source.last_report) - faults, is_soon)


def _register(request: HttpRequest) -> str:
    made = services.register_feed_source(act_of(request), draft=_draft(request, request.POST.get("slug", "").strip()))
    return _("提供元「%(slug)s」を登録しました。") % {"slug": made.slug}


def _change(request: HttpRequest, slug: str) -> str:
    services.change_feed_source(act_of(request), draft=_draft(request, slug))
    return _("提供元の内容を変更しました。")


def _return(request: HttpRequest) -> str:
    services.return_to_network(act_of(request), release_id=_id(request.POST.get("release", "")), why=_why(request))
    return _("前の路線網に戻しました。")


def _use(request: HttpRequest, slug: str) -> str:
    services.use_version(
        principal_of(request), version_id=_id(request.POST.get("version", "")), at=clock.now(), why=_why(request)
    )
    return _("この版を使い始めました。")


def _retire(request: HttpRequest, slug: str) -> str:
    services.retire_feed_source(principal_of(request), slug=slug, at=clock.now(), why=_why(request))
    return _("提供元を終了し、路線網から外しました。")


def _upload(request: HttpRequest, slug: str) -> str:
    given = request.FILES.get("file")
    if given is None:
        raise FeedFileMissing
    most = settings.FEEDS["most_bytes"]
    if (given.size or 0) > most:
        raise FeedFileTooLarge(most=most)
    found = services.bring_in(
        principal_of(request), slug=slug, content=given.read(), at=clock.now(), why=_why(request),
        at_once=request.POST.get("now") == "yes",
    )  # fmt: skip
    return _said(found)


def _refresh(request: HttpRequest, slug: str) -> str:
    return _said(services.refresh_feed(principal_of(request), slug=slug, at=clock.now(), why=_why(request)))


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
    said = request.POST
    hours = said.get("refresh_hours", "").strip()
    return SourceDraft(
        slug=slug, name=said.get("name", ""), name_en=said.get("name_en", ""), url=said.get("url", "").strip(),
        licence=said.get("licence", ""), attribution=said.get("attribution", ""), is_open=said.get("is_open") == "yes",
        refresh_hours=int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 5 else 0,
    )  # fmt: skip


def _why(request: HttpRequest) -> str:
    return request.POST.get("why", "").strip()[:200]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
