"""What is asked of streets and what they answer; with a map or without, the words are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import numpy as np

from mobility.engine.streets.cells import Cells
from mobility.engine.streets.closures import Closure
from mobility.engine.streets.profiles import Profile
from mobility.engine.timetable.arrays import Array

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""


@dataclass(frozen=True, eq=False)
class Targets:
    """Places that are asked for again and again, such as all stops; ``lat`` and ``lon`` are degrees, one a place.

    Streets remember where each lies on them, by the object itself: make it once for a set of places and keep it.
    """

    lat: Array
    lon: Array

    @classmethod
    def of(cls, points: Sequence[Point]) -> "Targets":
        """Take them from pairs of latitude and longitude."""
        both = np.array(points, dtype=np.float64).reshape(-1, 2)
        return cls(both[:, 0].copy(), both[:, 1].copy())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.lat)


class Gap(NamedTuple):
    """There is no way, and why: an end is too far from any street that may be used, no street joins the two, or no stop is near."""

    reason: Literal["start_off_streets", "end_off_streets", "not_joined", "no_stop_near"]


class Reached(NamedTuple):
    """Which targets are reached in time; four whole-number arrays of one length, by rising number of the target.

    ``risk_m`` tells on how many metres the map does not say what this profile must know (surface, kerb, incline).
    """

    target: Array
    seconds: Array
    metres: Array
    risk_m: Array


class Walks(NamedTuple):
    """Ways between places that are near one another, both directions apart, sorted by ``begin`` and ``end``."""

    begin: Array
    end: Array
    seconds: Array
    metres: Array
    risk_m: Array


class Step(NamedTuple):
    """A piece of a way along one street.

    ``turn_degrees`` is how one turns into it, positive to the right, 0 at the start; ``first_point`` is where it begins in the
    way's line. ``kind`` is ``off_street`` between a place and its street, and ``estimate`` where no map was asked.
    """

    kind: Literal["street", "path", "steps", "crossing", "lift", "off_street", "estimate"]
    name: str
    name_en: str
    metres: int
    seconds: int
    turn_degrees: int
    first_point: int


class Way(NamedTuple):
    """One way: its time, its length, its line from end to end, and its steps.

    ``is_estimate`` says that no map was asked: the line is straight, and longer on foot than it looks.
    """

    seconds: int
    metres: int
    line: tuple[Point, ...]
    steps: tuple[Step, ...]
    is_estimate: bool
    risk_m: int


class Streets(Protocol):
    """Whoever knows ways through town.

    ``attribution`` must be shown wherever an answer is shown (ODbL for OpenStreetMap); empty where nothing is owed.
    ``generation`` grows with each change of closures.
    """

    @property
    def attribution(self) -> str:
        """Return whose map this is."""
        ...

    @property
    def generation(self) -> int:
        """Return how often closures changed since the map was opened."""
        ...

    def reach(
        self, lat: float, lon: float, profile: Profile, limit_s: int, targets: Targets, *, is_arriving: bool = False
    ) -> Reached | Gap:
        """Return the targets within ``limit_s`` of a place; with ``is_arriving`` the ways lead from the targets to it."""
        ...

    def way(self, start: Point, end: Point, profile: Profile) -> Way | Gap:
        """Return the best way for a profile; from a place to itself it takes no time."""
        ...

    def between(self, stops: Targets, profile: Profile, limit_s: int = 600, *, only: Array | None = None) -> Walks:
        """Return the ways within ``limit_s`` between all pairs of different stops, or those that begin where ``only`` says so."""
        ...

    def with_closures(self, closures: Sequence[Closure]) -> "Streets":
        """Return the same streets with these closures and no others; :raises NoPlace: for a geometry that is none."""
        ...

    def are_touched(self, stops: Targets, profile: Profile, limit_s: int) -> Array:
        """Tell for each stop whether something is closed so near that its ways within ``limit_s`` may be others for it."""
        ...

    def spread(self, starts: Targets, seconds: Array, profile: Profile, limit_s: int, cells: Cells) -> Array:
        """Return when each cell is reached first, in milliseconds, from places that are left after ``seconds``; else ``FAR``."""
        ...

    def prepare(self, profiles: Sequence[Profile], targets: Sequence[Targets] = ()) -> None:
        """Reckon, and compile, what the first question would have to wait for otherwise."""
        ...
