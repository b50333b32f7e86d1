"""Ways where there is no map: the distance as the crow flies, times a stated factor, at the profile's speed; an estimate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mobility.engine.streets.cells import Cells
from mobility.engine.streets.closures import Closure
from mobility.engine.streets.earth import METRES_A_DEGREE, metres_between
from mobility.engine.streets.fields import as_the_crow_flies
from mobility.engine.streets.profiles import Profile
from mobility.engine.streets.words import Gap, Point, Reached, Step, Targets, Walks, Way
from mobility.engine.timetable.arrays import I32, Array

FACTOR = 1.3
"""Streets are so many times longer than the crow's way, where nobody states another factor."""


@dataclass(frozen=True)
class Straight:
    """Streets without a map; ``factor`` is by how much a way is longer than its straight line."""

    factor: float = FACTOR
    attribution: str = ""
    generation: int = 0

    def reach(
        self, lat: float, lon: float, profile: Profile, limit_s: int, targets: Targets, *, is_arriving: bool = False
    ) -> Reached | Gap:
        """Return the targets within ``limit_s``; the direction makes no difference."""
        del is_arriving
        seconds, metres = self._told(metres_between(lat, lon, targets.lat, targets.lon), profile)
        found = np.flatnonzero(seconds <= limit_s)
        return Reached(found.astype(I32), seconds[found], metres[found], _risk(metres[found], profile))

    def way(self, start: Point, end: Point, profile: Profile) -> Way | Gap:
        """Return the straight line, with what walking it would likely come to."""
        seconds, metres = self._told(metres_between(*start, *end), profile)
        told = int(seconds), int(metres)
        step = Step("estimate", "", "", told[1], told[0], turn_degrees=0, first_point=0)
        return Way(*told, (start, end), (step,), is_estimate=True, risk_m=int(_risk(metres, profile)))

    def between(self, stops: Targets, profile: Profile, limit_s: int = 600, *, only: Array | None = None) -> Walks:
        """Return the ways between stops that are near enough; only those within the same band of latitude are looked at."""
        band = limit_s * profile.speed / 1000 / self.factor / METRES_A_DEGREE
        order = np.argsort(stops.lat, kind="stable")
        lat = stops.lat[order]
        low, high = np.searchsorted(lat, lat - band), np.searchsorted(lat, lat + band, side="right")
        begins, rows = [], []
        for n in range(len(order)) if only is None else np.flatnonzero(only[order]).tolist():
            here, near = order[n], order[low[n] : high[n]]
            seconds, metres = self._told(
                metres_between(stops.lat[here], stops.lon[here], stops.lat[near], stops.lon[near]), profile
            )
            kept = (seconds <= limit_s) & (near != here)
            begins.append(np.full(int(kept.sum()), here))
            rows.append(np.stack((near[kept], seconds[kept], metres[kept])))
        begin = np.concatenate([np.zeros(0), *begins]).astype(I32)
        end, seconds, metres = np.concatenate([np.zeros((3, 0)), *rows], axis=1).astype(I32)
        by = np.lexsort((end, begin))
        return Walks(begin[by], end[by], seconds[by], metres[by], _risk(metres[by], profile))

    def with_closures(self, closures: Sequence[Closure]) -> "Straight":
        """Return the same: who knows no streets cannot tell which of them are closed."""
        del closures
        return self

    def are_touched(self, stops: Targets, profile: Profile, limit_s: int) -> Array:
        """Nothing is known of any street."""
        del profile, limit_s
        return np.zeros(len(stops), dtype=np.bool_)

    def spread(self, starts: Targets, seconds: Array, profile: Profile, limit_s: int, cells: Cells) -> Array:
        """Return when each cell's middle is reached: a disc around each place."""
        field, begin_ms = cells.empty(), (np.asarray(seconds) * 1000).astype(I32)
        as_the_crow_flies(
            starts.lat, starts.lon, begin_ms, limit_s * 1000, self.factor * 1e6 / profile.speed, cells, field
        )
        return field

    def prepare(self, profiles: Sequence[Profile], targets: Sequence[Targets] = ()) -> None:
        """Ask once, so that all is compiled."""
        del targets
        here = Targets.of([(0.0, 0.0)])
        for profile in profiles[:1]:
            self.spread(here, np.zeros(1), profile, 60, Cells.around(here.lat, here.lon, 100, 100.0))

    def _told(self, crow_m: Array, profile: Profile) -> tuple[Array, Array]:
        """Return whole seconds, rounded up, and whole metres."""
        metres = np.asarray(crow_m * self.factor)
        seconds = np.ceil(np.round(metres * 1000 / profile.speed, 3)).astype(I32)
        return seconds, np.round(metres).astype(I32)


def _risk(metres: Array, profile: Profile) -> Array:
    """Nothing is known of the way: for whom that matters, all of it is at risk."""
    return metres if profile.minds_unknown else np.zeros_like(metres)
