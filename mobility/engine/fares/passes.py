"""Passes: on some days everything in some feeds, on some routes or within some zones is paid already."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from mobility.engine.fares.rides import Ride


class Pass(msgspec.Struct, frozen=True):
    """A pass that somebody holds. Both days are included and are service days: a bus after midnight belongs to the day before.

    ``feeds``, ``routes`` and ``zones`` each narrow it, and narrow nothing where they are empty. Zones (areas) are asked at both
    ends and, where it is known what a ride passes through, on the way. Routes and zones are those of a feed: name it with them.
    """

    id: str
    name: str
    first_day: date
    last_day: date
    feeds: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()

    def covers(self, ride: Ride, zones_of: Callable[[str], Sequence[str]]) -> bool:
        """Tell whether a ride is paid by it."""
        return (
            self.first_day <= ride.day <= self.last_day
            and (not self.feeds or ride.feed in self.feeds)
            and (not self.routes or ride.route in self.routes)
            and (not self.zones or self._is_within((ride.board, *ride.through, ride.alight), zones_of))
        )

    def _is_within(self, stops: Iterable[str], zones_of: Callable[[str], Sequence[str]]) -> bool:
        return all(not self.zones.isdisjoint(zones_of(stop)) for stop in stops)
