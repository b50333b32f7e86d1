"""What is asked: from where to where, when, and how somebody likes to go."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from mobility.engine.streets import PROFILES, Profile

Mode = Literal["walk", "bicycle", "taxi"]
SPAN_S = 7200
"""Leaving (or arriving) within two hours is looked at together."""


class Spot(NamedTuple):
    """A place: degrees, and the stop or station that it is, -1 where it is none."""

    lat: float
    lon: float
    stop: int = -1


class Via(NamedTuple):
    """A stop or place to pass, and how long somebody stays there."""

    spot: Spot
    stay_s: int = 0


@dataclass(frozen=True)
class Ask:
    """One question. ``at`` are seconds after the midnight of ``day``: when one leaves, or arrives where ``is_arriving``.

    ``walk`` is how somebody walks; no way on foot is longer than ``most_walk_s``. ``access``, ``egress`` and ``direct`` name what
    may be used besides walking before, after and in place of vehicles. ``avoided`` and ``preferred`` are route numbers.
    """

    start: Spot
    goal: Spot
    day: date
    at: int
    is_arriving: bool = False
    walk: Profile = PROFILES["walk"]
    most_walk_s: int = 900
    most_rides: int = 8
    span_s: int = SPAN_S
    access: Set[Mode] = frozenset()
    egress: Set[Mode] = frozenset()
    between: Set[Mode] = frozenset()
    direct: Set[Mode] = frozenset({"walk"})
    most_direct_s: int = 3600
    via: tuple[Via, ...] = ()
    avoided: Set[int] = frozenset()
    preferred: Set[int] = frozenset()
    is_wheelchair: bool = False
    has_bicycle: bool = False
    kinds: Set[int] | None = None
    wanted: int = 5
    banned_stops: Set[int] = field(default_factory=frozenset)
