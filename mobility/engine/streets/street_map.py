"""Streets of a real map: the door to its searches, with what is closed just now."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.cells import Cells
from mobility.engine.streets.closures import Closure, closed_edges
from mobility.engine.streets.costs import Costs, costs_of
from mobility.engine.streets.earth import metres_between
from mobility.engine.streets.ends import COMING, LEAVING, NO_WAY
from mobility.engine.streets.fields import along_streets, off_the_streets
from mobility.engine.streets.islands import mainland
from mobility.engine.streets.lines import way_of
from mobility.engine.streets.pathfinding import find_way, globe_of
from mobility.engine.streets.profiles import Profile
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.room import Room
from mobility.engine.streets.snapping import MOST_OFF_M, Spots, snap
from mobility.engine.streets.spreading import reach
from mobility.engine.streets.words import Gap, Point, Reached, Targets, Walks, Way
from mobility.engine.timetable.arrays import I32, Array

OPENSTREETMAP = "© OpenStreetMap contributors"
"""What the Open Database License asks to be shown beside whatever is made from the map (opendatacommons.org/licenses/odbl, 4.3)."""
KEPT_PROFILES, KEPT_TARGETS = 24, 48
COARSE, COARSE_M = 0.001, 160
"""Closed places are looked at by squares of so many degrees; none is farther than so many metres from its square's middle."""
MOST_MS = NO_WAY - 1


class _Ground(NamedTuple):
    """What all generations of one map share."""

    network: Network
    room: Room
    globe: Array
    town: Callable[[Profile], Array]


