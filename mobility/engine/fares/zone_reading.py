"""Reads ``fare_attributes.txt`` and ``fare_rules.txt``."""

from collections.abc import Mapping, Sequence

import numpy as np

from mobility.engine.fares.amounts import amount_of
from mobility.engine.fares.rides import UNLIMITED
from mobility.engine.fares.zones import ANY, Texts, Through, ZoneFares
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.places import indexed
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import number_of
from mobility.engine.timetable.arrays import I32, Array

I64 = np.int64
MOST_DURATION_S = 31 * 86_400
MOST_KEY = 2**62


def read_zone_fares(tables: Mapping[str, Table], faults: Faults) -> ZoneFares | None:
    """Return the fares of a feed by route and zones; None where it has none. What is wrong is noted, and no such row is used.

    A fare that no rule names holds everywhere if there are no rules at all; else it is remarked, and holds nowhere. Operators of
    routes that are not there are left to whoever reads the routes.
    """
    attributes, rules = tables["fare_attributes.txt"], tables["fare_rules.txt"]
    if not len(attributes):
        return None
    fares = indexed(attributes, "fare_id", faults)
    agencies = {name: n for n, name in enumerate(tables["agency.txt"].column("agency_id"), 1) if name}
    routes, stops = tables["routes.txt"], tables["stops.txt"]
    zones = {name: n for n, name in enumerate(dict.fromkeys(filter(None, stops.column("zone_id"))), 1)}
    currencies = {name: n for n, name in enumerate(dict.fromkeys(attributes.column("currency_type")))}
    if (len(routes) + 1) * (len(zones) + 1) ** 2 > MOST_KEY:
        faults.add("zones_too_many", stops.file, value=len(zones))
        return None
    rows = _Rows(rules, fares, {name: n for n, name in enumerate(routes.column("route_id"), 1)}, zones, faults)
    price = _prices(attributes, faults)
    keys, key_fare, shapes = rows.sorted_by_key(price)
    used = set(key_fare.tolist()) | {each.fare for each in rows.through}
    if not len(rules):
        keys, key_fare, shapes = _everywhere(price)
    else:
        for name, fare in fares.items():
            if fare not in used:
                faults.remark("fare_without_rule", attributes.file, attributes.lines[fare], value=name)
    return ZoneFares(
        texts=Texts(
            list(attributes.column("fare_id")), list(currencies), list(routes.column("route_id")), list(zones),
            list(stops.column("stop_id")), shapes, rows.through,
        ),
        price=price,
        currency_of=np.array([currencies[text] for text in attributes.column("currency_type")], dtype=I32),
        transfers=_numbers(attributes, "transfers", 5, faults).astype(np.int16),
        duration=_numbers(attributes, "transfer_duration", MOST_DURATION_S, faults),
        before=_numbers(attributes, "payment_method", 1, faults) == 1,
        agency=_agencies(attributes, agencies, faults),
        route_agency=np.concatenate(([ANY], _agencies(routes, agencies, Faults()))).astype(I32),
        stop_zone=np.array([zones.get(text, ANY) for text in stops.column("zone_id")], dtype=I32),
        keys=keys,
        key_fare=key_fare,
    )  # fmt: skip


