"""Before another network is used: what is used now and what would be, side by side, and the question whether that is meant."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.clock import jst_date
from kernel.web.desks import act_of, officers_only, page, principal_of
from mobility import services
from mobility.gateways.import_progress import Progress, progress_of, shown_progress
from mobility.pages.forms import taken, why_of
from mobility.selectors import feeds
from mobility.selectors.feeds import SOON_DAYS
from mobility.services.feeds.sources import RIGHT

ROOT = "/admin/feeds/"


class Pair(NamedTuple):
    """One figure as it is now and as it would be; ``is_less`` where half of it or more would be gone."""

    name: str
    now: Any
    then: Any
    is_less: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def release_page(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Ask whether an earlier network is to be used again, and do it."""
    row = feeds.release_named(release_id)
    if request.method == "POST":
        return _answered(request, lambda: _return(request, release_id), ROOT)
    now = feeds.release_in_use()
    words = {
        "back": ROOT, "question": _("この路線網に戻しますか"), "deed": _("この路線網に戻す"), "is_used": row.is_active,
        "pairs": pairs(now.figures if now else None, row.figures), "members": feeds.members_of(row),
        "warnings": _warnings(date.fromisoformat(row.figures["last_day"]), clock.now()),
    }  # fmt: skip
    return page(request, "mobility/feeds/question.html", _("前の路線網に戻す"), words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only(RIGHT)
def version_page(request: HttpRequest, slug: str, version_id: UUID) -> HttpResponse:
    """Ask whether another version of a source is to be used, and do it."""
    source = feeds.source_named(slug)
    version = feeds.version_named(source, version_id)
    if request.method == "POST":
        return _answered(request, lambda: _use(request, slug, version_id), f"{ROOT}{slug}")
    used = feeds.used_versions().get(source.pk)
    words = {
        "back": f"{ROOT}{slug}", "question": _("この版を使いますか"), "deed": _("この版を使う"),
        "is_used": used is not None and used.pk == version.pk, "progress": f"{ROOT}{slug}/progress",
        "pairs": pairs(used.figures if used else None, version.figures),
        "warnings": _warnings(version.last_day, clock.now(), version.first_day),
    }  # fmt: skip
    return page(request, "mobility/feeds/question.html", source.name, words)


@require_safe
@never_cache
@officers_only(RIGHT)
def progress_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how far the import of a source is; the page asks while one is under way."""
    found = progress_of(feeds.source_named(slug).slug)
    return JsonResponse({"running": found is not None} | (progress_words(found) if found is not None else {}))


def progress_words(found: Progress) -> dict[str, Any]:
    """Return how far an import is, in the language active now."""
    steps = {
        "fetch": _("取りに行っています"), "read": _("ファイルを読み、誤りがないか調べています"),
        "keep": _("ファイルをしまっています"),
        "merge": _("ほかの時刻表と合わせて、路線網を作っています"), "write": _("路線網を書きこんでいます"),
        "activate": _("新しい路線網に切り替えています"), "done": _("終わりました"),
    }  # fmt: skip
    return {"percent": round(100 * found.done), "words": steps.get(found.step, _("ほかの時刻表を読んでいます"))}


def pairs(now: Mapping[str, Any] | None, then: Mapping[str, Any]) -> list[Pair]:
    """Return the figures of two networks or versions side by side."""
    names = (
        ("first_day", _("最初の日")), ("last_day", _("最後の日")), ("stops", _("停留所")), ("routes", _("路線")),
        ("trips", _("便")), ("calls", _("停車")),
    )  # fmt: skip
    return [
        Pair(
            words, now[name] if now else "—", then[name],
            is_less=bool(now) and isinstance(then[name], int) and 2 * then[name] <= now[name],  # type: ignore[index]
        )
        for name, words in names
    ]  # fmt: skip


def _warnings(last_day: date, at: datetime, first_day: date | None = None) -> list[str]:
    left = (last_day - jst_date(at)).days + 1
    found = []
    if left <= 0:
        found.append(_("最後の日をもう過ぎています。使うと、経路をさがせなくなります。"))
    elif left <= SOON_DAYS:
        found.append(_("あと%(left)s日で終わります。") % {"left": left})
    if first_day is not None and first_day > jst_date(at):
        found.append(_("最初の日はまだ来ていません。それまで、この提供元の便は経路に出ません。"))
    return found


def _answered(request: HttpRequest, deed: Any, back: str) -> HttpResponse:
    """Do what was asked; a refusal is said where the question stands."""
    return HttpResponseRedirect(back if taken(request, deed) is None else request.path)


def _return(request: HttpRequest, release_id: UUID) -> str:
    services.return_to_network(act_of(request), release_id=release_id, why=why_of(request))
    return _("前の路線網に戻しました。")


def _use(request: HttpRequest, slug: str, version_id: UUID) -> str:
    with shown_progress(slug) as tell:
        services.use_version(
            principal_of(request), version_id=version_id, at=clock.now(), why=why_of(request), tell=tell
        )
    return _("この版を使い始めました。")
