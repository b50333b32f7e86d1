"""Fares by legs (Fares v2): what a leg costs depends on its network, on the areas at both ends and on the time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from mobility.engine.fares.changes import Choice, Leg, price_legs
from mobility.engine.fares.leg_tables import LegRule, LegTables
from mobility.engine.fares.products import cheapest
from mobility.engine.fares.riders import IN_FULL, Payer
from mobility.engine.fares.rides import DAY_S, Fare, Line, Ride

Key = tuple[str, str, str]


@dataclass(frozen=True)
class LegFares:
    """One feed's fares by legs."""

    tables: LegTables

    @cached_property
    def currency(self) -> str:
        """Return the currency of the first product."""
        return next((each.currency for rows in self.tables.products.values() for each in rows), "")

    @cached_property
    def rules(self) -> Mapping[Key, Sequence[LegRule]]:
        """Find rules by network and areas."""
        found: dict[Key, list[LegRule]] = {}
        for rule in self.tables.rules:
            found.setdefault((rule.network, rule.origin, rule.destination), []).append(rule)
        return found

    @cached_property
    def listed(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Return the networks, origins and destinations that any rule names: without priorities a blank means all but these."""
        rules = self.tables.rules
        return (
            frozenset(rule.network for rule in rules),
            frozenset(rule.origin for rule in rules),
            frozenset(rule.destination for rule in rules),
        )

    def zones_of(self, stop: str) -> Sequence[str]:
        """Return the areas of a stop; those of its station where it has none of its own."""
        areas = self.tables.areas
        return areas.get(stop) or areas.get(self.tables.stations.get(stop, ""), [])

    def of_ride(self, ride: Ride, payer: Payer = IN_FULL) -> Fare | None:
        """Return the cheapest fare of one ride; None where no rule knows it."""
        choices = self.choices(ride, ride, payer)
        return min((each.fare for each in choices), key=lambda fare: fare.amount, default=None)

    def price_rides(self, rides: Sequence[tuple[int, Ride]], payer: Payer) -> list[Line]:
        """Return the lines of several rides in order, each with its number, cheapest all told by the rules for changes."""
        joined: list[list[tuple[int, Ride]]] = []
        for number, ride in rides:
            if joined and self._are_one_leg(joined[-1][-1][1], ride):
                joined[-1].append((number, ride))
            else:
                joined.append([(number, ride)])
        legs = [
            Leg([n for n, _ride in leg], leg[0][1], leg[-1][1], self.choices(leg[0][1], leg[-1][1], payer))
            for leg in joined
        ]
        return price_legs(self.tables, legs, payer)

    def choices(self, first: Ride, last: Ride, payer: Payer) -> list[Choice]:
        """Return how a leg from the first ride's start to the last one's end may be paid: of each group of rules the cheapest."""
        if first.route not in self.tables.networks:
            return []
        best: dict[str, Choice] = {}
        for rule in self._applying(first, last):
            fare = cheapest(self.tables.products[rule.product], self.tables.categories, self.tables.media, payer)
            if fare and (rule.group not in best or fare.amount < best[rule.group].fare.amount):
                best[rule.group] = Choice(rule.group, fare)
        return list(best.values())

    def _applying(self, first: Ride, last: Ride) -> list[LegRule]:
        """Return the rules that match: those of the highest priority, or without priorities those that say most about the time."""
        matching = [
            rule
            for key in self._keys(first, last)
            for rule in self.rules.get(key, ())
            if self._is_at(rule.at_begin, first.leaves) and self._is_at(rule.at_end, last.arrives)
        ]
        ranks = [
            rule.priority if self.tables.has_priority else bool(rule.at_begin) + bool(rule.at_end) for rule in matching
        ]
        highest = max(ranks, default=0)
        return [rule for rule, rank in zip(matching, ranks, strict=True) if rank == highest]

    def _keys(self, first: Ride, last: Ride) -> Iterable[Key]:
        network = self.tables.networks[first.route]
        origins, destinations = self.zones_of(first.board), self.zones_of(last.alight)
        if self.tables.has_priority:
            return product({network, ""}, {*origins, ""}, {*destinations, ""})
        networks, begins, ends = (
            {text if text in listed else "" for text in texts or [""]}
            for texts, listed in zip(([network], origins, destinations), self.listed, strict=True)
        )
        return product(networks, begins, ends)

    def _is_at(self, group: str, at: int) -> bool:
        day, second = divmod(at, DAY_S)
        return not group or any(
            span.begin_s <= second < span.end_s and day in self.tables.days.get(span.service, ())
            for span in self.tables.spans.get(group, ())
        )

    def _are_one_leg(self, one: Ride, other: Ride) -> bool:
        networks, stations = self.tables.networks, self.tables.stations
        network = networks.get(one.route)
        if network != networks.get(other.route):
            return False
        ends = {one.alight, stations.get(one.alight, one.alight)}
        begins = {other.board, stations.get(other.board, other.board)}
        return any(
            join.network == network
            and ((join.from_stop in ends and join.to_stop in begins) if join.from_stop else bool(ends & begins))
            for join in self.tables.joins
        )
