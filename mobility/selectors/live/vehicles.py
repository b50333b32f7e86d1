"""Where vehicles are now."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

import msgspec
import numpy as np

from mobility.engine.live import Catalogue
from mobility.engine.live.catalogue import Unmatched, call_by_sequence
from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import VehicleNews
from mobility.engine.network import Network
from mobility.errors import LiveAway
from mobility.gateways import live_store
from mobility.gateways.driver_positions import driver_positions
from mobility.models import LiveKind
from mobility.selectors.live.sources import is_stale, messages_now

MOST = 1000


class Box(NamedTuple):
    """A part of the map, in degrees: south-west corner, then north-east."""

    south: float
    west: float
    north: float
    east: float


class VehicleTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """A vehicle: where it is, on which trip, and how late (seconds, negative for early; absent where nobody tells)."""

    id: str
    label: str
    lat: float
    lon: float
    at: datetime | None
    status: str
    bearing: float | None = None
    speed_m_s: float | None = None
    crowding: str = ""
    trip: str = ""
    day: date | None = None
    route: str = ""
    line: str = ""
    color: str = ""
    text_color: str = ""
    headsign: str = ""
    stop: str = ""
    stop_name: str = ""
    late_s: int | None = None


class Vehicles(msgspec.Struct, frozen=True):
    """Vehicles on their way, and who tells of them."""

    vehicles: list[VehicleTold]
    attribution: list[str]


def vehicles_now(network: Network, *, at: datetime, language: str, box: Box | None = None, route: str = "") -> Vehicles:
    """Return the vehicles that are known now: those within a part of the map, or of a route.

    :raises LiveAway: where they cannot be looked up.
    """
    try:
        told = messages_now(LiveKind.VEHICLE_POSITIONS, at=at)
    except live_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    heard = [
        (source.feed.slug if source.feed else "", vehicle)
        for source, message in told.items()
        for vehicle in message.vehicles.values()
    ]
    for slug, vehicles in driver_positions(network, at=int(at.timestamp())).items():
        heard += [(slug, vehicle) for vehicle in vehicles]
    teller = _Teller(network, language, int(at.timestamp()))
    found = []
    for slug, vehicle in heard:
        if is_stale(vehicle.at, at=at) or (box is not None and not _is_in(vehicle, box)):
            continue
        each = teller.vehicle(slug, vehicle)
        if not route or each.route == route:
            found.append(each)
    return Vehicles(found[:MOST], list(_attributions([source.attribution for source in told])))


def _attributions(texts: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(text for text in texts if text)


def _is_in(vehicle: VehicleNews, box: Box) -> bool:
    return box.south <= vehicle.lat <= box.north and box.west <= vehicle.lon <= box.east


class _Teller:
    """Tells vehicles in one language."""

    def __init__(self, network: Network, language: str, at: int) -> None:
        self._network, self._language, self._at = network, language, at

    def vehicle(self, slug: str, vehicle: VehicleNews) -> VehicleTold:
        mark = f"{slug}:" if slug else ""
        bare = VehicleTold(
            id=f"{mark}{vehicle.id}", label=vehicle.label, lat=vehicle.lat, lon=vehicle.lon,
            at=None if vehicle.at is None else datetime.fromtimestamp(vehicle.at, UTC), status=vehicle.status,
            bearing=vehicle.bearing, speed_m_s=vehicle.speed_m_s, crowding=vehicle.crowding,
        )  # fmt: skip
        catalogue = catalogue_for(self._network.catalogues, slug)
        if catalogue is None:
            return bare
        try:
            trip, day = catalogue.find(vehicle.trip, vehicle.at or self._at)
        except Unmatched:
            route = catalogue.route_of.get(vehicle.trip.route_id, -1)
            return self._with_route(bare, route) if route >= 0 else bare
        return self._with_trip(self._with_route(bare, catalogue.route(trip)), vehicle, catalogue, trip, day)

    def _with_route(self, told: VehicleTold, route: int) -> VehicleTold:
        feed = self._network.feed
        return msgspec.structs.replace(
            told, route=feed.route_id[route], line=feed.directory.route_name(route, self._language),
            color=feed.directory.route_color[route], text_color=feed.directory.route_text_color[route],
        )  # fmt: skip

    def _with_trip(
        self, told: VehicleTold, vehicle: VehicleNews, catalogue: Catalogue, trip: int, day: date
    ) -> VehicleTold:
        feed, times, planned = self._network.feed, self._network.times(trip, day), self._network.planned(trip)
        call = call_by_sequence(catalogue.sequences(trip), vehicle.sequence)
        stop, late = catalogue.stop_of.get(vehicle.stop_id, -1), None
        if planned is not None and len(times.stop) == len(planned.stop) > call >= 0:
            stop = int(times.stop[call])
            known = call + np.flatnonzero(times.is_told[call:])  # one that stands at a stop may tell of the next alone
            late = int(times.departure[known[0]] - planned.departure[known[0]]) if len(known) else None
        name = feed.directory.names.of("stop", stop, self._language) if stop >= 0 else ""
        return msgspec.structs.replace(
            told, trip=feed.trip_id[trip], day=day, headsign=feed.directory.headsign(trip, self._language),
            stop=feed.stop_id[stop] if stop >= 0 else "", stop_name=name, late_s=late,
        )  # fmt: skip
