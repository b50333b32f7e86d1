"""From the files of a system to its fleet. What is missing is done without, what is unknown passed over, what is wrong counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from mobility.engine.bikes import Dock, Fleet, FreeBike, PricingPlan, Ring, Zone
from mobility.gateways.gbfs.files import Files, NotGbfs
from mobility.gateways.gbfs.pricing import tariff_of, tariffs_at, tariffs_by_type
from mobility.gateways.gbfs.values import (
    count_of,
    degrees_of,
    id_of,
    instant_of,
    price_of,
    rows_of,
    texts_of,
    truth_of,
)  # fmt: skip

MOST_DOCKS, MOST_BIKES, MOST_ZONES, MOST_POINTS, MOST_PLANS = 20_000, 50_000, 500, 20_000, 200
BICYCLES = frozenset({"bicycle", "cargo_bicycle"})
ELECTRIC = frozenset({"electric", "electric_assist"})
Row = Mapping[str, Any]


@dataclass
class FleetRead:
    """A fleet, and how much of what was told was left aside, by reason."""

    fleet: Fleet
    left_aside: Counter[str]


@dataclass(frozen=True)
class _Types:
    """The types of vehicles that are bicycles, and those of them that are electric; none is known where no file tells."""

    bicycles: frozenset[str]
    electric: frozenset[str]
    are_told: bool

    def counts(self, told: str) -> bool:
        return not self.are_told or not told or told in self.bicycles


def read_fleet(files: Files) -> FleetRead:
    """Return the fleet of a system.

    :raises NotGbfs: ``shape``, where there are more stations or bicycles than a town can have.
    """
    left: Counter[str] = Counter()
    types = _types(files)
    system = _first(files, "system_information")
    names: dict[str, str] = {}
    for language, told in files.get("system_information", {}).items():
        names = texts_of(told["data"].get("name"), language or str(told["data"].get("language") or "")) | names
    newest = max(
        (at for told in files.values() for each in told.values() if (at := instant_of(each.get("last_updated")))),
        default=None,
    )
    status = _first_file(files, "station_status") or _first_file(files, "vehicle_status", "free_bike_status")
    fleet = Fleet(
        system=id_of(system, "system_id"), names=names, at=instant_of(status.get("last_updated")) or newest,
        docks=tuple(_docks(files, types, left)), bikes=tuple(_bikes(files, types, left)),
        plans=tuple(_plans(files, left)), zones=tuple(_zones(files, left)), url=_address(system.get("url")),
        phone=str(system.get("phone_number") or "")[:50], ttl_s=min(3600, max(10, count_of(status.get("ttl")) or 60)),
    )  # fmt: skip
    return FleetRead(fleet, left)


def _docks(files: Files, types: _Types, left: Counter[str]) -> Iterator[Dock]:
    """Give out the stations that stand; where one is told twice, its first description and its newest state are heard."""
    status = _newest(rows_of(_first(files, "station_status"), "stations"), left)
    seen: set[str] = set()
    names = _names(files, "station_information", "stations", "station_id", "name")
    rows = rows_of(_first(files, "station_information"), "stations")
    plans = rows_of(_first(files, "system_pricing_plans"), "plans")[:MOST_PLANS]
    tariffs = tariffs_by_type(plans, rows_of(_first(files, "vehicle_types"), "vehicle_types"))
    if len(rows) > MOST_DOCKS:
        raise NotGbfs("shape", "station_information")
    for row in rows:
        station, place = id_of(row, "station_id"), degrees_of(row)
        now = status.get(station)
        if not station or place is None:
            left["place_missing"] += 1
        elif station in seen:
            left["twice"] += 1
        elif now is None:
            left["state_missing"] += 1
        elif truth_of(now.get("is_installed"), default=True):
            dock = _dock(row, now, place, names[station], types)
            yield replace(dock, tariffs=tariffs_at(now, tariffs, types.bicycles))
        seen.add(station)


def _dock(row: Row, now: Row, place: tuple[float, float], names: dict[str, str], types: _Types) -> Dock:
    bikes = count_of(now.get("num_bikes_available", now.get("num_vehicles_available"))) or 0
    by_type = {id_of(each, "vehicle_type_id"): count_of(each.get("count")) or 0
               for each in rows_of(now, "vehicle_types_available")}  # fmt: skip
    if by_type and types.are_told:
        bikes = min(bikes, sum(count for kind, count in by_type.items() if kind in types.bicycles))
    return Dock(
        id=id_of(row, "station_id"), names=names, lat=place[0], lon=place[1], bikes=bikes,
        docks=count_of(now.get("num_docks_available")), is_renting=truth_of(now.get("is_renting"), default=True),
        is_returning=truth_of(now.get("is_returning"), default=True), at=instant_of(now.get("last_reported")),
        capacity=count_of(row.get("capacity")),
        electric=min(bikes, sum(count for kind, count in by_type.items() if kind in types.electric)),
    )  # fmt: skip


def _newest(rows: list[Row], left: Counter[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        station = id_of(row, "station_id")
        if station in found:
            left["twice"] += 1
            if (instant_of(row.get("last_reported")) or 0) <= (instant_of(found[station].get("last_reported")) or 0):
                continue
        found[station] = row
    return found


def _bikes(files: Files, types: _Types, left: Counter[str]) -> Iterator[FreeBike]:
    """Give out the bicycles that stand by themselves and can be had."""
    rows = rows_of(_first(files, "vehicle_status", "free_bike_status"), "vehicles", "bikes")
    if len(rows) > MOST_BIKES:
        raise NotGbfs("shape", "vehicle_status")
    for row in rows:
        bike, kind, place = (
            id_of(row, "vehicle_id") or id_of(row, "bike_id"),
            id_of(row, "vehicle_type_id"),
            degrees_of(row),
        )
        is_away = truth_of(row.get("is_reserved"), default=False) or truth_of(row.get("is_disabled"), default=False)
        if is_away or id_of(row, "station_id") or not types.counts(kind):
            continue
        if not bike or place is None:
            left["place_missing"] += 1
            continue
        yield FreeBike(
            bike, *place, is_electric=kind in types.electric, range_m=count_of(row.get("current_range_meters")),
            plan=id_of(row, "pricing_plan_id"),
        )  # fmt: skip


def _plans(files: Files, left: Counter[str]) -> Iterator[PricingPlan]:
    names = _names(files, "system_pricing_plans", "plans", "plan_id", "name")
    words = _names(files, "system_pricing_plans", "plans", "plan_id", "description")
    for row in rows_of(_first(files, "system_pricing_plans"), "plans")[:MOST_PLANS]:
        plan, price = id_of(row, "plan_id"), price_of(row.get("price"))
        if not plan or price is None:
            left["price_missing"] += 1
            continue
        yield PricingPlan(
            plan,
            names.get(plan, {}),
            str(row.get("currency") or "")[:3],
            price,
            words.get(plan, {}),
            _address(row.get("url")),
            tariff_of(row),
        )


def _zones(files: Files, left: Counter[str]) -> Iterator[Zone]:
    """Give out the areas of the first language, with the rules that stand first for them."""
    for language, told in list(files.get("geofencing_zones", {}).items())[:1]:
        zones = told["data"].get("geofencing_zones")
        features = rows_of(zones, "features") if isinstance(zones, dict) else []
        for feature in features[:MOST_ZONES]:
            rings = _rings(feature.get("geometry"))
            said = feature.get("properties")
            if not rings or not isinstance(said, dict):
                left["zone_wrong"] += 1
                continue
            rule: Row = next(iter(rows_of(said, "rules")), {})
            may_ride = truth_of(rule.get("ride_allowed"), default=True)
            yield Zone(
                texts_of(said.get("name"), language), rings,
                may_start=truth_of(rule.get("ride_start_allowed"), default=may_ride),
                may_end=truth_of(rule.get("ride_end_allowed"), default=may_ride),
                may_pass=truth_of(rule.get("ride_through_allowed"), default=True),
                most_kph=count_of(rule.get("maximum_speed_kph")),
            )  # fmt: skip


def _rings(geometry: Any) -> tuple[Ring, ...]:
    """Return the outer rings of a (multi)polygon; none where it is no such thing or has too many points."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        return ()
    parts = geometry["coordinates"] if geometry.get("type") == "MultiPolygon" else [geometry["coordinates"]]
    try:
        rings = tuple(
            tuple((round(float(lat), 6), round(float(lon), 6)) for lon, lat, *_height in part[0]) for part in parts
        )
    except (TypeError, ValueError, IndexError, KeyError):
        return ()
    is_right = all(abs(lat) <= 90 and abs(lon) <= 180 for ring in rings for lat, lon in ring)
    return rings if is_right and sum(map(len, rings)) <= MOST_POINTS else ()


