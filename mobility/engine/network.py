"""All that journeys are made of, as one release has it: the feed, its timetable, the streets, and days laid out for searching."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np

from mobility.engine.fares import Fares
from mobility.engine.footpaths import Footpaths, footpaths_of, joined
from mobility.engine.gtfs.feed import Feed
from mobility.engine.gtfs.places import STATION, STOP
from mobility.engine.live import Catalogue, Overlay, Times, planned_times
from mobility.engine.live.members import catalogues
from mobility.engine.road_closures import RoadClosure
from mobility.engine.seats import Seats
from mobility.engine.streets import Gap, Profile, Streets, Targets, Walks, Way
from mobility.engine.timetable import Lanes, Timetable, lanes_of
from mobility.engine.timetable.arrays import I32, Array

SHARED = {
    "boarded", "targets", "calls", "stop_numbers", "route_numbers", "trip_numbers", "platforms", "catalogues",
}  # fmt: skip
MOST_DAYS, MOST_WAYS = 8, 4096
"""So many days are kept laid out, of which one of a town takes a few hundred kilobytes, and so many ways from stop to stop."""


@dataclass(eq=False)
class Network:
    """One release, opened. Nothing in it changes but what it remembers: days, and where stops lie on the streets.

    ``closures`` are the roads that are closed in ``streets``; ``open`` is then the network with nothing closed.
    """

    feed: Feed
    timetable: Timetable
    streets: Streets
    fares: Fares = field(default_factory=lambda: Fares({}))
    release: UUID | None = None
    live: Overlay | None = None
    closures: Sequence[RoadClosure] = ()
    open: "Network | None" = None
    remembered: dict[object, Any] = field(default_factory=dict, repr=False)
    """What others remember of stops and lines, such as how they are called in a language; shared as the network is."""
    _lanes: dict[tuple[date, bool], Lanes] = field(default_factory=dict, repr=False)
    kept_walks: dict[tuple[Profile, int], Walks] = field(default_factory=dict, repr=False)
    kept_footpaths: dict[Profile, Footpaths] = field(default_factory=dict, repr=False)
    kept_ways: dict[tuple[int, int, Profile], Way | Gap] = field(default_factory=dict, repr=False)

    def lanes(self, day: date, *, is_mirrored: bool = False) -> Lanes:
        """Return a day as a search walks through it; it is laid out once and kept, the oldest making room.

        Two threads that ask for a new day at once may both lay it out; one of the two equal results stays.
        """
        key = (day, is_mirrored)
        found = self._lanes.get(key)
        if found is None:
            if self.live is None:
                found = lanes_of(self.timetable, day, is_mirrored=is_mirrored)
            else:
                found = self.live.lanes(day, is_mirrored=is_mirrored)
            for oldest in list(self._lanes)[: max(0, len(self._lanes) - 2 * MOST_DAYS + 1)]:
                self._lanes.pop(oldest, None)
            self._lanes[key] = found
        return found

    def with_live(self, live: Overlay | None) -> "Network":
        """Return the same network as it runs now; what this one remembers of streets and names is shared, its days are not."""
        return self._like(live=live, _lanes={})

    def with_closures(self, closures: Sequence[RoadClosure]) -> "Network":
        """Return the same network, of which nothing was closed, with these roads closed.

        :raises NoPlace: for a geometry that is none.
        """
        _sought = self.targets  # once, so that both remember where they lie
        streets = self.streets.with_closures([each.on_streets() for each in closures])
        return self._like(
            streets=streets, closures=tuple(closures), open=self, kept_walks={}, kept_footpaths={}, kept_ways={}
        )

    def on_ground(self, other: "Network") -> "Network":
        """Return this network, as it runs now, on the streets of another of the same release, with all it remembers of them."""
        found = self._like(
            streets=other.streets, closures=other.closures, open=other.open, kept_walks=other.kept_walks,
            kept_footpaths=other.kept_footpaths, kept_ways=other.kept_ways,
        )  # fmt: skip
        vars(found)["seats"] = self.seats  # vehicles run alike on any ground
        return found

    def _like(self, **changes: Any) -> "Network":
        """Return another network of the same timetable: what this one knows of its names and places is shared."""
        other = replace(self, **changes)
        for name in SHARED & vars(self).keys():
            vars(other)[name] = vars(self)[name]
        return other

    def times(self, trip: int, day: date) -> Times:
        """Return how a trip of a service day runs, as it is known now; by the timetable where nobody tells."""
        return planned_times(self.timetable, trip) if self.live is None else self.live.times(trip, day)

    def stops(self, trip: int, day: date) -> Array:
        """Return at which stops a trip of a service day calls, as it is known now."""
        if self.live is not None and self.live.row(trip, day) is not None:
            return self.live.times(trip, day).stop
        pattern = self.timetable.trip_pattern[trip]
        called: Array = self.timetable.pattern_stop[
            self.timetable.pattern_start[pattern] : self.timetable.pattern_start[pattern + 1]
        ]
        return called

    def planned(self, trip: int) -> Times | None:
        """Return how a trip runs by the timetable; None for one that runs besides it."""
        return planned_times(self.timetable, trip) if trip < self.timetable.trips else None

    def route_of(self, trip: int, day: date) -> int:
        """Return the route of a trip, -1 where a trip that runs besides the timetable does not tell it."""
        if trip < self.timetable.trips:
            return int(self.feed.trip_route[trip])
        row = self.live.row(trip, day) if self.live else None
        return -1 if self.live is None or row is None else int(self.live.changes.route[row])

    def trip_name(self, trip: int) -> str:
        """Return the id of a trip, also of one that runs besides the timetable."""
        if trip < self.timetable.trips or self.live is None:
            return self.feed.trip_id[trip]
        return self.live.names[trip - self.timetable.trips]

    def walks(self, profile: Profile, limit_s: int) -> Walks:
        """Return the ways between stops for a profile; they are sought once and kept.

        Where roads are closed, only those are sought again that begin near one.
        """
        key = (profile, limit_s)
        found = self.kept_walks.get(key)
        if found is None:
            found = self.kept_walks[key] = self._walked(profile, limit_s)
        return found

    def _walked(self, profile: Profile, limit_s: int) -> Walks:
        if self.open is None:
            return self.streets.between(self.targets, profile, limit_s)
        is_near = self.streets.are_touched(self.targets, profile, limit_s)
        before = self.open.walks(profile, limit_s)
        if not is_near.any():
            return before
        return joined(before, self.streets.between(self.targets, profile, limit_s, only=is_near), is_near)

    def footpaths(self, profile: Profile) -> Footpaths:
        """Return the walks from stop to stop that a profile takes between rides."""
        found = self.kept_footpaths.get(profile)
        if found is None:
            found = self.kept_footpaths[profile] = footpaths_of(self, profile)
        return found

    def way_between(self, begin: int, end: int, profile: Profile) -> Way | Gap:
        """Return the way from stop to stop; ways that many change along are sought once, the first sought making room."""
        key = (begin, end, profile)
        found = self.kept_ways.get(key)
        if found is None:
            for oldest in list(self.kept_ways)[: max(0, len(self.kept_ways) - MOST_WAYS + 1)]:
                self.kept_ways.pop(oldest, None)
            lat, lon = self.feed.stop_lat, self.feed.stop_lon
            start, goal = ((float(lat[stop]), float(lon[stop])) for stop in (begin, end))
            found = self.kept_ways[key] = self.streets.way(start, goal, profile)
        return found

    @cached_property
    def seats(self) -> Seats:
        """Return what is ridden through, from one trip of a vehicle into its next."""
        return Seats(self)

    @cached_property
    def boarded(self) -> Array:
        """Return the stops at which vehicles call: targets and their numbers."""
        return np.unique(self.feed.stop).astype(I32)

    @cached_property
    def targets(self) -> Targets:
        """Return where these stops are; target ``n`` is stop ``boarded[n]``."""
        return Targets(self.feed.stop_lat[self.boarded].copy(), self.feed.stop_lon[self.boarded].copy())

    @cached_property
    def calls(self) -> Array:
        """Return how often all trips of the feed call at each target: how much it matters."""
        return np.bincount(self.feed.stop, minlength=len(self.feed.stop_id))[self.boarded]

    @cached_property
    def stop_numbers(self) -> Mapping[str, int]:
        """Find stops by their ids, and by the ids that other members have for a stop that they share (``slug:stop_id``)."""
        known: dict[str, int] = {}
        for member in self.feed.directory.members:
            if member.slug:
                for n in (member.stop >= 0).nonzero()[0].tolist():
                    known[f"{member.slug}:{self.feed.stop_id[n].partition(':')[2]}"] = n
        return known | {stop_id: n for n, stop_id in enumerate(self.feed.stop_id)}

    @cached_property
    def trip_numbers(self) -> Mapping[str, int]:
        """Find trips by their ids; of trips that repeat the first, the others follow it and share its ``directory.trip_row``."""
        return {trip_id: n for n, trip_id in reversed(list(enumerate(self.feed.trip_id)))}

    @cached_property
    def route_numbers(self) -> Mapping[str, int]:
        """Find routes by their ids."""
        return {route_id: n for n, route_id in enumerate(self.feed.route_id)}

    @cached_property
    def catalogues(self) -> Mapping[str, Catalogue]:
        """Find what running data means, by the slug of the member feed that it speaks of."""
        return catalogues(self.feed, self.timetable)

    @cached_property
    def platforms(self) -> Mapping[int, tuple[int, ...]]:
        """Find by a station the stops that belong to it."""
        found: dict[int, list[int]] = {}
        for n, (kind, parent) in enumerate(
            zip(self.feed.stop_kind.tolist(), self.feed.stop_parent.tolist(), strict=True)
        ):
            if kind == STOP and parent >= 0:
                found.setdefault(parent, []).append(n)
        return {station: tuple(stops) for station, stops in found.items()}

    @property
    def last_day(self) -> date:
        """Return the last day that the feed speaks of."""
        return date.fromordinal(self.feed.first_day.toordinal() + self.feed.runs.shape[1] - 1)

    def station_of(self, stop: int) -> int:
        """Return the station that a stop belongs to, or the stop itself."""
        parent = int(self.feed.stop_parent[stop])
        return parent if parent >= 0 and self.feed.stop_kind[parent] == STATION else stop
