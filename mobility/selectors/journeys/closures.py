"""Closed roads about the ways of one answer: avoided ones, near ones, and those of which nobody can tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

import numpy as np

from kernel.clock import JST
from mobility.engine.journeys import Leg
from mobility.engine.nearness import box_of, metres_to
from mobility.engine.network import Network
from mobility.engine.road_closures import MODES, RoadClosure
from mobility.engine.streets import Gap, Profile, Way
from mobility.engine.streets.earth import METRES_A_DEGREE, metres_between
from mobility.engine.streets.words import Point
from mobility.engine.timetable.arrays import Array
from mobility.selectors.journeys.words import ClosedRoad
from mobility.selectors.live.sources import in_words

How = Literal["avoided", "near", "not_known"]
ON_M, NEAR_M = 12, 150
"""A way that comes so near to a closure would pass it; one that comes so near passes close by."""
ASTRAY = 0.42
"""A way that is 1.3 times as long as its straight line strays no farther from it than this share of the line (an ellipse does)."""
AROUND_M = 1500
"""Farther than this from a way, nothing that is closed can have been avoided by it."""


@lru_cache(maxsize=8)
def boxes_of(closures: tuple[RoadClosure, ...]) -> Array:
    """Return south, west, north and east of each closure."""
    return np.array([box_of(each.geometry) for each in closures]).T


@dataclass
class Closures:
    """What is closed in a network; ways ask which of it is about them."""

    network: Network
    language: str
    _about: dict[tuple[object, ...], list[ClosedRoad]] = field(default_factory=dict)

    def about(self, leg: Leg, way: Way | None, profile: Profile) -> list[ClosedRoad]:
        """Return what closed roads are to a way: those that one would pass if they were open, and those that are near."""
        key = (leg.start, leg.end, profile)
        if key not in self._about:
            self._about[key] = self._sought(leg, way, profile)
        return self._about[key]

    def _sought(self, leg: Leg, way: Way | None, profile: Profile) -> list[ClosedRoad]:
        line = way.line if way is not None else (leg.start[:2], leg.end[:2])
        concerned = [each for each in self._around(line) if MODES[each.kind] & (1 << profile.mode)]
        if not concerned:
            return []
        metres = {each.id: metres_to(line, each.geometry, NEAR_M) for each in concerned}
        if way is None or way.is_estimate:
            reach_m = ON_M + ASTRAY * float(metres_between(*leg.start[:2], *leg.end[:2]))
            return [self._told(each, "not_known") for each in concerned if metres[each.id] <= min(NEAR_M, reach_m)]
        near = [each for each in concerned if metres[each.id] <= NEAR_M]
        avoided = self._passed(leg, way, profile, concerned)
        return [self._told(each, "avoided") for each in avoided] + [
            self._told(each, "near") for each in near if each not in avoided
        ]

    def _around(self, line: Sequence[Point]) -> list[RoadClosure]:
        """Return the closures whose box comes near that of a line."""
        closures = tuple(self.network.closures)
        if not closures:
            return []
        points, boxes = np.array(line), boxes_of(closures)
        south, west = points.min(axis=0) - AROUND_M / METRES_A_DEGREE
        north, east = points.max(axis=0) + AROUND_M / METRES_A_DEGREE
        near = (boxes[0] <= north) & (boxes[1] <= east) & (boxes[2] >= south) & (boxes[3] >= west)
        return [closures[n] for n in np.flatnonzero(near).tolist()]

    def _passed(self, leg: Leg, way: Way, profile: Profile, around: list[RoadClosure]) -> list[RoadClosure]:
        """Return the closures that one would pass with nothing closed; none where one would go the same way."""
        streets = (self.network.open or self.network).streets
        usual = streets.way(leg.start[:2], leg.end[:2], profile)
        if isinstance(usual, Gap) or usual.line == way.line:
            return []
        return [each for each in around if metres_to(usual.line, each.geometry, ON_M) <= ON_M]

    def _told(self, closure: RoadClosure, how: How) -> ClosedRoad:
        names, owners = (in_words(texts, self.language) for texts in (closure.names, closure.owners))
        span = _instant(closure.begins_at), _instant(closure.ends_at)
        return ClosedRoad(closure.id, how, closure.kind, names, owners, closure.url, *span, closure.geometry)


def _instant(second: int | None) -> datetime | None:
    return None if second is None else datetime.fromtimestamp(second, JST)
