"""What bringing timetables in leads to, as doors and commands say it."""

from datetime import date
from uuid import UUID

import msgspec
import numpy as np

from mobility.engine.gtfs.faults import Fault
from mobility.engine.gtfs.feed import Feed


class SourceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an operator's timetable; without ``url`` it is uploaded. ``is_open``: the city may hand it out again."""

    slug: str
    name: str
    name_en: str = ""
    url: str = ""
    licence: str = ""
    attribution: str = ""
    is_open: bool = False
    refresh_hours: int = 24


class SourceKept(msgspec.Struct, frozen=True):
    """A source that stands in the register."""

    id: UUID
    slug: str


class FeedFigures(msgspec.Struct, frozen=True):
    """What is in a feed; the days are the first and last on which anything runs."""

    stops: int
    routes: int
    trips: int
    calls: int
    services: int
    shapes: int
    languages: list[str]
    first_day: date
    last_day: date


class NetworkFigures(msgspec.Struct, frozen=True):
    """What a network holds."""

    stops: int
    routes: int
    trips: int
    calls: int
    walks: int
    first_day: date
    last_day: date


class VersionKept(msgspec.Struct, frozen=True):
    """A version that stands in the register; ``is_new`` where its file had not come before."""

    id: UUID
    is_new: bool


class NetworkUsed(msgspec.Struct, frozen=True):
    """A network that is in use from now on; ``release_id`` is None where none is."""

    release_id: UUID | None


class Brought(msgspec.Struct, frozen=True):
    """What came of bringing a file in.

    ``outcome`` is one of taken, unchanged, held, refused, away; ``report`` holds faults and remarks, ``more`` how many of a kind in
    a file were found beyond those.
    """

    slug: str
    outcome: str
    figures: FeedFigures | None = None
    report: list[Fault] = []
    more: list[tuple[str, str, int]] = []
    version_id: UUID | None = None
    release_id: UUID | None = None


def figures_of(feed: Feed) -> FeedFigures | None:
    """Return what is in a feed; None where nothing ever runs."""
    days = _days(feed)
    if days is None:
        return None
    languages = sorted({language for texts in feed.directory.names.others.values() for language in texts})
    return FeedFigures(
        len(feed.stop_id), len(feed.route_id), len(feed.trip_id), len(feed.stop), len(feed.service_id),
        len(feed.directory.shapes.ids), languages, *days,
    )  # fmt: skip


def network_figures(feed: Feed) -> NetworkFigures:
    """Return what a merged feed holds."""
    first, last = _days(feed) or (feed.first_day, feed.first_day)
    return NetworkFigures(
        len(feed.stop_id), len(feed.route_id), len(feed.trip_id), len(feed.stop),
        sum(begin != end for begin, end, _s in feed.walks), first, last,
    )  # fmt: skip


def _days(feed: Feed) -> tuple[date, date] | None:
    leads_on = np.diff(feed.trip_call) > 1
    runs = feed.runs[np.unique(feed.trip_service[leads_on])].any(axis=0)
    found = np.flatnonzero(runs)
    if not len(found):
        return None
    first = feed.first_day.toordinal()
    return date.fromordinal(first + int(found[0])), date.fromordinal(first + int(found[-1]))
