"""Fares by route and zones (``fare_attributes.txt``, ``fare_rules.txt``): the cheapest that applies, and tickets one may change on.

In GTFS-JP every stop is a zone of its own, and a bus line's fares are a triangle of pairs: 82,568 rules for one operator. So rules
are one sorted array of numbers, each made of route, origin and destination, and a look-up is a halving.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec

from mobility.engine.fares.riders import IN_FULL, Payer
from mobility.engine.fares.rides import UNLIMITED, Fare, Line, Ride, changes_among, line_of
from mobility.engine.timetable.arrays import Array

ANY = 0
"""Stands for a blank in a rule, and for a stop without a zone; real ones are numbered from 1."""


MOST_CHANGES, MOST_RULED = 30, 4096
"""More changes than anybody makes on one ticket that allows any number; and how many look-ups are remembered."""


class Through(msgspec.Struct, frozen=True, array_like=True):
    """A rule that holds for whoever passes exactly these zones."""

    fare: int
    route: int
    origin: int
    destination: int
    zones: frozenset[int]


class Texts(msgspec.Struct, frozen=True, array_like=True):
    """The words of a feed's fares, and what is too small for an array.

    ``shapes`` says which of route, origin and destination rules name.
    """

    fares: list[str]
    currencies: list[str]
    routes: list[str]
    zones: list[str]
    stops: list[str]
    shapes: list[tuple[bool, bool, bool]]
    through: list[Through]


class _Part(NamedTuple):
    """How the first so many rides are paid: how many of them nobody knows, for how much, and by which tickets."""

    unknown: int
    amount: int
    tickets: tuple[tuple[int, Fare | None], ...]


@dataclass(frozen=True)
class ZoneFares:
    """One feed's fares. By fare: price (smallest unit), currency, transfers and duration (-1 without limit), ``before``, agency.

    ``keys`` are sorted, the cheaper first within one key; ``key_fare`` is each one's fare. Routes have an agency, stops a zone.
    """

    texts: Texts
    price: Array
    currency_of: Array
    transfers: Array
    duration: Array
    before: Array
    agency: Array
    route_agency: Array
    stop_zone: Array
    keys: Array
    key_fare: Array

    @property
    def currency(self) -> str:
        """Return the currency of the first fare."""
        return self.texts.currencies[0]

    @cached_property
    def route_index(self) -> Mapping[str, int]:
        """Find a route by its id."""
        return {name: n for n, name in enumerate(self.texts.routes, 1)}

    @cached_property
    def stop_index(self) -> Mapping[str, int]:
        """Find a stop by its id."""
        return {name: n for n, name in enumerate(self.texts.stops)}

    @cached_property
    def by_zones(self) -> Mapping[frozenset[int], Sequence[Through]]:
        """Find the rules for who passes just these zones."""
        found: dict[frozenset[int], list[Through]] = {}
        for each in self.texts.through:
            found.setdefault(each.zones, []).append(each)
        return found

    @cached_property
    def most_changes(self) -> int:
        """Return how often one may change on any of the fares; a search tries no more rides on one ticket."""
        if not len(self.transfers):
            return 0
        return MOST_CHANGES if int(self.transfers.min()) == UNLIMITED else int(self.transfers.max())

    def zones_of(self, stop: str) -> Sequence[str]:
        """Return the zone of a stop; none where it has none."""
        zone = self._zone(stop)
        return [self.texts.zones[zone - 1]] if zone > ANY else []

    def of_ride(self, ride: Ride, payer: Payer = IN_FULL) -> Fare | None:
        """Return the cheapest fare of one ride; None where no rule knows it."""
        return self._ticket([ride], payer)

    def price_rides(self, rides: Sequence[tuple[int, Ride]], payer: Payer) -> list[Line]:
        """Return the lines of several rides in order, each with its number, cheapest all told: a ticket may pay for several."""
        best = [_Part(0, 0, ())]
        for end in range(1, len(rides) + 1):
            ways = []
            for begin in range(end):
                if changes_among([ride for _n, ride in rides[begin:end]]) > self.most_changes:
                    continue
                ticket = self._ticket([ride for _n, ride in rides[begin:end]], payer)
                if ticket is None and end - begin > 1:
                    continue
                unknown, amount, tickets = best[begin]
                ways.append(
                    _Part(
                        unknown + (ticket is None),
                        amount + (ticket.amount if ticket else 0),
                        (*tickets, (begin, ticket)),
                    )
                )
            best.append(min(ways, key=lambda way: (way.unknown, way.amount, len(way.tickets))))
        bought = dict(best[-1].tickets)
        lines: list[Line] = []
        held: Fare | None = None
        for n, (number, ride) in enumerate(rides):
            if n in bought:
                held = bought[n]
                lines.append(line_of(number, held))
            elif held is not None:
                lines.append(line_of(number, held._replace(amount=0, why="through" if ride.is_seated else "change")))
        return lines

    def _ticket(self, rides: Sequence[Ride], payer: Payer) -> Fare | None:
        """Return the cheapest fare that pays for all of these rides."""
        fares = self._applying(rides)
        changes, span = changes_among(rides), rides[-1].leaves - rides[0].leaves
        if changes:
            fares = frozenset(fare for fare in fares if self._allows(fare, changes, span))
        if not fares:
            return None
        return self._fare(min(fares, key=lambda fare: (int(self.price[fare]), fare)), payer)

    def _allows(self, fare: int, changes: int, span: int) -> bool:
        transfers, duration = int(self.transfers[fare]), int(self.duration[fare])
        return (transfers == UNLIMITED or changes <= transfers) and (duration == UNLIMITED or span <= duration)

    def _applying(self, rides: Sequence[Ride]) -> frozenset[int]:
        """Return the fares with a rule for the route of every ride, from where the first begins to where the last ends."""
        origin, destination = self._zone(rides[0].board), self._zone(rides[-1].alight)
        routes = frozenset(self.route_index.get(ride.route, -1) for ride in rides)
        if origin < 0 or destination < 0 or -1 in routes:
            return frozenset()
        passed = self._passed(rides) if self.texts.through else frozenset()
        return self._ruled(routes, origin, destination, passed)

    @cached_property
    def _ruled(self) -> Callable[[frozenset[int], int, int, frozenset[int]], frozenset[int]]:
        """Look up fares by routes and zones; what was asked for lately is remembered."""
        return lru_cache(MOST_RULED)(self._looked_up)

    def _looked_up(
        self, routes: frozenset[int], origin: int, destination: int, passed: frozenset[int]
    ) -> frozenset[int]:
        found: set[int] | None = None
        for route in routes:
            fares = set(self._by_key(route, origin, destination))
            fares |= {
                each.fare
                for each in self.by_zones.get(passed, ())
                if each.route in (ANY, route)
                and each.origin in (ANY, origin)
                and each.destination in (ANY, destination)
            }
            agency = self.route_agency[route]
            fares = {fare for fare in fares if self.agency[fare] in (ANY, agency)}
            found = fares if found is None else found & fares
        return frozenset(found or ())

    def _by_key(self, route: int, origin: int, destination: int) -> Iterator[int]:
        zones = len(self.texts.zones) + 1
        for by_route, by_origin, by_destination in self.texts.shapes:
            key = ((route if by_route else ANY) * zones + (origin if by_origin else ANY)) * zones
            key += destination if by_destination else ANY
            n = int(self.keys.searchsorted(key))
            while n < len(self.keys) and self.keys[n] == key:
                yield int(self.key_fare[n])
                n += 1

    def _passed(self, rides: Sequence[Ride]) -> frozenset[int]:
        zones = {self._zone(stop) for ride in rides for stop in (ride.board, *ride.through, ride.alight)}
        return frozenset(zones - {ANY, -1})

    def _zone(self, stop: str) -> int:
        """Return a stop's zone, ``ANY`` where it has none, -1 where there is no such stop."""
        n = self.stop_index.get(stop)
        return -1 if n is None else int(self.stop_zone[n])

    def _fare(self, fare: int, payer: Payer) -> Fare:
        currency = self.texts.currencies[self.currency_of[fare]]
        return Fare(
            id=self.texts.fares[fare], name="", amount=payer.pays(int(self.price[fare]), currency), currency=currency,
            why=payer.why, transfers=int(self.transfers[fare]), duration_s=int(self.duration[fare]),
            is_paid_before=bool(self.before[fare]),
        )  # fmt: skip
