"""Reads the files of Fares v2."""

from collections.abc import Mapping, Sequence

import numpy as np

from mobility.engine.fares.amounts import amount_of
from mobility.engine.fares.leg_tables import Category, ChangeRule, Join, LegRule, LegTables, Medium, Product, Span
from mobility.engine.fares.legs import LegFares
from mobility.engine.fares.rides import DAY_S, UNLIMITED
from mobility.engine.gtfs.calendars import read_services
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import number_of, time_of

Tables = Mapping[str, Table]
MOST_PRIORITY, MOST_CHANGES, MOST_WITHIN_S = 10**9, 1000, 31 * DAY_S


def read_leg_fares(tables: Tables, faults: Faults) -> LegFares | None:
    """Return the fares of a feed by legs; None where it has no rules for legs. What is wrong is noted, and no such row is used."""
    rules = tables["fare_leg_rules.txt"]
    if not len(rules):
        return None
    rows = _Rows(tables, faults)
    stops = tables["stops.txt"]
    parents = zip(stops.column("stop_id"), stops.column("parent_station"), strict=True)
    return LegFares(
        LegTables(
            products=rows.products, categories=rows.categories, media=rows.media, rules=rows.rules(),
            has_priority="rule_priority" in rules.columns, changes=rows.changes(), joins=rows.joins(),
            networks=rows.networks(), areas=rows.areas(), stations={stop: parent for stop, parent in parents if parent},
            spans=rows.spans, days=_days(tables, {span.service for spans in rows.spans.values() for span in spans}),
        )
    )  # fmt: skip


