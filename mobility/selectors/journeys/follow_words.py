"""A journey that somebody follows: what they send of it, and what they are told."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from mobility.selectors.journeys.words import CallTold, Journey, JourneysAsked, PlaceAsked
from mobility.selectors.live.alerts import AlertTold

MOST_LEGS = 40
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class TripTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which vehicle: its trip, and its service day."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    day: date


class LegTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One leg of a journey as it was answered; a ride has ``trip``, and stops at both ends.

    ``leaves_at`` and ``arrives_at`` are when it runs as far as is known, the other two when it should. ``is_seated`` says that one
    stays in the vehicle one came with.
    """

    way: Literal["walk", "bicycle", "taxi", "ride"]
    start: PlaceAsked
    end: PlaceAsked
    leaves_at: Instant
    arrives_at: Instant
    planned_leaves_at: Instant
    planned_arrives_at: Instant
    trip: TripTaken | None = None
    metres: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    risk_m: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    offer: Annotated[str, msgspec.Meta(max_length=200)] = ""
    fare: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] | None = None
    is_seated: bool = False


class FollowAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A journey that somebody takes, and the question that it answered: what they can do instead is sought by the same wishes."""

    question: JourneysAsked
    legs: Annotated[list[LegTaken], msgspec.Meta(min_length=1, max_length=MOST_LEGS)]


class Following(msgspec.Struct, frozen=True):
    """A journey is followed: ``id`` is a secret of whoever follows it, ``feed`` the name under which it is heard."""

    id: str
    feed: str
    expires_at: datetime


class ChangeTold(msgspec.Struct, frozen=True):
    """A change from one ride into another, by the numbers of their legs: what it takes, and what is left over or lacking."""

    before: int
    after: int
    needed_s: int
    slack_s: int
    holds: bool


class PhaseTold(msgspec.Struct, frozen=True):
    """Where the traveller should be, doing what; of a ride the stop that comes next, and how many are left after it."""

    kind: Literal["before", "walking", "waiting", "riding", "stranded", "arrived"]
    leg: int
    next: CallTold | None = None
    stops_left: int = 0


class TroubleTold(msgspec.Struct, frozen=True):
    """The first thing in the way: a ride (by the number of its leg) that is missed, cancelled, gone from the timetable, or does not
    stop where one gets on or off.
    """

    kind: Literal["missed", "cancelled", "gone", "skipped"]
    leg: int


class Followed(msgspec.Struct, frozen=True):
    """A followed journey as it stands; a later ``at`` stands in place of an earlier one.

    ``journey`` has the same legs as were taken, as they run now; nothing where the timetable does not know one of its trips any
    more. ``instead`` are journeys to take in its place where there is ``trouble``, those that arrive first before others.
    """

    at: datetime
    journey: Journey | None
    phase: PhaseTold
    changes: list[ChangeTold]
    trouble: TroubleTold | None
    instead: list[Journey]
    alerts: list[AlertTold]
