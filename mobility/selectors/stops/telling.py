"""Stops, lines and departures in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mobility.engine.departures import Departure
from mobility.engine.network import Network
from mobility.engine.places import StopGroup
from mobility.selectors.journeys.asking import instant_of
from mobility.selectors.journeys.telling import POSSIBLE, line_told, stop_told
from mobility.selectors.journeys.words import TransitLine
from mobility.selectors.stops.words import DepartureTold, Possible, StopTold


class _Vehicle(NamedTuple):
    """What is known of a vehicle: its trip's id, its line (-1 unknown), where it goes, for whom."""

    id: str
    route: int
    headsign: str
    wheelchair: Possible


@dataclass
class StopTeller:
    """Tells of stops in one language."""

    network: Network
    language: str

    def stop(self, group: StopGroup) -> StopTold:
        """Return a stop as people mean it."""
        return self._stop(group.head, *group.at)

    def pole(self, stop: int) -> StopTold:
        """Return one pole or platform in the same words."""
        return self._stop(stop, float(self.network.feed.stop_lat[stop]), float(self.network.feed.stop_lon[stop]))

    def line(self, route: int) -> TransitLine:
        """Return a line; one that nobody knows is blank."""
        return line_told(self.network, route, self.language)

    def departure(self, each: Departure, day: date, last: Departure | None) -> DepartureTold:
        """Return a departure of the board of ``day``."""
        service_day = day + timedelta(seconds=each.shift)
        vehicle = self._vehicle(each, service_day)
        return DepartureTold(
            id=f"{vehicle.id}@{service_day:%Y%m%d}:{each.call}", trip=vehicle.id, day=service_day,
            line=self.line(vehicle.route), headsign=vehicle.headsign,
            platform=self.network.feed.directory.names.of("platform", each.stop, self.language),
            leaves_at=instant_of(day, each.expected_at), planned_at=instant_of(day, each.planned_at),
            delay_s=each.delay_s, state=each.state, is_last=each == last, wheelchair=vehicle.wheelchair,
        )  # fmt: skip

    def headsign(self, trip: int, call: int) -> str:
        """Return what stands on a vehicle, or the name of its last stop."""
        feed = self.network.feed
        begin, end = feed.trip_call[trip : trip + 2].tolist()
        told = feed.directory.headsign(trip, self.language, begin + call)
        return told or feed.directory.names.of("stop", int(feed.stop[end - 1]), self.language)

    def _vehicle(self, each: Departure, service_day: date) -> _Vehicle:
        trip, route = self.network.trip_name(each.trip), self.network.route_of(each.trip, service_day)
        if each.trip < self.network.timetable.trips:
            wheelchair = POSSIBLE[int(self.network.feed.directory.trip_wheelchair[each.trip])]
            return _Vehicle(trip, route, self.headsign(each.trip, each.call), wheelchair)
        goal = int(self.network.times(each.trip, service_day).stop[-1])
        return _Vehicle(trip, route, self.network.feed.directory.names.of("stop", goal, self.language), "unknown")

    def _stop(self, stop: int, lat: float, lon: float) -> StopTold:
        told = stop_told(self.network, stop, self.language)
        return StopTold(told.stop, told.name, told.reading, lat, lon)


def names_of(network: Network, stop: int) -> Mapping[str, str]:
    """Return a stop's names by language, the original under a blank."""
    return dict(network.feed.directory.names.forms("stop", stop))


def seconds_of(at: datetime, day: date) -> int:
    """Return how many seconds after the midnight of a day an instant is."""
    return int((at - instant_of(day, 0)).total_seconds())
