"""What passengers read: names in several languages, colours, headsigns, the lines that trips draw on the map, who runs them.

A search needs none of it. Everything is numbered as in the feed: stops, routes, trips and calls by their own numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec

from mobility.engine.timetable.arrays import Array

READING = "ja-Hrkt"
"""Japanese in kana, as GTFS-JP tells how a name is read."""
ALIKE: Mapping[str, tuple[str, ...]] = {"zh-Hans": ("zh-CN", "zh-SG"), "zh-Hant": ("zh-TW", "zh-HK")}


class Office(msgspec.Struct, frozen=True):
    """Where an operator can be reached (office_jp.txt of GTFS-JP)."""

    name: str = ""
    url: str = ""
    phone: str = ""


class Agency(msgspec.Struct, frozen=True):
    """Who runs routes; ``timezone`` is a name of the IANA list, everything may be blank.

    ``official_name`` and ``address`` are those of GTFS-JP (agency_jp.txt); offices are told of a feed's only agency.
    """

    id: str = ""
    name: str = ""
    url: str = ""
    timezone: str = ""
    language: str = ""
    phone: str = ""
    fare_url: str = ""
    official_name: str = ""
    address: str = ""
    offices: tuple[Office, ...] = ()


class Publisher(msgspec.Struct, frozen=True):
    """What a feed says about itself: ``start`` and ``end`` are the days for which it stands, where it tells them."""

    name: str = ""
    url: str = ""
    language: str = ""
    start: date | None = None
    end: date | None = None
    version: str = ""
    contact_email: str = ""
    contact_url: str = ""


@dataclass(frozen=True)
class Shapes:
    """Lines on the map: the points of line ``s`` are ``[start[s], start[s + 1])``.

    ``lat`` and ``lon`` are degrees; ``dist`` is how far along a point lies, in the feed's own unit, NaN where it is not told.
    """

    ids: Sequence[str]
    start: Array
    lat: Array
    lon: Array
    dist: Array


@dataclass(frozen=True)
class Names:
    """Texts as the feed has them, and in other languages.

    Kinds and their numbers: ``stop``, ``stop_desc``, ``platform`` by stop; ``route_short``, ``route_long``, ``route_desc`` by
    route; ``trip_short`` by trip; ``agency`` by agency; ``publisher`` by member feed; ``sign`` by sign (see :class:`Directory`).
    ``others`` holds by kind, language and number what differs from the original.
    """

    originals: Mapping[str, Sequence[str]]
    others: Mapping[str, Mapping[str, Mapping[int, str]]]

    def of(self, kind: str, n: int, language: str) -> str:
        """Return a text in a language, or as the feed has it; languages are named as in BCP 47, whatever their case."""
        told = self.others.get(kind, {})
        for each in asked_for(language):
            text = told.get(each, {}).get(n)
            if text:
                return text
        return self.originals[kind][n]

    def forms(self, kind: str, n: int) -> Iterator[tuple[str, str]]:
        """Give out every form of a text with its language, first the original, whose language is blank."""
        yield "", self.originals[kind][n]
        for language, texts in self.others.get(kind, {}).items():
            if texts.get(n):
                yield language, texts[n]


@dataclass(frozen=True)
class Member:
    """One of the feeds that were merged into this one; a feed on its own is its own only member.

    Its agencies, routes and trips stand together, from ``first_agency``, ``first_route`` and ``first_trip`` on, in their own order.
    ``stop[s]`` is the number that stop ``s`` has in the member feed itself, -1 where the member does not know it.
    """

    slug: str
    publisher: Publisher
    first_agency: int
    first_route: int
    first_trip: int
    stop: Array


@dataclass(frozen=True)
class Directory:
    """Texts and marks by stop, route, trip and call.

    ``stop_wheelchair``, ``trip_wheelchair`` and ``trip_bikes`` are 0 unknown, 1 possible, 2 not; ``route_agency`` is -1 where none
    is told; colours are six hexadecimal digits or blank. ``trip_row`` is the row of trips.txt from which a trip comes: trips that
    repeat share one. ``trip_direction`` is -1 where none is told, ``trip_shape`` likewise. ``stays`` are rows of
    (trip, next trip, 1 where one may stay aboard or 0 where one must not). ``trip_sign`` and ``call_sign`` number
    the texts of kind ``sign``; sign 0 is blank. ``call_sequence`` is the feed's own stop_sequence; ``call_pickup`` and
    ``call_drop_off`` are 0 as usual, 1 not at all, 2 by telephone, 3 by a word to the driver.
    """

    members: Sequence[Member]
    agencies: Sequence[Agency]
    names: Names
    stop_code: Sequence[str]
    stop_zone: Sequence[str]
    stop_wheelchair: Array
    route_agency: Array
    route_color: Sequence[str]
    route_text_color: Sequence[str]
    trip_row: Array
    trip_block: Sequence[str]
    stays: Array
    trip_direction: Array
    trip_wheelchair: Array
    trip_bikes: Array
    trip_shape: Array
    trip_sign: Array
    call_sign: Array
    call_sequence: Array
    call_pickup: Array
    call_drop_off: Array
    shapes: Shapes

    def headsign(self, trip: int, language: str, call: int | None = None) -> str:
        """Return what stands on the vehicle, at one call where it changes on the way; blank where nothing is told."""
        sign = int(self.call_sign[call]) if call is not None else 0
        return self.names.of("sign", sign or int(self.trip_sign[trip]), language)

    def route_name(self, route: int, language: str) -> str:
        """Return how a route is called: its short name, or its long one where it has no other."""
        return self.names.of("route_short", route, language) or self.names.of("route_long", route, language)

    def member_of_route(self, route: int) -> int:
        """Return which member feed a route comes from."""
        return max(n for n, each in enumerate(self.members) if each.first_route <= route)

    def member_of_trip(self, trip: int) -> int:
        """Return which member feed a trip comes from."""
        return max(n for n, each in enumerate(self.members) if each.first_trip <= trip)


def language_of(text: str) -> str:
    """Return the name of a language as BCP 47 writes it: ``ja``, ``ja-Hrkt``, ``zh-Hans``, ``pt-BR``."""
    first, *rest = text.replace("_", "-").split("-")
    parts = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower() for part in rest]
    return "-".join([first.lower(), *parts])


@lru_cache(maxsize=64)
def asked_for(language: str) -> tuple[str, ...]:
    """Return under which names a text in a language may stand, the nearest first."""
    name = language_of(language)
    broader = (name.partition("-")[0],) if "-" in name and name != READING else ()
    return (name, *ALIKE.get(name, ()), *broader)
