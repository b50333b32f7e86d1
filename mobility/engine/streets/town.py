"""A town whose map does not reach everywhere: where it does not, ways are estimated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from mobility.engine.streets.cells import Cells
from mobility.engine.streets.closures import Closure
from mobility.engine.streets.profiles import Profile
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.straight import Straight
from mobility.engine.streets.street_map import StreetMap
from mobility.engine.streets.words import Gap, Point, Reached, Targets, Walks, Way
from mobility.engine.timetable.arrays import Array

MARGIN_PER_CENT = 0.5
"""So much of a map on each side is not counted as covered: there single long roads lead out of it."""

KEPT_UNTOLD = 48


@dataclass(frozen=True, eq=False)
class Town:
    """Streets of a map, and estimates for places that it says nothing of.

    It speaks of what lies on its streets, and of all that lies in its midst: there a place far from every street is refused,
    for the map knows better. Every answer of one pair of places is by the same of the two.
    """

    map: StreetMap
    straight: Straight

    @property
    def attribution(self) -> str:
        """Return whose map this is."""
        return self.map.attribution

    @property
    def generation(self) -> int:
        """Return that of the map."""
        return self.map.generation

    def with_closures(self, closures: Sequence[Closure]) -> "Town":
        """Return the same town with these closures and no others; :raises NoPlace: for a geometry that is none."""
        other = Town(self.map.with_closures(closures), self.straight)
        vars(other)["_midst"] = self._midst
        return other

    def are_touched(self, stops: Targets, profile: Profile, limit_s: int) -> Array:
        """Tell what the map tells: of what lies beyond it no street is known."""
        return self.map.are_touched(stops, profile, limit_s)

    def reach(
        self, lat: float, lon: float, profile: Profile, limit_s: int, targets: Targets, *, is_arriving: bool = False
    ) -> Reached | Gap:
        """Return the targets within ``limit_s``; those of which the map says nothing by an estimate."""
        if not self._is_told((lat, lon), profile):
            return self.straight.reach(lat, lon, profile, limit_s, targets)
        told = self.map.reach(lat, lon, profile, limit_s, targets, is_arriving=is_arriving)
        untold = self._untold(targets, profile)
        if isinstance(told, Gap) or not len(untold):
            return told
        crow = self.straight.reach(lat, lon, profile, limit_s, Targets(targets.lat[untold], targets.lon[untold]))
        if isinstance(crow, Gap):
            return told
        crow = crow._replace(target=untold[crow.target])
        both = [np.concatenate(each) for each in zip(told, crow, strict=True)]
        order = np.argsort(both[0], kind="stable")
        return Reached(*(each[order] for each in both))

    def way(self, start: Point, end: Point, profile: Profile) -> Way | Gap:
        """Return the way over the map where it speaks of both ends, else an estimate."""
        if self._is_told(start, profile) and self._is_told(end, profile):
            return self.map.way(start, end, profile)
        return self.straight.way(start, end, profile)

    def between(self, stops: Targets, profile: Profile, limit_s: int = 600, *, only: Array | None = None) -> Walks:
        """Return the ways between stops, estimated where the map does not speak of both."""
        is_told = self._are_told(stops, profile)
        told, crow = (each.between(stops, profile, limit_s, only=only) for each in (self.map, self.straight))
        untold = ~(is_told[crow.begin] & is_told[crow.end])
        both = [np.concatenate((one, other[untold])) for one, other in zip(told, crow, strict=True)]
        order = np.lexsort((both[1], both[0]))
        return Walks(*(each[order] for each in both))

    def spread(self, starts: Targets, seconds: Array, profile: Profile, limit_s: int, cells: Cells) -> Array:
        """Return when each cell is reached first, along the streets from places on the map, across the open from others."""
        is_told = self._is_inside(starts.lat, starts.lon) | self.map.are_snapped(starts, profile)
        told, untold = (Targets(starts.lat[each], starts.lon[each]) for each in (is_told, ~is_told))
        field = self.map.spread(told, np.asarray(seconds)[is_told], profile, limit_s, cells)
        crow = self.straight.spread(untold, np.asarray(seconds)[~is_told], profile, limit_s, cells)
        least: Array = np.minimum(field, crow)
        return least

    def prepare(self, profiles: Sequence[Profile], targets: Sequence[Targets] = ()) -> None:
        """Prepare the map and the estimates."""
        self.map.prepare(profiles, targets)
        self.straight.prepare(profiles, targets)

    def _is_told(self, place: Point, profile: Profile) -> bool:
        return bool(self._is_inside(*place) or self.map.snapped(place, profile).edge[0] >= 0)

    @cached_property
    def _untold(self) -> Callable[[Targets, Profile], Array]:
        """Tell which targets the map says nothing of; remembered for those that are asked for again and again."""
        return lru_cache(KEPT_UNTOLD)(lambda targets, profile: np.flatnonzero(~self._are_told(targets, profile)))

    def _are_told(self, targets: Targets, profile: Profile) -> Array:
        told: Array = self._is_inside(targets.lat, targets.lon) | self.map.is_known(targets, profile)
        return told

    def _is_inside(self, lat: float | Array, lon: float | Array) -> Array:
        (south, north), (west, east) = self._midst
        inside: Array = (south <= np.asarray(lat)) & (lat <= north) & (west <= np.asarray(lon)) & (lon <= east)
        return inside

    @cached_property
    def _midst(self) -> tuple[Array, Array]:
        shares = (MARGIN_PER_CENT, 100 - MARGIN_PER_CENT)
        network = self.map.network
        south_north, west_east = (
            np.percentile(each, shares) / UNITS_A_DEGREE for each in (network.shape_lat, network.shape_lon)
        )
        return south_north, west_east
