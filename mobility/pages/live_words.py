"""How sources of running data are, as sentences for the officer who looks after them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility.engine.gtfs import Fault
from mobility.messages.feed_faults import sentence
from mobility.models import LiveSource

SILENT_S = 60
"""Longer than that over its time nobody has asked: whoever asks stands still."""

REFUSED: Mapping[str, Any] = {
    "too_large": gettext_lazy("大きすぎるため、読みませんでした。"),
    "not_protobuf": gettext_lazy("GTFS-Realtimeとして読み取れません。アドレスが正しいか、提供元にご確認ください。"),
    "too_many_entities": gettext_lazy("項目が多すぎるため、読みませんでした。"),
    "not_json": gettext_lazy("GBFSのファイル「%(about)s」を、JSONとして読み取れません。"),
    "shape": gettext_lazy("GBFSのファイル「%(about)s」の形が、決まりと違います。"),
    "file_missing": gettext_lazy("GBFSに必要なファイル「%(about)s」がありません。"),
    "unusable": gettext_lazy("読み取れない値がありました（%(about)s）。"),
}
UNMATCHED: Mapping[str, Any] = {
    "unknown_trip": gettext_lazy("便の番号（trip_id）が、いまの時刻表にありません"),
    "unknown_start": gettext_lazy("路線・向き・発車時刻から、便を見つけられません"),
    "not_on_this_day": gettext_lazy("その日には走らない便です"),
    "unknown_stop": gettext_lazy("停留所の番号（stop_id）が、いまの時刻表にありません"),
    "unknown_call": gettext_lazy("その便が停まらない停車が書かれています"),
    "calls_too_few": gettext_lazy("臨時便の停車が足りません"),
    "untimed": gettext_lazy("臨時便の時刻がありません"),
    "feed_not_used": gettext_lazy("この提供元の時刻表を、いま使っていません"),
}
LEFT_ASIDE: Mapping[str, Any] = {
    "twice": gettext_lazy("同じ番号が2回出てきます"),
    "kind_unknown": gettext_lazy("便・車両・お知らせのどれでもありません"),
    "calls_too_many": gettext_lazy("停車が多すぎます"),
    "position_wrong": gettext_lazy("位置が読み取れません"),
    "concerned_too_many": gettext_lazy("対象が多すぎるお知らせです"),
    "text_missing": gettext_lazy("見出しのないお知らせです"),
    "place_missing": gettext_lazy("場所がわかりません"),
    "state_missing": gettext_lazy("台数がわかりません"),
    "price_missing": gettext_lazy("料金がわかりません"),
    "zone_wrong": gettext_lazy("区域の形が読み取れません"),
}


def troubles(row: LiveSource, *, at: datetime) -> list[str]:
    """Return what stands in the way of using what a source says, in the language active now; nothing where all is well."""
    if row.retired_at is not None:
        return []
    return [*_outcome(row, at), *_counted(row)]


def counted(row: LiveSource) -> list[str]:
    """Return what came last, in the language active now."""
    told = {name: row.report[name] for name in ("trips", "vehicles", "alerts", "docks", "bikes") if name in row.report}
    own = {
        "trip_updates": ["trips"],
        "vehicle_positions": ["vehicles"],
        "alerts": ["alerts"],
        "gbfs": ["docks", "bikes"],
    }
    return [_count(name, told[name]) for name in own[row.kind] if name in told]


def matched(row: LiveSource) -> str:
    """Return how much of what came is in the timetable; blank where that is not counted."""
    told = row.report.get("matched")
    if not told:
        return ""
    found, lost = told["trips"], sum(n for code, n in told["unmatched"].items() if code != "unknown_call")
    if not lost:
        return _("%(count)s便すべてが、時刻表の便と合っています。") % {"count": found}
    return _("%(all)s便のうち、%(found)s便が時刻表の便と合い、%(lost)s便が合いません。") % {
        "all": found + lost, "found": found, "lost": lost,
    }  # fmt: skip


def ago(since: datetime | None, *, at: datetime) -> str:
    """Return how long ago something was, as people say it; blank for never."""
    if since is None:
        return ""
    seconds = max(0, int((at - since).total_seconds()))
    for unit_s, most, words in (
        (1, 60, _("%(count)s秒前")), (60, 60, _("%(count)s分前")), (3600, 48, _("%(count)s時間前")),
    ):  # fmt: skip
        if seconds < unit_s * most:
            return words % {"count": seconds // unit_s}
    return _("%(count)s日前") % {"count": seconds // 86_400}


def _outcome(row: LiveSource, at: datetime) -> Iterator[str]:
    code, about = row.report.get("code", ""), row.report.get("about", "")
    if row.outcome == "away":
        yield sentence(Fault(f"fetch_{code}", "", value=about))
    elif row.outcome == "refused":
        yield str(REFUSED[code]) % {"about": about} if code in REFUSED else code
    elif row.outcome == "stale":
        yield _("提供元が最後に書きかえたのは%(ago)sです。古いため使わず、予定どおりに案内しています。") % {
            "ago": ago(row.said_at, at=at)
        }
    tried = row.tried_at or row.made_at
    if row.paused_at is None and (at - tried).total_seconds() > row.poll_seconds + SILENT_S:
        yield _("%(ago)sから取りに行けていません。市の側で、運行情報を集める仕組みが止まっているおそれがあります。") % {
            "ago": ago(tried, at=at)
        }


def _counted(row: LiveSource) -> Iterator[str]:
    unmatched = row.report.get("matched", {}).get("unmatched", {})
    for words, told in ((UNMATCHED, unmatched), (LEFT_ASIDE, row.report.get("left_aside", {}))):
        for code, count in told.items():
            reason = str(words.get(code, code))
            yield _("%(count)s件：%(reason)s。") % {"count": count, "reason": reason}


def _count(name: str, count: int) -> str:
    words = {
        "trips": _("%(count)s便の遅れや運休"), "vehicles": _("車両%(count)s台"), "alerts": _("お知らせ%(count)s件"),
        "docks": _("ポート%(count)sか所"), "bikes": _("ポートの外の自転車%(count)s台"),
    }  # fmt: skip
    return words[name] % {"count": count}


KINDS: Mapping[str, Any] = {
    "trip_updates": gettext_lazy("遅れや運休（GTFS-Realtime TripUpdates）"),
    "vehicle_positions": gettext_lazy("車両の位置（GTFS-Realtime VehiclePositions）"),
    "alerts": gettext_lazy("お知らせ（GTFS-Realtime Alerts）"),
    "gbfs": gettext_lazy("シェアサイクル（GBFS 2・3）"),
}
