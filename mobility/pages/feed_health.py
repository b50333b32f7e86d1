"""How a timetable's source is, at a glance and in sentences: what ends soon, what was refused, what comes next."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from kernel.clock import jst_date
from mobility.engine.gtfs import Fault
from mobility.messages.feed_faults import sentence
from mobility.models import FeedSource, FeedVersion
from mobility.selectors.feeds import SOON_DAYS

MINUTE = 7
"""Of every hour, at which sources that are due are fetched (``mobility.contributions``)."""
OVERDUE = timedelta(hours=3)


class Health(NamedTuple):
    """One source at a glance; ``left`` is how many days the version that is used still has, of ``days`` in all."""

    source: FeedSource
    used: FeedVersion | None
    left: int
    days: int
    faults: int
    remarks: int
    mark: str
    word: str
    troubles: list[str]
    next_at: datetime | None


def health(source: FeedSource, used: FeedVersion | None, at: datetime) -> Health:
    """Return how a source is, in the language active now; ``mark`` is ``good``, ``bad`` or ``off``, which ``word`` says as well."""
    today = jst_date(at)
    left = max(0, (used.last_day - today).days + 1) if used else 0
    days = (used.last_day - used.first_day).days + 1 if used else 0
    faults = sum(each["weight"] == "fault" for each in source.last_report)
    found = [] if source.retired_at is not None else list(_troubles(source, used, left, faults, at))
    mark = "off" if source.retired_at is not None else "bad" if found else "good"
    word = {"off": _("終了"), "bad": _("確かめてください"), "good": _("順調です")}[mark]
    return Health(
        source,
        used,
        min(left, days),
        days,
        faults,
        len(source.last_report) - faults,
        mark,
        word,
        found,
        next_try(source, at),
    )


def next_try(source: FeedSource, at: datetime) -> datetime | None:
    """Return when a source is fetched next; None for one that is not."""
    if not source.url or source.retired_at is not None:
        return None
    due = at if source.last_tried_at is None else source.last_tried_at + timedelta(hours=source.refresh_hours)
    due = max(due, at)
    hour = due.replace(minute=MINUTE, second=0, microsecond=0)
    return hour if hour >= due else hour + timedelta(hours=1)


def _troubles(source: FeedSource, used: FeedVersion | None, left: int, faults: int, at: datetime) -> Iterator[str]:
    if used is None:
        yield _("使っている時刻表がありません。ファイルを取り込むか、届いた版から選んでください。")
    elif left == 0:
        yield _(
            "時刻表は%(day)sで終わりました。この提供元の便は、経路に出ません。新しい時刻表を取り込んでください。"
        ) % {"day": _day(used.last_day)}
    elif left <= SOON_DAYS:
        yield _("時刻表はあと%(left)s日、%(day)sまでです。新しい時刻表を取り込んでください。") % {
            "left": left, "day": _day(used.last_day),
        }  # fmt: skip
    yield from _outcome(source, faults)
    if source.url and source.last_tried_at is not None:
        due = source.last_tried_at + timedelta(hours=source.refresh_hours)
        if at - due > OVERDUE:
            yield _("予定を過ぎても取りに行けていません。市の側で、定時の仕事が止まっているおそれがあります。")


def _outcome(source: FeedSource, faults: int) -> Iterator[str]:
    if source.last_outcome == "refused":
        yield _("前回のファイルには誤りが%(count)s件あり、受け付けませんでした。使っている時刻表はそのままです。") % {
            "count": faults
        }
    elif source.last_outcome == "away":
        first = next(iter(source.last_report), None)
        why = sentence(Fault(first["code"], first["file"], value=first.get("value", ""))) if first else ""
        yield _("前回は取りに行けませんでした。%(why)s使っている時刻表はそのままです。") % {"why": why}
    elif source.last_outcome == "held":
        yield _("届いたファイルを、まだ使っていません。理由を確かめてください。")


def _day(day: date) -> str:
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}
