"""The network on which everybody plans: timetable, names, and what other subjects lay beside them. Nothing in it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from mobility.engine.gtfs.directory import Directory
from mobility.engine.gtfs.feed import Feed
from mobility.engine.timetable import Lanes, Timetable, lanes_of

DAYS_KEPT = 4


@dataclass(frozen=True)
class Network:
    """One release, as a process holds it. Stops, routes and trips are numbered as in ``feed``.

    ``stop_index`` finds a stop by its id, and by the id that any other member feed has for it (``slug:stop_id``); ``trip_index``
    a trip, of those that repeat the first: the others follow it and share its ``directory.trip_row``. ``parts`` is what other
    subjects have laid beside the timetable, by name.
    """

    release: UUID
    feed: Feed
    timetable: Timetable
    parts: Mapping[str, Any]
    stop_index: Mapping[str, int]
    route_index: Mapping[str, int]
    trip_index: Mapping[str, int]
    _days: dict[date, tuple[Lanes, Lanes]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, release: UUID, feed: Feed, timetable: Timetable, parts: Mapping[str, Any] | None = None) -> "Network":
        """Return a network with everything that finds things in it."""
        trips: dict[str, int] = {}
        for n, trip_id in enumerate(feed.trip_id):
            trips.setdefault(trip_id, n)
        routes = {route_id: n for n, route_id in enumerate(feed.route_id)}
        return cls(release, feed, timetable, parts or {}, _stops(feed), routes, trips)

    @property
    def directory(self) -> Directory:
        """Return what passengers read."""
        return self.feed.directory

    @property
    def fares(self) -> Any:
        """Return what is known of fares, None where nothing is."""
        return self.parts.get("fares")

    @property
    def streets(self) -> Any:
        """Return the streets between the stops, None where none are known."""
        return self.parts.get("streets")

    def lanes(self, day: date) -> tuple[Lanes, Lanes]:
        """Return the lanes of a day as they run, and mirrored; the last few days that were asked for are kept."""
        found = self._days.get(day)
        if found is None:
            found = lanes_of(self.timetable, day), lanes_of(self.timetable, day, is_mirrored=True)
            for old in list(self._days)[: len(self._days) - DAYS_KEPT + 1]:
                self._days.pop(old, None)
            self._days[day] = found
        return found


def _stops(feed: Feed) -> dict[str, int]:
    index: dict[str, int] = {}
    for member in feed.directory.members:
        for n in (member.stop >= 0).nonzero()[0].tolist():
            own = feed.stop_id[n].partition(":")[2] if member.slug else feed.stop_id[n]
            index[f"{member.slug}:{own}" if member.slug else own] = n
    return index | {stop_id: n for n, stop_id in enumerate(feed.stop_id)}
