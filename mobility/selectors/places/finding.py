"""Finding places: by what somebody types of a name, and the nearest to a point."""

from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from mobility.engine.network import Network
from mobility.engine.places import Found, Kind, PlaceIndex
from mobility.engine.streets.words import Point
from mobility.selectors.places.town import town_index
from mobility.selectors.stops.keeping import kept_of

NAMED_WITHIN_M = 500
"""A point further away from everything that has a name is told without one."""


class PlaceTold(msgspec.Struct, frozen=True):
    """A place. ``id`` is a stop's, a shop's or an entity's; ``reading`` is in kana, ``detail`` says what it is.

    ``metres`` is how far it is from where one looks, as the crow flies; nothing where no place was given.
    """

    kind: Kind
    id: str
    name: str
    reading: str
    detail: str
    lat: float
    lon: float
    metres: int | None


class Places(msgspec.Struct, frozen=True):
    """The places that were found, the likeliest first."""

    results: list[PlaceTold]


def find_places(
    network: Network | None,
    typed: str,
    *,
    near: Point | None,
    kinds: Collection[Kind],
    most: int,
    at: datetime,
    language: str,
) -> Places:
    """Return the places whose names, in any language, fit what was typed; without a network no stop is among them."""
    found = [
        each
        for index in _indexes(network, kinds, at)
        for each in index.search(typed, near=near, kinds=kinds, most=most)
    ]
    return Places([_told(each, language) for each in sorted(found, key=lambda each: each.rank)[:most]])


def place_at(network: Network | None, here: Point, *, kinds: Collection[Kind], at: datetime, language: str) -> Places:
    """Return the nearest place that has a name, none where nothing is near."""
    found = [
        each
        for index in _indexes(network, kinds, at)
        if (each := index.nearest(here, within_m=NAMED_WITHIN_M, kinds=kinds)) is not None
    ]
    found.sort(key=lambda each: (each.metres, each.place.id))
    return Places([_told(each, language) for each in found[:1]])


def _indexes(network: Network | None, kinds: Collection[Kind], at: datetime) -> Iterator[PlaceIndex]:
    if network is not None and (not kinds or "stop" in kinds):
        yield kept_of(network).index
    if not kinds or set(kinds) - {"stop"}:
        yield town_index(at=at)


def _told(found: Found, language: str) -> PlaceTold:
    place = found.place
    name = place.name(language)
    reading = place.reading if language.startswith("ja") and place.reading != name else ""
    return PlaceTold(place.kind, place.id, name, reading, place.detail(language), place.lat, place.lon, found.metres)
