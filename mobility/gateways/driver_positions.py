"""Where the city's own drivers are, as their tablets tell: the protocol that whoever keeps them fills, and a twin of it.

Nobody drives for the city until somebody registers.
"""

from collections.abc import Iterable
from typing import Protocol

from mobility.engine.live.news import VehicleNews
from mobility.engine.network import Network


class DriverPositions(Protocol):
    """Knows the vehicles of one timetable's operator."""

    @property
    def feed(self) -> str:
        """Return the slug of the timetable that they drive."""
        ...

    def now(self, network: Network, *, at: int) -> Iterable[VehicleNews]:
        """Return where they are at an instant (POSIX seconds); trips are told by the feed's own ids."""
        ...


_registered: list[DriverPositions] = []


def register_drivers(drivers: DriverPositions) -> None:
    """Take who knows where drivers are."""
    _registered.append(drivers)


def withdraw_drivers(drivers: DriverPositions) -> None:
    """Let go of them."""
    _registered.remove(drivers)


def driver_positions(network: Network, *, at: int) -> dict[str, list[VehicleNews]]:
    """Return where all drivers are, by the slug of the timetable that they drive."""
    found: dict[str, list[VehicleNews]] = {}
    for drivers in _registered:
        found.setdefault(drivers.feed, []).extend(drivers.now(network, at=at))
    return found
