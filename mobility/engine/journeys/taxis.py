"""The demand taxi as part of a journey: to the stops that matter, from them, or from door to door, where somebody offers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from mobility.engine.journeys.approaches import Approach, Approaches, spot_of
from mobility.engine.journeys.asking import Ask, Spot
from mobility.engine.journeys.plans import Leg
from mobility.engine.network import Network
from mobility.engine.streets.earth import metres_between

NEAREST, AWAY_M = 8, 8000
"""A taxi is asked for to the stops with most departures among those within so many metres, and no more of them."""


class Offer(NamedTuple):
    """A ride that is offered: how long it takes at most, its price in yen, by which name it can be had, and from which second on.

    ``seconds`` counts from the promised pick-up to the latest drop-off; ``not_before`` is a second of the asked day.
    """

    seconds: int
    metres: int
    price_yen: int
    id: str
    not_before: int


class Quotes(Protocol):
    """Who offers rides: the dispatcher of the demand taxi, or its twin."""

    def quote(self, rides: Sequence[tuple[Spot, Spot]], ask: Ask, network: Network) -> Sequence[Offer | None]:
        """Return an offer for each ride, None where nobody would go; one call for all of them.

        ``network`` knows the streets as they are about the asked time, less those that are closed.
        """
        ...


@dataclass(eq=False)
class Taxis:
    """The taxi among the carriers of journeys."""

    quotes: Quotes

    def approaches(self, network: Network, ask: Ask, spot: Spot, *, is_arriving: bool) -> Approaches:
        """Return the stops that a taxi brings one to (or from)."""
        stops = self._stops(network, spot)
        there = [spot_of(network, stop) for stop in stops]
        rides = [(place, spot) if is_arriving else (spot, place) for place in there]
        ways = self._offered(network, ask, rides)
        return {stop: way for stop, way in zip(stops, ways, strict=True) if way is not None}

    def direct(self, network: Network, ask: Ask) -> Sequence[Approach]:
        """Return the ride from door to door, if it is offered."""
        return [way for way in self._offered(network, ask, [(ask.start, ask.goal)]) if way is not None]

    def between(self, network: Network, ask: Ask, stops: Sequence[tuple[int, int]]) -> Sequence[Approach | None]:
        """Return the rides from stops to stops, None where none is offered."""
        return self._offered(network, ask, [(spot_of(network, a), spot_of(network, b)) for a, b in stops])

    def _offered(self, network: Network, ask: Ask, rides: Sequence[tuple[Spot, Spot]]) -> list[Approach | None]:
        offers = self.quotes.quote(rides, ask, network)
        return [
            None if offer is None else Approach((_leg(*ends, offer),), offer.not_before)
            for ends, offer in zip(rides, offers, strict=True)
        ]

    def _stops(self, network: Network, spot: Spot) -> Sequence[int]:
        """Return the stops near a place at which most vehicles call, one a station or name."""
        metres = metres_between(spot.lat, spot.lon, network.targets.lat, network.targets.lon)
        near = np.flatnonzero(metres <= AWAY_M)
        order = near[np.argsort(-network.calls[near], kind="stable")]
        chosen: dict[object, int] = {}
        for target in order.tolist():
            stop = int(network.boarded[target])
            chosen.setdefault((network.station_of(stop), network.feed.stop_name[stop]), stop)
            if len(chosen) == NEAREST:
                break
        return list(chosen.values())


def _leg(start: Spot, end: Spot, offer: Offer) -> Leg:
    return Leg("taxi", start, end, 0, offer.seconds, offer.metres, offer=offer.id, price=offer.price_yen)
