"""Where the city's own drivers are, as their tablets tell: the protocol that whoever keeps them fills.

Nobody drives for the city until somebody registers; in a demo city its twin does (:mod:`mobility.gateways.driver_twin`).
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
        if told := list(drivers.now(network, at=at)):
            found.setdefault(drivers.feed, []).extend(told)
    return found