class StreetMap:
    """Ways over a map. Nothing in it changes: closures make another one beside it."""

    def __init__(self, network: Network, *, attribution: str = OPENSTREETMAP) -> None:
        """Open a network with nothing closed."""
        nothing = np.zeros(network.edges, dtype=np.uint8)

        @lru_cache(KEPT_PROFILES)
        def town(rights: Profile) -> Array:
            """Return the edges that belong to the town with nothing closed."""
            return mainland(network, costs_of(network, rights, nothing))

        ground = _Ground(network, Room.of(network.nodes, len(network.arc_to)), globe_of(network), town)
        self._stand(ground, nothing, attribution, 0)

    def _stand(self, ground: _Ground, closed: Array, attribution: str, generation: int) -> None:
        self.network, self.closed, self._ground = ground.network, closed, ground
        self.attribution, self.generation = attribution, generation
        self._costs = lru_cache(KEPT_PROFILES)(self._costs_anew)
        self._usable = lru_cache(KEPT_PROFILES)(self._usable_anew)
        self._spots = lru_cache(KEPT_TARGETS)(self._spots_anew)

    def with_closures(self, closures: Sequence[Closure]) -> "StreetMap":
        """Return the same map with these closures and no others.

        :raises NoPlace: where a closure's geometry cannot be understood.
        """
        fresh = object.__new__(StreetMap)
        fresh._stand(self._ground, closed_edges(self.network, closures), self.attribution, self.generation + 1)
        return fresh

    def prepare(self, profiles: Sequence[Profile], targets: Sequence[Targets] = ()) -> None:
        """Reckon the profiles' costs and where targets lie, and ask once in every way, so that all is compiled."""
        network = self.network
        here, there = (
            (float(network.node_lat[n]) / UNITS_A_DEGREE, float(network.node_lon[n]) / UNITS_A_DEGREE)
            for n in (0, network.nodes - 1)
        )
        both = Targets.of([here, there])
        for profile in profiles:
            self._costs(profile)
            for each in targets:
                self._spots(each, _rights(profile))
            self.way(here, there, profile)
            self.between(both, profile, 60)
            self.spread(both, np.zeros(2), profile, 60, Cells.around(both.lat, both.lon, 100, 100.0))

    def is_known(self, targets: Targets, profile: Profile) -> Array:
        """Return for each target whether it lies on a street that the profile can use."""
        known: Array = self._spots(targets, _rights(profile)).edge >= 0
        return known

    def reach(
        self, lat: float, lon: float, profile: Profile, limit_s: int, targets: Targets, *, is_arriving: bool = False
    ) -> Reached | Gap:
        """Return the targets within ``limit_s``, by the best way for the profile to each."""
        start = self.snapped((lat, lon), profile)
        if start.edge[0] < 0:
            return Gap("end_off_streets" if is_arriving else "start_off_streets")
        goals = self._spots(targets, _rights(profile))
        return Reached(*self._reached(start, profile, limit_s, goals, COMING if is_arriving else LEAVING))

    def way(self, start: Point, end: Point, profile: Profile) -> Way | Gap:
        """Return the best way by cost, with its line and its steps."""
        one, other = self.snapped(start, profile), self.snapped(end, profile)
        for spot, where in ((one, "start"), (other, "end")):
            if spot.edge[0] < 0:
                return Gap("start_off_streets" if where == "start" else "end_off_streets")
        costs = self._costs(profile)
        totals, arcs = find_way(self.network, costs, self._ground.room, self._ground.globe, one, other)
        if totals[0] >= NO_WAY:
            return Gap("not_joined")
        return way_of(self.network, costs, one, other, [int(each) for each in totals], arcs.tolist())

    def between(self, stops: Targets, profile: Profile, limit_s: int = 600, *, only: Array | None = None) -> Walks:
        """Return the ways between all stops that lie on streets; one bounded search for each of them."""
        spots = self._spots(stops, _rights(profile))
        rows = [np.zeros((5, 0), dtype=I32)]
        begins = spots.edge >= 0 if only is None else (spots.edge >= 0) & only
        for n in np.flatnonzero(begins).tolist():
            told = self._reached(_one(spots, n), profile, limit_s, spots, LEAVING)
            away = told[:, told[0] != n]
            rows.append(np.concatenate((np.full((1, away.shape[1]), n, dtype=I32), away)))
        return Walks(*np.concatenate(rows, axis=1))

    def are_touched(self, stops: Targets, profile: Profile, limit_s: int) -> Array:
        """Tell which stops lie within a limit's walk, as the crow flies, of an edge that is closed for a profile."""
        network = self.network
        is_shut = (self.closed[network.shape_edge] & (1 << profile.mode)) != 0
        shut = np.stack((network.shape_lat[is_shut], network.shape_lon[is_shut])) / UNITS_A_DEGREE
        reach_m = limit_s * max(profile.speed, profile.off_street) / 1000 + MOST_OFF_M + COARSE_M
        touched = np.zeros(len(stops), dtype=np.bool_)
        for lat, lon in np.unique(np.round(shut / COARSE), axis=1).T * COARSE:
            touched |= metres_between(lat, lon, stops.lat, stops.lon) <= reach_m
        return touched

    def spread(self, starts: Targets, seconds: Array, profile: Profile, limit_s: int, cells: Cells) -> Array:
        """Return when each cell is reached along the streets and a cell's side off them; starts off the streets lead nowhere."""
        field, costs = cells.empty(), self._costs(profile)
        spots = self._spots_anew(starts, _rights(profile))
        begin_ms, limit_ms = (np.asarray(seconds) * 1000).astype(I32), min(MOST_MS, limit_s * 1000)
        along_streets(self.network, costs, self._ground.room, spots, begin_ms, limit_ms, cells, field)
        wider: Array = off_the_streets(cells, field, limit_ms, costs.off_ms)
        return wider

    def snapped(self, place: Point, profile: Profile) -> Spots:
        """Return where a place lies on the streets that a profile can use; its edge is -1 where that is nowhere."""
        return snap(self.network, self._usable(_rights(profile)), np.array(place[0]), np.array(place[1]))

    def are_snapped(self, places: Targets, profile: Profile) -> Array:
        """Tell the same as :meth:`is_known` of places that are asked for once."""
        snapped: Array = self._spots_anew(places, _rights(profile)).edge >= 0
        return snapped

    def costs(self, profile: Profile) -> Costs:
        """Return the costs of all edges for a profile."""
        return self._costs(profile)

    @property
    def room(self) -> Room:
        """Return where searches write."""
        return self._ground.room

    def _reached(self, start: Spots, profile: Profile, limit_s: int, goals: Spots, direction: int) -> Array:
        limit_ms = min(MOST_MS, max(0, limit_s) * 1000)
        told: Array = reach(self.network, self._costs(profile), self._ground.room, start, goals, limit_ms, direction)
        return told

    def _costs_anew(self, profile: Profile) -> Costs:
        return costs_of(self.network, profile, self.closed)

    def _usable_anew(self, rights: Profile) -> Array:
        """Return the edges on which somebody may be set down: those of the town as it is with nothing closed, less the closed.

        So whoever stands where closures cut the town in two is told that there is no way, and not set down beyond them.
        """
        usable: Array = np.where(self.closed & (1 << rights.mode), 0, self._ground.town(rights)).astype(np.uint8)
        return usable

    def _spots_anew(self, targets: Targets, rights: Profile) -> Spots:
        return snap(self.network, self._usable(rights), targets.lat, targets.lon)


@lru_cache(KEPT_PROFILES)
def _rights(profile: Profile) -> Profile:
    """Return a profile that can use the same streets and is the same for every speed."""
    return replace(
        profile, name="", speed=1000, off_street=1000, steps=min(profile.steps, 1), push=1000, percent_of_limit=100,
        climb_time=0, slope_cost=0, unknown_cost=100, signal_s=0, lift_s=0,
    )  # fmt: skip


def _one(spots: Spots, n: int) -> Spots:
    return Spots(*(each[n : n + 1] for each in spots))
