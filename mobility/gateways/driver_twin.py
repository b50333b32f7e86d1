"""Twins of the city's own drivers: two made-up cars that take turns on one line and tell where they are, and nothing else.

How late they are follows from that, as with real ones. What the line's operator tells leaves the line out.
"""

from collections.abc import Iterable

import msgspec

from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import VehicleNews
from mobility.engine.network import Network
from mobility.gateways.made_up import MadeUp, trips_of

CARS = 2


class DriverTwin:
    """Drives the trips of one line of a timetable; ``line`` is the line's own id there."""

    def __init__(self, feed: str, line: str) -> None:
        """Take the slug of the timetable, and the line."""
        self.feed, self.line = feed, line

    def now(self, network: Network, *, at: int) -> Iterable[VehicleNews]:
        """Return where the cars are at an instant (POSIX seconds); none where the network has no such line."""
        catalogue = catalogue_for(network.catalogues, self.feed)
        if catalogue is None or self.line not in catalogue.route_of:
            return []
        trips = trips_of(network, self.feed, only=self.line)
        turns = {own: n % CARS + 1 for n, own in enumerate(trips.values())}
        name = network.feed.directory.route_name(catalogue.route_of[self.line], "ja")
        vehicles = MadeUp(network, catalogue, trips).vehicles(at).values()
        return [self._car(each, name, turns[each.trip.trip_id]) for each in vehicles]

    def _car(self, vehicle: VehicleNews, name: str, number: int) -> VehicleNews:
        return msgspec.structs.replace(vehicle, id=f"{self.line}-{number}", label=f"{name} {number}（見本）")
