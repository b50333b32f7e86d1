"""When a shop is open: spans by weekday, what holds on national holidays, and whether the door is open at an instant.

Times are of the service day, as Japanese signs write them: a bar that closes at two in the morning closes at ``26:00`` of the
day on which it opened.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from kernel.clock import jst_date, jst_midnight
from kernel.holidays import national_holidays

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
Time = Annotated[str, msgspec.Meta(pattern=r"\A([01]\d|2\d):[0-5]\d\Z", description="HH:MM, up to 29:59.")]
WEEK: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOKED_AHEAD = timedelta(days=14)


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Open on these days from ``opens`` until, but not at, ``closes``."""

    days: Annotated[list[Day], msgspec.Meta(min_length=1, max_length=8)]
    opens: Time
    closes: Time


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shop's week. On a national holiday the spans that name ``holiday`` hold; where none does, ``holidays`` decides."""

    spans: Annotated[list[Span], msgspec.Meta(max_length=20)]
    holidays: Literal["as_usual", "closed"] = "as_usual"


class DoorNow(msgspec.Struct, frozen=True):
    """Whether the door is open, and when that changes; no instant where it does not within a fortnight."""

    is_open: bool
    changes_at: datetime | None


def is_sound(hours: Hours) -> bool:
    """Tell whether every span ends after it begins and begins on its own day, and no two of one day overlap."""
    if any(not _minutes(span.opens) < _minutes(span.closes) or _minutes(span.opens) >= 1440 for span in hours.spans):
        return False
    for day in (*WEEK, "holiday"):
        told = sorted((_minutes(span.opens), _minutes(span.closes)) for span in hours.spans if day in span.days)
        if any(later[0] < earlier[1] for earlier, later in pairwise(told)):
            return False
    return True


def door_at(hours: Hours, at: datetime) -> DoorNow:
    """Return whether the door is open at the instant ``at``, and when that changes next."""
    today = jst_date(at)
    ends = [until for since, until in _open(hours, today - timedelta(days=1), 2) if since <= at < until]
    if ends:
        return DoorNow(is_open=True, changes_at=_end_of(hours, max(ends)))
    begins = (since for since, _until in _open(hours, today, LOOKED_AHEAD.days) if since > at)
    return DoorNow(is_open=False, changes_at=min(begins, default=None))


def spans_on(hours: Hours, day: date) -> list[Span]:
    """Return what holds on one day of Japan, by the time it begins."""
    is_holiday = day in national_holidays(day.year)
    told = [span for span in hours.spans if "holiday" in span.days] if is_holiday else []
    if not told and not (is_holiday and hours.holidays == "closed"):
        told = [span for span in hours.spans if WEEK[day.weekday()] in span.days]
    return sorted(told, key=lambda span: span.opens)


def _end_of(hours: Hours, until: datetime) -> datetime:
    """Return when the door really closes: a span that begins where the one before ends goes on (around the clock)."""
    limit = until + LOOKED_AHEAD
    while until < limit:
        later = [end for since, end in _open(hours, jst_date(until), 1) if since <= until < end]
        if not later:
            return until
        until = max(later)
    return until


def _open(hours: Hours, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    for day in (first + timedelta(days=number) for number in range(days)):
        midnight = jst_midnight(day)
        for span in spans_on(hours, day):
            yield tuple(midnight + timedelta(minutes=_minutes(time)) for time in (span.opens, span.closes))  # type: ignore[misc]


def _minutes(time: str) -> int:
    hour, _colon, minute = time.partition(":")
    return int(hour) * 60 + int(minute)
