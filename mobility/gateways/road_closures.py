"""Which roads are closed: the protocol that whoever keeps closures fills. In a demo city a twin of a road office fills it too.

What the town's things say of themselves (entities of the type ``RoadClosure``) is read in any case; nobody else tells of closures
until somebody registers.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from mobility.engine.road_closures import RoadClosure


class RoadClosures(Protocol):
    """Knows closed roads: those that are closed now, and those that are to be."""

    def known(self, *, at: datetime) -> Iterable[RoadClosure]:
        """Return closures as they are known at an instant; those that are over may be among them."""
        ...


_registered: list[RoadClosures] = []


def register_closures(closures: RoadClosures) -> None:
    """Take who knows closed roads."""
    _registered.append(closures)


def withdraw_closures(closures: RoadClosures) -> None:
    """Let go of them."""
    _registered.remove(closures)


def road_closures(*, at: datetime) -> list[RoadClosure]:
    """Return what all of them know."""
    return [closure for each in _registered for closure in each.known(at=at)]
