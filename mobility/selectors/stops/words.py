"""Answers about stops, departures and lines. Instants carry their zone; names are in the reader's language."""

from datetime import date, datetime
from typing import Literal

import msgspec

from mobility.selectors.journeys.words import TransitLine
from mobility.selectors.live.alerts import AlertTold

Possible = Literal["unknown", "possible", "not_possible"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class StopTold(msgspec.Struct, frozen=True):
    """A stop as people mean it: a station with its platforms, the poles on both sides of a street; ``reading`` is in kana."""

    id: str
    name: str
    reading: str
    lat: float
    lon: float


class DepartureTold(msgspec.Struct, frozen=True):
    """One vehicle that leaves a stop: when, as planned and as it is now, on which line, where to and from which platform.

    ``id`` stays the same while it is late. ``state`` is ``planned`` where nobody tells how it runs, ``live`` where somebody does,
    ``cancelled`` where it does not run or leaves this stop out, ``added`` where it is in no timetable.
    """

    id: str
    trip: str
    day: date
    line: TransitLine
    headsign: str
    platform: str
    leaves_at: datetime
    planned_at: datetime
    delay_s: int
    state: Literal["planned", "live", "cancelled", "added"]
    is_last: bool
    wheelchair: Possible


class ServiceTold(msgspec.Struct, frozen=True):
    """A day on which anything leaves, and when the first does."""

    day: date
    first_at: datetime


class Departures(msgspec.Struct, frozen=True):
    """What leaves a stop from ``at`` on. ``service_day`` is the day whose vehicles still run, past midnight the day before.

    ``last`` is the last departure of that day, nothing once it has gone; ``next_service`` is told where nothing leaves within a
    day. ``is_cut`` says that more leave than are shown; ``alerts`` are the notices that matter there.
    """

    stop: StopTold
    at: datetime
    service_day: date
    departures: list[DepartureTold]
    is_cut: bool
    last: DepartureTold | None
    next_service: ServiceTold | None
    alerts: list[AlertTold]


class StopNear(msgspec.Struct, frozen=True):
    """A stop that can be walked to: how far its nearest platform is, and what leaves there next."""

    stop: StopTold
    metres: int
    walk_seconds: int
    departures: list[DepartureTold]


class StopsNear(msgspec.Struct, frozen=True):
    """Stops that can be walked to, the nearest first; ``nothing`` says in a word why there is none.

    ``is_estimate`` says that no map was asked; ``attribution`` must be shown with the answer.
    """

    results: list[StopNear]
    nothing: Literal["", "no_stop_near", "off_streets"]
    is_estimate: bool
    attribution: str


class PlatformTold(msgspec.Struct, frozen=True):
    """A pole or platform of a stop; ``code`` is what stands on it for passengers."""

    id: str
    name: str
    platform: str
    code: str
    lat: float
    lon: float
    wheelchair: Possible


class StopDetail(msgspec.Struct, frozen=True):
    """A stop with its platforms and the lines that call there; ``names`` by language, the original under ``""``."""

    stop: StopTold
    names: dict[str, str]
    platforms: list[PlatformTold]
    lines: list[TransitLine]


class Lines(msgspec.Struct, frozen=True):
    """All lines."""

    results: list[TransitLine]


class CourseTold(msgspec.Struct, frozen=True):
    """One way of a line: where to, its stops in order, its line on the map (an encoded polyline of precision 5).

    ``direction`` is 0 or 1 as the operator numbers them, nothing where it does not; ``a_day`` is how many vehicles go on a day on
    which any does, ``weekdays`` are those on which it usually runs, ``days`` those of the next two weeks on which it does.
    """

    headsign: str
    direction: int | None
    stops: list[StopTold]
    shape: str
    a_day: int
    weekdays: list[Weekday]
    days: list[date]


class LineDetail(msgspec.Struct, frozen=True):
    """A line and the ways it takes, the most frequent of each direction first."""

    line: TransitLine
    description: str
    courses: list[CourseTold]