class _Rows:
    """The rows of all files, checked; what points to something that is not there is at fault."""

    def __init__(self, tables: Tables, faults: Faults) -> None:
        self.tables, self.faults = tables, faults
        self.categories = {
            row["rider_category_id"]: Category(row["rider_category_name"], row["is_default_fare_category"] == "1")
            for _n, row in self._each(
                "rider_categories.txt", "rider_category_id", "rider_category_name", "is_default_fare_category"
            )
        }
        self.media = self._media()
        self.products = self._products()
        self.spans = self._spans()
        self.known = {
            "fare_product_id": self.products.keys(),
            "from_timeframe_group_id": self.spans.keys(),
            "to_timeframe_group_id": self.spans.keys(),
        }

    def rules(self) -> list[LegRule]:
        file = "fare_leg_rules.txt"
        names = (
            "leg_group_id",
            "network_id",
            "from_area_id",
            "to_area_id",
            "from_timeframe_group_id",
            "to_timeframe_group_id",
        )
        found = []
        for n, row in self._each(file, *names, "fare_product_id", "rule_priority"):
            priority = self._number(file, n, "rule_priority", row["rule_priority"], MOST_PRIORITY)
            if self._points(file, n, row) and priority is not None:
                found.append(_rule(row, priority))
        return found

    def changes(self) -> list[ChangeRule]:
        file = "fare_transfer_rules.txt"
        found = []
        names = ("transfer_count", "duration_limit", "duration_limit_type", "fare_transfer_type", "fare_product_id")
        for n, row in self._each(file, "from_leg_group_id", "to_leg_group_id", *names):
            most = (
                UNLIMITED
                if row["transfer_count"] == "-1"
                else self._number(file, n, "transfer_count", row["transfer_count"], MOST_CHANGES)
            )
            within = self._number(file, n, "duration_limit", row["duration_limit"], MOST_WITHIN_S, UNLIMITED)
            measured = self._number(file, n, "duration_limit_type", row["duration_limit_type"], 3)
            kind = self._number(file, n, "fare_transfer_type", row["fare_transfer_type"] or "-", 2)
            if most is None or within is None or measured is None or kind is None or not self._points(file, n, row):
                continue
            found.append(
                ChangeRule(
                    row["from_leg_group_id"],
                    row["to_leg_group_id"],
                    most,
                    within,
                    measured,
                    kind,
                    row["fare_product_id"],
                )
            )
        return found

    def joins(self) -> list[Join]:
        file = "fare_leg_join_rules.txt"
        found = []
        for n, row in self._each(file, "from_network_id", "to_network_id", "from_stop_id", "to_stop_id"):
            if row["from_network_id"] != row["to_network_id"] or bool(row["from_stop_id"]) != bool(row["to_stop_id"]):
                self._fault("value_unknown", file, n, "to_network_id", row["to_network_id"])
            else:
                found.append(Join(row["from_network_id"], row["from_stop_id"], row["to_stop_id"]))
        return found

    def networks(self) -> dict[str, str]:
        """Return the network of every route, empty where it has none."""
        routes = self.tables["routes.txt"]
        found = dict(zip(routes.column("route_id"), routes.column("network_id"), strict=True))
        for n, row in self._each("route_networks.txt", "network_id", "route_id"):
            if row["route_id"] not in found:
                self._fault("unknown", "route_networks.txt", n, "route_id", row["route_id"])
            else:
                found[row["route_id"]] = row["network_id"]
        return found

    def areas(self) -> dict[str, list[str]]:
        """Return the areas of stops and stations."""
        stops = set(self.tables["stops.txt"].column("stop_id"))
        found: dict[str, list[str]] = {}
        for n, row in self._each("stop_areas.txt", "area_id", "stop_id"):
            if row["stop_id"] not in stops:
                self._fault("unknown", "stop_areas.txt", n, "stop_id", row["stop_id"])
            else:
                found.setdefault(row["stop_id"], []).append(row["area_id"])
        return found

    def _media(self) -> dict[str, Medium]:
        found = {}
        for n, row in self._each("fare_media.txt", "fare_media_id", "fare_media_name", "fare_media_type"):
            kind = self._number("fare_media.txt", n, "fare_media_type", row["fare_media_type"], 4)
            if kind is not None:
                found[row["fare_media_id"]] = Medium(row["fare_media_name"], kind)
        return found

    def _products(self) -> dict[str, list[Product]]:
        file = "fare_products.txt"
        found: dict[str, list[Product]] = {}
        names = ("fare_product_id", "fare_product_name", "rider_category_id", "fare_media_id", "amount", "currency")
        for n, row in self._each(file, *names):
            amount = amount_of(row["amount"], row["currency"])
            if amount is None:
                self.faults.add(
                    "price_wrong", file, self.tables[file].lines[n], value=f"{row['amount']} {row['currency']}"
                )
            elif row["rider_category_id"] and row["rider_category_id"] not in self.categories:
                self._fault("unknown", file, n, "rider_category_id", row["rider_category_id"])
            elif row["fare_media_id"] and row["fare_media_id"] not in self.media:
                self._fault("unknown", file, n, "fare_media_id", row["fare_media_id"])
            else:
                found.setdefault(row["fare_product_id"], []).append(_product(row, amount))
        return found

    def _spans(self) -> dict[str, list[Span]]:
        file = "timeframes.txt"
        found: dict[str, list[Span]] = {}
        for n, row in self._each(file, "timeframe_group_id", "start_time", "end_time", "service_id"):
            begin, end = time_of(row["start_time"] or "00:00:00"), time_of(row["end_time"] or "24:00:00")
            if begin is None or end is None or not begin < end <= DAY_S:
                self._fault("time_wrong", file, n, "start_time", f"{row['start_time']} {row['end_time']}")
            else:
                found.setdefault(row["timeframe_group_id"], []).append(Span(begin, end, row["service_id"]))
        return found

    def _each(self, file: str, *names: str) -> Sequence[tuple[int, Mapping[str, str]]]:
        table = self.tables[file]
        columns = zip(*(table.column(name) for name in names), strict=True)
        return [(n, dict(zip(names, values, strict=True))) for n, values in enumerate(columns)]

    def _points(self, file: str, n: int, row: Mapping[str, str]) -> bool:
        wrong = [name for name, known in self.known.items() if row.get(name) and row[name] not in known]
        for name in wrong:
            self._fault("unknown", file, n, name, row[name])
        return not wrong

    def _number(self, file: str, n: int, name: str, text: str, most: int, default: int = 0) -> int | None:
        number = number_of(text, most, default)
        if number is None:
            self._fault("value_unknown", file, n, name, text)
        return number

    def _fault(self, code: str, file: str, n: int, name: str, value: str) -> None:
        self.faults.add(code, file, self.tables[file].lines[n], field=name, value=value)


def _rule(row: Mapping[str, str], priority: int) -> LegRule:
    return LegRule(
        row["leg_group_id"], row["network_id"], row["from_area_id"], row["to_area_id"], row["from_timeframe_group_id"],
        row["to_timeframe_group_id"], row["fare_product_id"], priority,
    )  # fmt: skip


def _product(row: Mapping[str, str], amount: int) -> Product:
    return Product(
        row["fare_product_id"], row["fare_product_name"], row["rider_category_id"], row["fare_media_id"], amount,
        row["currency"],
    )  # fmt: skip


def _days(tables: Tables, wanted: set[str]) -> dict[str, set[int]]:
    """Return the days of the services that timeframes name, as ordinals; the calendar's faults are told by the feed's reader."""
    if not wanted:
        return {}
    services = read_services(tables["calendar.txt"], tables["calendar_dates.txt"], Faults())
    first = services.first_day.toordinal()
    return {
        name: {first + int(day) for day in np.flatnonzero(services.runs[services.index[name]])}
        for name in sorted(wanted & services.index.keys())
    }
