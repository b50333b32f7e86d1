"""What a ride costs by a system's pricing plans: told by vehicle type, reckoned by time. What cannot be reckoned is not known."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mobility.engine.bikes import Step, Tariff
from mobility.gateways.gbfs.values import id_of, price_of, rows_of, truth_of

YEN = "JPY"
MOST_STEPS, MOST_MINUTES = 50, 100_000
Row = Mapping[str, Any]


def tariff_of(plan: Row) -> Tariff | None:
    """Return a plan to reckon with; None where time alone does not tell the price in yen."""
    base, steps = price_of(plan.get("price")), plan.get("per_min_pricing") or []
    is_told_otherwise = bool(plan.get("per_km_pricing")) or any(
        truth_of(plan.get(name), default=False) for name in ("is_taxable", "surge_pricing")
    )
    if plan.get("currency") != YEN or base is None or is_told_otherwise or not isinstance(steps, list):
        return None
    read = [_step(each) for each in steps]
    if len(read) > MOST_STEPS or any(each is None for each in read):
        return None
    return Tariff(base, tuple(each for each in read if each is not None))


def tariffs_by_type(plans: Iterable[Row], types: Iterable[Row]) -> Mapping[str, Tariff | None]:
    """Return the tariff of each type of vehicle, and under ``""`` that of a vehicle whose type is not told.

    A type has its default plan, else the only one that is told for it. Where none is told, a system's only plan is meant if it goes
    by time: without rates it may be a pass that no single ride is paid by.
    """
    known = {id_of(plan, "plan_id"): tariff_of(plan) for plan in plans}
    only = next(iter(known.values())) if len(known) == 1 else None
    assumed = only if only is not None and only.steps else None
    found: dict[str, Tariff | None] = {"": assumed}
    for row in types:
        name = id_of(row, "default_pricing_plan_id")
        told = row.get("pricing_plan_ids")
        if not name and isinstance(told, list) and len(told) == 1:
            name = str(told[0])
        found[id_of(row, "vehicle_type_id")] = known.get(name) if name else assumed
    return found


def tariffs_at(station: Row, by_type: Mapping[str, Tariff | None], kinds: Iterable[str]) -> tuple[Tariff | None, ...]:
    """Return the tariffs of the bicycles that stand at a station; ``kinds`` are all types that are bicycles."""
    told = rows_of(station, "vehicle_types_available")
    here = [id_of(each, "vehicle_type_id") for each in told if each.get("count")] if told else []
    chosen = [kind for kind in here if kind in set(kinds)] or sorted(kinds) or [""]
    return tuple(dict.fromkeys(by_type.get(kind) for kind in chosen))


def _step(row: Any) -> Step | None:
    if not isinstance(row, dict):
        return None
    start, interval, end = (_minutes(row.get(name)) for name in ("start", "interval", "end"))
    rate = _rate(row.get("rate"))
    if start is None or interval is None or rate is None or (end is None and row.get("end") is not None):
        return None
    return Step(start, rate, interval, end)


def _minutes(value: Any) -> int | None:
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST_MINUTES
    return int(value) if is_whole and value == int(value) else None


def _rate(value: Any) -> Decimal | None:
    """Return a rate as it is written; a discount is negative."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        rate = Decimal(str(value))
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and abs(rate) < 10_000_000 else None
