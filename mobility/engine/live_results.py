"""What is said and answered about running data, as doors and commands say it."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from mobility.engine.road_closures import RoadClosure

Cause = Literal[
    "unknown_cause", "other_cause", "technical_problem", "strike", "demonstration", "accident", "holiday", "weather", "maintenance",
    "construction", "police_activity", "medical_emergency", "special_event",
]  # fmt: skip
Effect = Literal[
    "no_service", "reduced_service", "significant_delays", "detour", "additional_service", "modified_service", "other_effect",
    "unknown_effect", "stop_moved", "no_effect", "accessibility_issue",
]  # fmt: skip
Severity = Literal["unknown_severity", "info", "warning", "severe"]


NO_RELEASE = UUID(int=0)
"""In place of a release's id for a network that is none."""


class LiveDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source of running data; ``feed`` is the slug of the timetable it speaks of, blank for bicycles.

    ``headers`` go with the request; ``None`` leaves those that are kept as they are.
    """

    kind: Literal["trip_updates", "vehicle_positions", "alerts", "gbfs"]
    name: str
    url: str
    feed: str = ""
    poll_seconds: int = 30
    headers: dict[str, str] | None = None
    licence: str = ""
    attribution: str = ""
    is_open: bool = False


class LiveKept(msgspec.Struct, frozen=True):
    """A source that stands in the register."""

    id: UUID


class Touched(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a notice is about, by the network's own ids; what is blank narrows nothing."""

    agency: str = ""
    route: str = ""
    route_type: int = -1
    direction: int = -1
    stop: str = ""
    trip: str = ""
    day: date | None = None


class AlertDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of the city: texts by language, Japanese at least; it stands from ``begins_at`` until ``ends_at``."""

    header: dict[str, str]
    description: dict[str, str] = {}
    url: str = ""
    cause: Cause = "other_cause"
    effect: Effect = "other_effect"
    severity: Severity = "info"
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    routes: list[str] = []
    stops: list[str] = []


class AlertKept(msgspec.Struct, frozen=True):
    """A notice that stands in the register."""

    id: UUID


class Generation(msgspec.Struct, frozen=True):
    """Changes as they travel from the process that gathers them to those that search.

    They are laid over the network of ``release`` alone; ``slugs`` are whose running data is in it. ``closures`` are the roads that
    are closed or will be, whatever network is searched.
    """

    number: int
    release: UUID
    made_at: datetime
    slugs: list[str]
    changes: bytes
    closures: list[RoadClosure] = []
