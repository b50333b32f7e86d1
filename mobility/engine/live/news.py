"""What a source of running data says, in plain words of our own, before it is held against the timetable.

Instants are whole seconds since 1970 in UTC (POSIX time), as GTFS-Realtime has them; delays are seconds, negative for early.
"""

from datetime import date
from typing import Literal, TypeVar

import msgspec

CallKind = Literal["planned", "skipped", "no_data"]
TripKind = Literal["planned", "canceled", "added", "replaced", "duplicated"]
_Said = TypeVar("_Said")


class CallNews(msgspec.Struct, frozen=True, gc=False):
    """What is said of one call, found by its number in the feed or by its stop; a time is told outright or as a delay."""

    sequence: int = -1
    stop_id: str = ""
    arrival_at: int | None = None
    arrival_delay_s: int | None = None
    departure_at: int | None = None
    departure_delay_s: int | None = None
    kind: CallKind = "planned"
    moved_to: str = ""


class TripRef(msgspec.Struct, frozen=True):
    """Which trip of which day is meant: by its id, or by route, direction and start; blanks and ``None`` are not told."""

    trip_id: str = ""
    route_id: str = ""
    direction: int = -1
    start_day: date | None = None
    start_s: int | None = None


class TripNews(msgspec.Struct, frozen=True):
    """What is said of one trip of one day.

    ``delay_s`` is that of the whole trip, where no call tells more. A trip that is ``added``, or ``replaced``, has no calls but
    those told here; one that is ``duplicated`` runs as trip ``trip`` does, and once more as ``copy``.
    """

    trip: TripRef
    kind: TripKind = "planned"
    calls: tuple[CallNews, ...] = ()
    delay_s: int | None = None
    at: int | None = None
    vehicle: str = ""
    copy: TripRef = TripRef()


class VehicleNews(msgspec.Struct, frozen=True):
    """Where a vehicle is: degrees, metres a second, degrees clockwise from north; ``None`` is not told.

    ``status`` is about the call ``sequence`` or the stop ``stop_id``: coming in, standing, or on the way there. ``crowding`` is
    as GTFS-Realtime names it, in small letters.
    """

    id: str
    label: str
    trip: TripRef
    lat: float
    lon: float
    bearing: float | None = None
    speed_m_s: float | None = None
    at: int | None = None
    stop_id: str = ""
    sequence: int = -1
    status: Literal["incoming_at", "stopped_at", "in_transit_to"] = "in_transit_to"
    crowding: str = ""
    percent_full: int | None = None


class Concerned(msgspec.Struct, frozen=True):
    """What an alert is about; what is blank narrows nothing."""

    agency_id: str = ""
    route_id: str = ""
    route_type: int = -1
    direction: int = -1
    stop_id: str = ""
    trip: TripRef = TripRef()


class AlertNews(msgspec.Struct, frozen=True):
    """A notice of an operator: when it stands (half-open, ``None`` is open), whom it concerns, and its texts by language.

    A text without a language stands under ``""``. ``cause``, ``effect`` and ``severity`` are as GTFS-Realtime names them, in
    small letters.
    """

    id: str
    periods: tuple[tuple[int | None, int | None], ...] = ()
    concerned: tuple[Concerned, ...] = ()
    cause: str = "unknown_cause"
    effect: str = "unknown_effect"
    severity: str = "unknown_severity"
    url: dict[str, str] = {}
    header: dict[str, str] = {}
    description: dict[str, str] = {}


class Message(msgspec.Struct, frozen=True):
    """One whole message of a source. ``is_whole`` tells whether what it leaves out is over; ``deleted`` are ids of entities.

    What an entity says stands under its id, so that a later message that tells only differences can replace or delete it.
    """

    at: int | None
    is_whole: bool = True
    trips: dict[str, TripNews] = {}
    vehicles: dict[str, VehicleNews] = {}
    alerts: dict[str, AlertNews] = {}
    deleted: frozenset[str] = frozenset()


def merged(held: Message | None, new: Message) -> Message:
    """Return what stands after a message: itself where it is whole, otherwise what was held with the differences."""
    if new.is_whole or held is None:
        return new
    return Message(
        at=new.at,
        is_whole=True,
        trips=_renewed(held.trips, new.trips, new.deleted),
        vehicles=_renewed(held.vehicles, new.vehicles, new.deleted),
        alerts=_renewed(held.alerts, new.alerts, new.deleted),
    )


def _renewed(held: dict[str, _Said], new: dict[str, _Said], deleted: frozenset[str]) -> dict[str, _Said]:
    return {key: value for key, value in (held | new).items() if key not in deleted}