def _types(files: Files) -> _Types:
    rows = rows_of(_first(files, "vehicle_types"), "vehicle_types")
    bicycles = {id_of(row, "vehicle_type_id"): row for row in rows if str(row.get("form_factor")) in BICYCLES}
    electric = {name for name, row in bicycles.items() if str(row.get("propulsion_type")) in ELECTRIC}
    return _Types(frozenset(bicycles), frozenset(electric), bool(rows))


def _names(files: Files, file: str, rows: str, key: str, text: str) -> dict[str, dict[str, str]]:
    """Return by id a text in all languages in which it is told."""
    found: dict[str, dict[str, str]] = {}
    for language, told in files.get(file, {}).items():
        for row in rows_of(told["data"], rows):
            known = found.setdefault(id_of(row, key), {})
            for name, value in texts_of(row.get(text), language).items():
                known.setdefault(name, value)
    return found


def _first(files: Files, *names: str) -> Row:
    """Return the data of the first of these files that is there, in its first language."""
    data: Row = _first_file(files, *names).get("data", {})
    return data


def _first_file(files: Files, *names: str) -> Row:
    for name in names:
        for told in files.get(name, {}).values():
            return told  # type: ignore[no-any-return]
    return {}


def _address(value: Any) -> str:
    return value[:1000] if isinstance(value, str) and value.startswith(("https://", "http://")) else ""
