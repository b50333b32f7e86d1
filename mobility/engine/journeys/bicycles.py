"""Shared bicycles as part of a journey: on foot to a dock that has one, ridden to a dock that has room, on foot from there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mobility.engine.bikes import Tariff
from mobility.engine.journeys.approaches import Approach, Approaches, spot_of
from mobility.engine.journeys.asking import Ask, Spot
from mobility.engine.journeys.plans import Leg
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES, Gap, Profile, Reached, Targets

HANDLING_S = 60
"""Unlocking and giving back, each time."""
TO_DOCK_S, RIDE_S, FROM_DOCK_S = 600, 1800, 300
NEAREST = 3
"""So many docks around a place are tried."""
BICYCLE = PROFILES["bicycle"]


class Dock(NamedTuple):
    """Where bicycles stand: how many can be taken, and how many places are free to give one back; None where nobody tells.

    ``tariffs`` are those of the kinds that stand there, None for a kind whose price is not known.
    """

    id: str
    lat: float
    lon: float
    bikes: int
    room: int | None
    tariffs: tuple[Tariff | None, ...] = ()

    def price(self, seconds: int) -> int | None:
        """Return what a ride on the cheapest kind costs in yen; None where no price is known."""
        return min((tariff.yen(seconds) for tariff in self.tariffs if tariff is not None), default=None)


class _Away(NamedTuple):
    """A dock that is reached from (or leads to) a place, and how."""

    dock: int
    seconds: int
    metres: int
    risk_m: int


@dataclass(eq=False)
class SharedBicycles:
    """The docks as they stand now. Make one anew when they or the streets change: ways are kept within.

    A ride is paid from unlocking until it is given back, by the tariffs of the dock where it was taken.
    """

    docks: Sequence[Dock]
    _ways: dict[tuple[int, Profile, bool], Reached | Gap] = field(default_factory=dict, repr=False)

    @cached_property
    def targets(self) -> Targets:
        """Return where the docks are."""
        return Targets.of([(dock.lat, dock.lon) for dock in self.docks])

    def approaches(self, network: Network, ask: Ask, spot: Spot, *, is_arriving: bool) -> Approaches:
        """Return the stops that a bicycle brings one to (or from)."""
        ways = [
            (stop, Approach(legs))
            for near in self._near(network, ask, spot, is_arriving=is_arriving)
            for far in self._ridden(network, near.dock, is_arriving=is_arriving)
            for stop, legs in self._stops(network, ask, near, far, spot, is_arriving=is_arriving)
        ]
        ways.sort(key=lambda way: -way[1].seconds)
        return dict(ways)  # of two ways to a stop the quicker one comes later, and stays

    def direct(self, network: Network, ask: Ask) -> Sequence[Approach]:
        """Return the quickest way by bicycle from door to door, if there is one."""
        goals = {each.dock: each for each in self._near(network, ask, ask.goal, is_arriving=True)}
        ways = [
            self._legs((near, far, goals[far.dock]), ask.start, ask.goal)
            for near in self._near(network, ask, ask.start, is_arriving=False)
            for far in self._ridden(network, near.dock, is_arriving=False)
            if far.dock in goals
        ]
        return [Approach(min(ways, key=lambda legs: legs[-1].arrive_at))] if ways else []

    def between(self, network: Network, ask: Ask, stops: Sequence[tuple[int, int]]) -> Sequence[Approach | None]:
        """Nobody is sent from one ride to another by bicycle."""
        del network, ask
        return [None] * len(stops)

    def _near(self, network: Network, ask: Ask, spot: Spot, *, is_arriving: bool) -> list[_Away]:
        """Return the nearest docks to walk to that have a bicycle (or room, where one comes from there)."""
        if not self.docks:
            return []
        reached = network.streets.reach(
            spot.lat, spot.lon, ask.walk, min(TO_DOCK_S, ask.most_walk_s), self.targets, is_arriving=is_arriving
        )
        found = [each for each in _rows(reached) if self._serves(each.dock, is_end=is_arriving)]
        return sorted(found, key=lambda each: each.seconds)[:NEAREST]

    def _ridden(self, network: Network, dock: int, *, is_arriving: bool) -> list[_Away]:
        """Return the docks that are ridden to from a dock (or that one rides from to it)."""
        key = (dock, BICYCLE, is_arriving)
        if key not in self._ways:
            here = self.docks[dock]
            self._ways[key] = network.streets.reach(
                here.lat, here.lon, BICYCLE, RIDE_S, self.targets, is_arriving=is_arriving
            )
        return [
            each
            for each in _rows(self._ways[key])
            if each.dock != dock and self._serves(each.dock, is_end=not is_arriving)
        ]

    def _stops(
        self, network: Network, ask: Ask, near: _Away, far: _Away, spot: Spot, *, is_arriving: bool
    ) -> Iterator[tuple[int, tuple[Leg, ...]]]:
        """Give out the stops around the dock at the far end, each with the whole way."""
        key = (far.dock, ask.walk, is_arriving)
        if key not in self._ways:
            dock = self.docks[far.dock]
            self._ways[key] = network.streets.reach(
                dock.lat, dock.lon, ask.walk, FROM_DOCK_S, network.targets, is_arriving=is_arriving
            )
        for last in _rows(self._ways[key]):
            if last.seconds > ask.most_walk_s:
                continue
            stop = int(network.boarded[last.dock])
            there = spot_of(network, stop)
            if is_arriving:
                yield stop, self._legs((last._replace(dock=far.dock), far._replace(dock=near.dock), near), there, spot)
            else:
                yield stop, self._legs((near, far, last), spot, there)

    def _legs(self, parts: tuple[_Away, _Away, _Away], start: Spot, goal: Spot) -> tuple[Leg, ...]:
        """Return walk, ride and walk; ``parts`` name the dock taken from, the dock given back to, and the walk from there."""
        first, ride, last = parts
        a, b = (Spot(self.docks[n].lat, self.docks[n].lon) for n in (first.dock, ride.dock))
        at = first.seconds + ride.seconds + 2 * HANDLING_S
        offer = f"{self.docks[first.dock].id}>{self.docks[ride.dock].id}"
        price = self.docks[first.dock].price(at - first.seconds)
        legs = (
            Leg("walk", start, a, 0, first.seconds, first.metres, first.risk_m),
            Leg("bicycle", a, b, first.seconds, at, ride.metres, ride.risk_m, offer=offer, price=price),
            Leg("walk", b, goal, at, at + last.seconds, last.metres, last.risk_m),
        )
        return tuple(leg for leg in legs if leg.seconds)

    def _serves(self, dock: int, *, is_end: bool) -> bool:
        here = self.docks[dock]
        return here.room is None or here.room > 0 if is_end else here.bikes > 0


def _rows(reached: Reached | Gap) -> Iterator[_Away]:
    if not isinstance(reached, Gap):
        for row in zip(*(column.tolist() for column in reached), strict=True):
            yield _Away(*row)
