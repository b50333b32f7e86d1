"""A second opinion on fares: every rule of a feed is read again for every ride. Slow, obvious, and none of the product's code.

It knows ``fare_attributes.txt`` and ``fare_rules.txt``. Ask ``of_rides`` for a journey and ``of_ride`` for one ride.
"""

import csv
import io
from decimal import Decimal

UNITS = {"JPY": 1, "BRL": 100}


class FareOracle:
    """One feed, as it is written."""

    def __init__(self, files):
        """Read all rows that fares are made of."""
        self.fares = {row["fare_id"]: row for row in rows(files, "fare_attributes.txt")}
        self.rules = rows(files, "fare_rules.txt")
        self.zone = {row["stop_id"]: row.get("zone_id") or "" for row in rows(files, "stops.txt")}
        self.routes = {row["route_id"] for row in rows(files, "routes.txt")}
        self._by_origin = {}
        for rule in self.rules:
            self._by_origin.setdefault(rule.get("origin_id") or "", []).append(rule)

    @property
    def currency(self):
        """Return in which currency the feed is paid."""
        return next((fare["currency_type"] for fare in self.fares.values()), "JPY")

    def of_ride(self, route, board, alight, through=()):
        """Return a ride's full fare in the smallest unit of its currency; None where the feed does not tell it."""
        return self.of_ticket([(route, board, alight, 0, through)])

    def of_rides(self, rides):
        """Return what rides cost at the least, bought in every way there is: (route, board, alight, leaves at, through) each.

        A sixth value tells that one stays in the vehicle of the ride before, and so does not change.

        The answer is (rides nobody knows the fare of, sum of the others); as few unknown as possible come first.
        """
        if not rides:
            return 0, 0
        ways = []
        for first in range(1, len(rides) + 1):
            ticket = self.of_ticket(rides[:first])
            if ticket is None and first > 1:
                continue
            unknown, amount = self.of_rides(rides[first:])
            ways.append((unknown + (ticket is None), amount + (ticket or 0)))
        return min(ways)

    def of_ticket(self, rides):
        """Return the cheapest single ticket for all of these rides; None where there is none."""
        if any(route not in self.routes for route, *_rest in rides):
            return None
        begin, end = self.zone[rides[0][1]], self.zone[rides[-1][2]]
        near = self._by_origin.get(begin, []) + (self._by_origin.get("", []) if begin else [])
        near = [rule for rule in near if (rule.get("destination_id") or "") in ("", end)]
        names = {rule["fare_id"] for rule in near} if self.rules else self.fares.keys()
        good = [
            name for name in names
            if self._allows(self.fares[name], rides) and (not self.rules or self._is_ruled(name, near, rides))
        ]  # fmt: skip
        return min((price(self.fares[name]) for name in good), default=None)

    def _allows(self, fare, rides):
        changes, taken = sum(not any(ride[5:]) for ride in rides[1:]), rides[-1][3] - rides[0][3]
        if changes and fare["transfers"] != "" and int(fare["transfers"]) < changes:
            return False
        return not (changes and fare.get("transfer_duration") and int(fare["transfer_duration"]) < taken)

    def _is_ruled(self, name, near, rides):
        """Tell whether each ride's route has a rule; of rules that name zones on the way, all together must name just those."""
        passed = {
            self.zone[stop] for _r, board, alight, _at, through, *_ in rides for stop in (board, *through, alight)
        } - {""}
        return all(self._has_rule(name, near, route, passed) for route, *_rest in rides)

    @staticmethod
    def _has_rule(name, near, route, passed):
        contained = {}
        for rule in near:
            named = rule.get("route_id") or ""
            if rule["fare_id"] == name and named in ("", route):
                key = named, rule.get("origin_id"), rule.get("destination_id")
                contained.setdefault(key, set()).add(rule.get("contains_id") or "")
        return any("" in zones or zones == passed for zones in contained.values())


def price(fare):
    """Return a row's price in the smallest unit."""
    return int(Decimal(fare["price"]) * UNITS[fare["currency_type"]])


def rows(files, name):
    """Return the rows of a file."""
    if name not in files:
        return []
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig")), skipinitialspace=True))
