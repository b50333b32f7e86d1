"""The town's places besides its stops: shops that say where they are, facilities and shelters that others publish as entities.

An entity of the type ``PublicFacility`` or ``Shelter`` is a place where it has a ``location`` (a point, or the middle of its box)
and a ``name``: one text, or texts by language (``{"ja": …, "ja-Hrkt": …, "en": …}``), and so has its ``category``.
``importance`` is likened to a stop's departures a day.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import cityos.selectors as cityos
import wallet.selectors as wallet
from mobility.engine.places import Kind, Place, PlaceIndex
from mobility.selectors.entities import all_of, texts_of

FACILITY, SHELTER = "PublicFacility", "Shelter"
ENTITIES: Mapping[str, tuple[Kind, int]] = {FACILITY: ("facility", 40), SHELTER: ("shelter", 20)}
"""Which kind of place an entity's type is, and how much goes on there if it does not say so."""
SHOP_IMPORTANCE = 15
GOOD_FOR = timedelta(minutes=1)


class _Kept(NamedTuple):
    places: PlaceIndex
    until: datetime


_kept: dict[str, _Kept] = {}


def town_index(*, at: datetime) -> PlaceIndex:
    """Return an index of these places; this process reads them anew each minute."""
    found = _kept.get("town")
    if found is None or not at < found.until <= at + GOOD_FOR:
        found = _kept["town"] = _Kept(PlaceIndex([*_shops(at), *_entities()]), at + GOOD_FOR)
    return found.places


def forget_town() -> None:
    """Read the places anew when they are next asked for."""
    _kept.clear()


def _shops(at: datetime) -> Iterator[Place]:
    for shop in wallet.town_shops(at=at).results:
        point = shop.details.point
        if point is not None:
            names = {"": shop.name} | ({"en": shop.name_en} if shop.name_en else {})
            details = {"": shop.details.kind, "en": shop.details.kind_en}
            lat, lon = point.latitude_e6 / 1e6, point.longitude_e6 / 1e6
            yield Place("shop", str(shop.id), names, lat, lon, SHOP_IMPORTANCE, details)


def _entities() -> Iterator[Place]:
    for entity_type, (kind, importance) in ENTITIES.items():
        found = (_place_of(entity, kind, importance) for entity in all_of(entity_type))
        yield from (place for place in found if place is not None)


def _place_of(entity: cityos.EntityView, kind: Kind, importance: int) -> Place | None:
    told = {name: each.value for name, each in entity.attributes.items()}
    at, names = _point(told.get("location")), texts_of(told.get("name"))
    if at is None or not names.get(""):
        return None
    given = told.get("importance")
    weight = given if isinstance(given, int) and 0 <= given <= 10_000 else importance
    return Place(kind, entity.id, names, *at, weight, texts_of(told.get("category")))


def _point(geometry: Any) -> tuple[float, float] | None:
    """Return latitude and longitude of a point; of anything larger the middle of its first ring or line."""
    found: Any = geometry["coordinates"] if isinstance(geometry, Mapping) and "coordinates" in geometry else None
    while _is_nested(found) and _is_nested(found[0]):
        found = found[0]
    points: Any = found if _is_nested(found) else [found]
    if not all(isinstance(point, list) and len(point) > 1 for point in points):
        return None
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return round((min(lats) + max(lats)) / 2, 6), round((min(lons) + max(lons)) / 2, 6)


def _is_nested(coordinates: Any) -> bool:
    return isinstance(coordinates, list) and len(coordinates) > 0 and isinstance(coordinates[0], list)
