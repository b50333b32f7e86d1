"""The fares of all feeds of a town, read from their files and kept as bytes."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from mobility.engine.fares.leg_reading import read_leg_fares
from mobility.engine.fares.leg_tables import LegTables
from mobility.engine.fares.legs import LegFares
from mobility.engine.fares.packing import pack, unpack
from mobility.engine.fares.riders import IN_FULL, Payer
from mobility.engine.fares.rides import Fare, Line, Ride
from mobility.engine.fares.zone_reading import read_zone_fares
from mobility.engine.fares.zones import Texts, ZoneFares
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.tables import Table, read_table
from mobility.engine.timetable.arrays import Array

FILES: Mapping[str, tuple[str, ...]] = {
    "agency.txt": (),
    "stops.txt": ("stop_id",),
    "routes.txt": ("route_id",),
    "calendar.txt": (),
    "calendar_dates.txt": (),
    "fare_attributes.txt": ("fare_id", "price", "currency_type"),
    "fare_rules.txt": ("fare_id",),
    "rider_categories.txt": ("rider_category_id",),
    "fare_media.txt": ("fare_media_id", "fare_media_type"),
    "fare_products.txt": ("fare_product_id", "amount", "currency"),
    "fare_leg_rules.txt": ("fare_product_id",),
    "fare_leg_join_rules.txt": ("from_network_id", "to_network_id"),
    "fare_transfer_rules.txt": ("fare_transfer_type",),
    "timeframes.txt": ("timeframe_group_id", "service_id"),
    "route_networks.txt": ("network_id", "route_id"),
    "stop_areas.txt": ("area_id", "stop_id"),
}


class FeedFares(Protocol):
    """One feed's fares, however they are told."""

    @property
    def currency(self) -> str:
        """Return the currency in which it is paid."""

    def zones_of(self, stop: str) -> Sequence[str]:
        """Return the zones (areas) in which a stop lies."""

    def of_ride(self, ride: Ride, payer: Payer = IN_FULL) -> Fare | None:
        """Return the cheapest fare of one ride; None where it is unknown."""

    def price_rides(self, rides: Sequence[tuple[int, Ride]], payer: Payer) -> list[Line]:
        """Return the lines of several rides in order, each with its number."""


class Fares:
    """The fares of several feeds; a feed that tells none is unknown throughout."""

    def __init__(self, feeds: Mapping[str, ZoneFares | LegFares]) -> None:
        """Keep them by the id of the feed."""
        self.feeds = feeds

    def of_ride(self, ride: Ride, payer: Payer = IN_FULL) -> Fare | None:
        """Return the cheapest fare of one ride, in microseconds; None where it is unknown."""
        feed = self.feeds.get(ride.feed)
        return feed.of_ride(ride, payer) if feed else None

    def feed(self, name: str) -> FeedFares | None:
        """Return one feed's fares."""
        return self.feeds.get(name)

    def to_bytes(self) -> bytes:
        """Return them as bytes, arrays as they lie in memory."""
        kept: dict[str, Texts | LegTables] = {}
        arrays: dict[str, Array] = {}
        for n, (name, feed) in enumerate(self.feeds.items()):
            kept[name] = feed.tables if isinstance(feed, LegFares) else feed.texts
            if isinstance(feed, ZoneFares):
                arrays |= {f"{n}.{field}": getattr(feed, field) for field in ARRAYS}
        told = [(name, isinstance(each, Texts), msgspec.msgpack.encode(each)) for name, each in kept.items()]
        return pack(msgspec.msgpack.encode(told), arrays)

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> "Fares":
        """Return what ``to_bytes`` gave; the arrays stay in ``data``, perhaps a mapped file. :raises ValueError: for others."""
        told, arrays = unpack(data)
        feeds: dict[str, ZoneFares | LegFares] = {}
        for n, (name, has_zones, kept) in enumerate(msgspec.msgpack.decode(told, type=list[tuple[str, bool, bytes]])):
            if has_zones:
                own = {field: arrays[f"{n}.{field}"] for field in ARRAYS}
                feeds[name] = ZoneFares(texts=msgspec.msgpack.decode(kept, type=Texts), **own)
            else:
                feeds[name] = LegFares(msgspec.msgpack.decode(kept, type=LegTables))
        return cls(feeds)


ARRAYS = (
    "price", "currency_of", "transfers", "duration", "before", "agency", "route_agency", "stop_zone", "keys", "key_fare",
)  # fmt: skip


def read_fares(files: Mapping[str, bytes], faults: Faults) -> ZoneFares | LegFares | None:
    """Return the fares in a feed's files, those by legs where it has both, as the standard recommends; None where it tells none.

    What is wrong is noted in ``faults``; if they refuse the feed, so must the caller.
    """
    tables = {
        name: read_table(name, files[name], columns, faults)
        if name in files
        else Table(name, {column: [] for column in columns}, [])
        for name, columns in FILES.items()
    }
    if faults.refuse():
        return None
    return read_leg_fares(tables, faults) or read_zone_fares(tables, faults)
