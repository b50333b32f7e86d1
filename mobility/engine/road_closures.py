"""Roads that are closed: where, for whom, from when until when, and who says so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from mobility.engine.streets.access import BICYCLE, CAR, FOOT
from mobility.engine.streets.closures import EVERYBODY, Closure, NoPlace, points_of

MOST_POINTS = 5000
Kind = Literal["all", "vehicles", "walkers"]
MODES: Mapping[Kind, int] = {"all": EVERYBODY, "vehicles": BICYCLE | CAR, "walkers": FOOT}
"""Who cannot pass: a bicycle is a vehicle, and where vehicles are kept out it is not ridden."""


class RoadClosure(msgspec.Struct, frozen=True, eq=False):
    """A closure. ``geometry`` is GeoJSON, a line or an area; ``begins_at`` and ``ends_at`` are POSIX seconds, None where open.

    ``names`` say what is closed and why, ``owners`` who closed it, both by language.
    """

    id: str
    kind: Kind
    geometry: dict[str, Any]
    names: dict[str, str]
    owners: dict[str, str]
    begins_at: int | None = None
    ends_at: int | None = None
    url: str = ""

    def on_streets(self) -> Closure:
        """Return it as streets take it."""
        return Closure(self.geometry, MODES[self.kind])

    def holds(self, begin: int, end: int) -> bool:
        """Tell whether the road is closed at any instant from ``begin`` to ``end``."""
        return (self.begins_at is None or self.begins_at <= end) and (self.ends_at is None or begin < self.ends_at)


def standing(closures: Iterable[RoadClosure], begin: int, end: int) -> Sequence[RoadClosure]:
    """Return those that hold at any instant of a span, by their ids."""
    return sorted((each for each in closures if each.holds(begin, end)), key=lambda each: each.id)


def is_usable(closure: RoadClosure) -> bool:
    """Tell whether a closure is somewhere, in no more points than a town's roads need, and ends after it begins."""
    if closure.begins_at is not None and closure.ends_at is not None and closure.ends_at <= closure.begins_at:
        return False
    try:
        return points_of(closure.geometry) <= MOST_POINTS
    except NoPlace:
        return False
