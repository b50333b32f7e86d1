"""Notices that stand now."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db.models import Q

from mobility.engine.live_results import Touched
from mobility.models import ServiceAlert
from mobility.selectors.live.sources import in_words

MOST = 500
SILENT = timedelta(hours=6)
"""What an operator told stands so long after it was heard last."""


class AlertTold(msgspec.Struct, frozen=True):
    """A notice in the reader's language. ``touched`` is what it is about, by the network's ids; nothing at all means everything.

    ``by`` is who says it, blank for the city itself.
    """

    id: UUID
    header: str
    description: str
    url: str
    cause: str
    effect: str
    severity: str
    begins_at: datetime | None
    ends_at: datetime | None
    changed_at: datetime
    by: str
    touched: list[Touched]


class Alerts(msgspec.Struct, frozen=True):
    """The notices that stand, what was said last first."""

    alerts: list[AlertTold]


class Subject(msgspec.Struct, frozen=True):
    """A ride, or a part of the network, that notices may be about; what is blank is not known."""

    route: str = ""
    route_type: int = -1
    agency: str = ""
    direction: int = -1
    stops: Collection[str] = ()
    trip: str = ""
    day: date | None = None


def alerts_now(*, at: datetime, language: str, route: str = "", stop: str = "") -> Alerts:
    """Return the notices that stand at an instant: all, or those about a route or a stop, and those about everything."""
    told = [_told(row, language) for row in standing(at=at)]
    if route or stop:
        asked = Subject(route=route, stops=(stop,) if stop else ())
        told = [each for each in told if concerns(each.touched, asked)]
    return Alerts(told[:MOST])


def standing(*, at: datetime) -> list[ServiceAlert]:
    """Return the rows that stand at an instant, newest first; one query."""
    rows = (
        ServiceAlert.objects.filter(ended_at=None, is_draft=False)
        .filter(Q(begins_at=None) | Q(begins_at__lte=at), Q(ends_at=None) | Q(ends_at__gt=at))
        .filter(Q(source=None) | Q(source__good_at__gt=at - SILENT, source__retired_at=None, source__paused_at=None))
        .select_related("source__feed")
        .order_by("-changed_at", "id")[: 2 * MOST]
    )
    return [row for row in rows if _is_now(row, int(at.timestamp()))]


def concerns(touched: Iterable[Touched], subject: Subject) -> bool:
    """Tell whether a notice is about something: one of its entries fits in all that it names, or it has none."""
    entries = list(touched)
    return not entries or any(_fits(each, subject) for each in entries)


def _fits(each: Touched, subject: Subject) -> bool:
    return (
        each.route in {"", subject.route}
        and each.agency in {"", subject.agency}
        and each.route_type in {-1, subject.route_type}
        and each.direction in {-1, subject.direction}
        and (not each.stop or each.stop in subject.stops)
        and each.trip in {"", subject.trip}
        and each.day in {None, subject.day}
    )


def _is_now(row: ServiceAlert, second: int) -> bool:
    return not row.periods or any((begin or 0) <= second < (end or second + 1) for begin, end in row.periods)


def _told(row: ServiceAlert, language: str) -> AlertTold:
    return AlertTold(
        id=row.pk, header=in_words(row.header, language), description=in_words(row.description, language),
        url=in_words(row.url, language), cause=row.cause, effect=row.effect, severity=row.severity, begins_at=row.begins_at,
        ends_at=row.ends_at, changed_at=row.changed_at, by=row.source.name if row.source else "",
        touched=msgspec.convert(row.concerned, list[Touched]),
    )  # fmt: skip
