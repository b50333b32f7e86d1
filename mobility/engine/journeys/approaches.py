"""The ways at both ends of a journey: from a place to the stops around it, on foot, by shared bicycle or by taxi."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from mobility.engine.journeys.asking import Ask, Spot
from mobility.engine.journeys.plans import Leg
from mobility.engine.network import Network
from mobility.engine.search import Ends
from mobility.engine.streets import Gap


@dataclass(frozen=True)
class Approach:
    """One way between a place and a stop: its legs, as if it began at second 0; it cannot be had before ``not_before``."""

    legs: tuple[Leg, ...]
    not_before: int = -(2**30)

    @property
    def seconds(self) -> int:
        """Return how long it takes."""
        return self.legs[-1].arrive_at if self.legs else 0


Approaches = Mapping[int, Approach]
"""By stop, the way to (or from) it."""


class Carrier(Protocol):
    """Who brings people to stops besides their own feet: a fleet of shared bicycles, the demand taxi."""

    def approaches(self, network: Network, ask: Ask, spot: Spot, *, is_arriving: bool) -> Approaches:
        """Return the ways that can be had about the asked time, by stop; with ``is_arriving`` they lead from the stops."""
        ...

    def direct(self, network: Network, ask: Ask) -> Sequence[Approach]:
        """Return ways from door to door."""
        ...

    def between(self, network: Network, ask: Ask, stops: Sequence[tuple[int, int]]) -> Sequence[Approach | None]:
        """Return ways from stops to stops, between two rides; None where there is none."""
        ...


def on_foot(network: Network, ask: Ask, spot: Spot, *, is_arriving: bool = False) -> Approaches | Gap:
    """Return the stops that can be walked to; a stop that is itself asked for, and a station's platforms, take no time."""
    found: dict[int, Approach] = {}
    reached = network.streets.reach(
        spot.lat, spot.lon, ask.walk, ask.most_walk_s, network.targets, is_arriving=is_arriving
    )
    if not isinstance(reached, Gap):
        stops = network.boarded[reached.target].tolist()
        rows = zip(stops, reached.seconds.tolist(), reached.metres.tolist(), reached.risk_m.tolist(), strict=True)
        for stop, seconds, metres, risk_m in rows:
            ends = (spot, spot_of(network, stop))
            begin, end = reversed(ends) if is_arriving else ends
            found[stop] = Approach((Leg("walk", begin, end, 0, seconds, metres, risk_m),) if seconds else ())
    for stop in own_stops(network, spot):
        found[stop] = Approach(())
    return found or (reached if isinstance(reached, Gap) else found)


def own_stops(network: Network, spot: Spot) -> tuple[int, ...]:
    """Return the stops that a place is, if it is one: itself, and its platforms where it is a station."""
    if spot.stop < 0:
        return ()
    return (spot.stop, *network.platforms.get(network.station_of(spot.stop), ()))


def spot_of(network: Network, stop: int) -> Spot:
    """Return where a stop is."""
    return Spot(float(network.feed.stop_lat[stop]), float(network.feed.stop_lon[stop]), stop)


def ends_of(approaches: Approaches, most_s: int | None = None) -> Ends:
    """Return them as a search takes them; those longer than ``most_s`` left out."""
    return Ends.of(
        {stop: each.seconds for stop, each in approaches.items() if most_s is None or each.seconds <= most_s}
    )
