"""Shared bicycles as they stand now."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import msgspec
from django.conf import settings

from mobility.engine.bikes import Dock, Fleet, Near, PricingPlan, near
from mobility.errors import LiveAway
from mobility.gateways import live_store
from mobility.models import LiveSource
from mobility.selectors.live.sources import fleets_now, in_words

MOST = 200


class DockTold(msgspec.Struct, frozen=True):
    """A station: what can be hired and what can be given back; ``docks`` is null where any number can."""

    id: str
    system: str
    name: str
    lat: float
    lon: float
    metres: int
    bikes: int
    electric: int
    docks: int | None
    is_renting: bool
    is_returning: bool
    at: datetime | None


class BikeTold(msgspec.Struct, frozen=True):
    """A bicycle that stands by itself."""

    id: str
    system: str
    lat: float
    lon: float
    metres: int
    is_electric: bool
    range_m: int | None


class PlanTold(msgspec.Struct, frozen=True):
    """What a ride costs."""

    id: str
    name: str
    description: str
    currency: str
    price: Decimal
    url: str


class SystemTold(msgspec.Struct, frozen=True):
    """Whose bicycles they are."""

    id: str
    name: str
    url: str
    phone: str
    attribution: str
    plans: list[PlanTold]


class BikesNear(msgspec.Struct, frozen=True):
    """Stations and bicycles around a place, the nearest first."""

    docks: list[DockTold]
    bikes: list[BikeTold]
    systems: list[SystemTold]


@dataclass
class _Seen:
    docks: tuple[Dock, ...] = ()
    looked_at: float = float("-inf")


_seen = _Seen()


def docks_now(*, at: datetime) -> tuple[Dock, ...]:
    """Return all stations of all systems, by ids that no two share; none where they cannot be looked up.

    A process looks once a second at the most.
    """
    if time.monotonic() - _seen.looked_at >= settings.LIVE["looks_every_s"]:
        _seen.looked_at = time.monotonic()
        _seen.docks = _looked_up(at)
    return _seen.docks


def _looked_up(at: datetime) -> tuple[Dock, ...]:
    try:
        fleets = fleets_now(at=at)
    except live_store.StoreAway:
        return ()
    return tuple(
        msgspec.structs.replace(dock, id=f"{fleet.system}:{dock.id}")
        for fleet in fleets.values()
        for dock in fleet.docks
    )


def docks_near(lat: float, lon: float, metres: int, *, at: datetime) -> list[Near[Dock]]:
    """Return the stations within so many metres of a place, the nearest first."""
    return near(docks_now(at=at), lat, lon, metres)


def bikes_near(lat: float, lon: float, metres: int, *, at: datetime, language: str) -> BikesNear:
    """Return stations and bicycles around a place; :raises LiveAway: where they cannot be looked up."""
    try:
        fleets = fleets_now(at=at)
    except live_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    docks = [_dock(fleet, each, language) for fleet in fleets.values() for each in near(fleet.docks, lat, lon, metres)]
    bikes = [each for fleet in fleets.values() for each in _bikes(fleet, lat, lon, metres)]
    return BikesNear(
        sorted(docks, key=lambda each: (each.metres, each.id))[:MOST],
        sorted(bikes, key=lambda each: (each.metres, each.id))[:MOST],
        [_system(source, fleet, language) for source, fleet in fleets.items()],
    )


def _dock(fleet: Fleet, found: Near[Dock], language: str) -> DockTold:
    dock = found.thing
    return DockTold(
        id=f"{fleet.system}:{dock.id}", system=fleet.system, name=in_words(dock.names, language), lat=dock.lat, lon=dock.lon,
        metres=found.metres, bikes=dock.bikes, electric=dock.electric, docks=dock.docks, is_renting=dock.is_renting,
        is_returning=dock.is_returning, at=None if dock.at is None else datetime.fromtimestamp(dock.at, UTC),
    )  # fmt: skip


def _bikes(fleet: Fleet, lat: float, lon: float, metres: int) -> list[BikeTold]:
    return [
        BikeTold(
            f"{fleet.system}:{each.thing.id}", fleet.system, each.thing.lat, each.thing.lon, each.metres, each.thing.is_electric,
            each.thing.range_m,
        )
        for each in near(fleet.bikes, lat, lon, metres)
    ]  # fmt: skip


def _system(source: LiveSource, fleet: Fleet, language: str) -> SystemTold:
    return SystemTold(
        fleet.system, in_words(fleet.names, language) or source.name, fleet.url, fleet.phone, source.attribution,
        [_plan(each, language) for each in fleet.plans],
    )  # fmt: skip


def _plan(plan: PricingPlan, language: str) -> PlanTold:
    return PlanTold(
        plan.id,
        in_words(plan.names, language),
        in_words(plan.descriptions, language),
        plan.currency,
        plan.price,
        plan.url,
    )