class _Rows:
    """The rules, each value as its number."""

    def __init__(
        self,
        table: Table,
        fares: Mapping[str, int],
        routes: Mapping[str, int],
        zones: Mapping[str, int],
        faults: Faults,
    ) -> None:
        self.fare = _found(table, "fare_id", fares, faults, blank=-1)
        self.route = _found(table, "route_id", routes, faults)
        self.origin = _zones(table, "origin_id", zones, faults)
        self.destination = _zones(table, "destination_id", zones, faults)
        contains = _zones(table, "contains_id", zones, faults)
        good = (self.fare >= 0) & (self.route >= 0) & (self.origin >= 0) & (self.destination >= 0)
        self.plain = good & (contains == ANY)
        self.zones = len(zones) + 1
        self.through = self._through(np.flatnonzero(good & (contains != ANY)), contains)

    def sorted_by_key(self, price: Array) -> tuple[Array, Array, list[tuple[bool, bool, bool]]]:
        """Return keys, their fares (the cheaper first), and which of a key's three parts rules name."""
        route, origin, destination = (each[self.plain] for each in (self.route, self.origin, self.destination))
        fare = self.fare[self.plain]
        keys = (route.astype(I64) * self.zones + origin) * self.zones + destination
        order = np.lexsort((price[fare], keys))
        named = np.stack((route > ANY, origin > ANY, destination > ANY), axis=1)
        shapes = sorted({(bool(r), bool(o), bool(d)) for r, o, d in np.unique(named, axis=0)}, reverse=True)
        return keys[order], fare[order], shapes

    def _through(self, rows: Array, contains: Array) -> list[Through]:
        """Gather the zones that stand on several rows of one rule."""
        sets: dict[tuple[int, int, int, int], set[int]] = {}
        for n in rows.tolist():
            key = int(self.fare[n]), int(self.route[n]), int(self.origin[n]), int(self.destination[n])
            sets.setdefault(key, set()).add(int(contains[n]))
        return [Through(*key, frozenset(zones)) for key, zones in sets.items() if min(zones) > ANY]


def _everywhere(price: Array) -> tuple[Array, Array, list[tuple[bool, bool, bool]]]:
    order = np.argsort(price, kind="stable").astype(I32)
    return np.zeros(len(order), dtype=I64), order, [(False, False, False)]


def _prices(table: Table, faults: Faults) -> Array:
    prices = np.zeros(len(table), dtype=I64)
    for n, (price, currency) in enumerate(zip(table.column("price"), table.column("currency_type"), strict=True)):
        amount = amount_of(price, currency)
        if amount is None or amount < 0:
            faults.add("price_wrong", table.file, table.lines[n], value=f"{price} {currency}")
        else:
            prices[n] = amount
    return prices


def _numbers(table: Table, name: str, most: int, faults: Faults) -> Array:
    """Return small numbers, ``UNLIMITED`` where nothing stands."""
    numbers = np.full(len(table), UNLIMITED, dtype=I32)
    for n, text in enumerate(table.column(name)):
        number = number_of(text, most, UNLIMITED)
        if number is None:
            faults.add("value_unknown", table.file, table.lines[n], field=name, value=text)
        else:
            numbers[n] = number
    return numbers


def _agencies(table: Table, agencies: Mapping[str, int], faults: Faults) -> Array:
    """Return whose fares or routes they are, ``ANY`` where there is but one operator."""
    if len(agencies) < 2:
        return np.full(len(table), ANY, dtype=I32)
    return np.maximum(_found(table, "agency_id", agencies, faults), ANY)


def _found(table: Table, name: str, known: Mapping[str, int], faults: Faults, *, blank: int = ANY) -> Array:
    """Return what a column points to; what is not there is at fault."""
    column = table.column(name)
    for n in _missing(column, known):
        faults.add("unknown", table.file, table.lines[n], field=name, value=column[n])
    return np.fromiter((known.get(text, -1) if text else blank for text in column), dtype=I32, count=len(table))


def _zones(table: Table, name: str, known: Mapping[str, int], faults: Faults) -> Array:
    """Return zones; where no stop lies in one, the rule cannot hold for anybody, and that is remarked."""
    column = table.column(name)
    for n in _missing(column, known):
        faults.remark("zone_without_stop", table.file, table.lines[n], field=name, value=column[n])
    return np.fromiter((known.get(text, -1) if text else ANY for text in column), dtype=I32, count=len(table))


def _missing(column: Sequence[str], known: Mapping[str, int]) -> list[int]:
    return [n for n, text in enumerate(column) if text and text not in known]
