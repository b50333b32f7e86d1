"""The order of cards on Home (docs/algorithms/home-cards.md): what was pinned, then what matters, is near and ends soon."""

import math
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

EARTH_M = 6_371_009  # mean radius, IUGG
SOON = timedelta(hours=24)
SOON_POINTS, NEAR_POINTS, NEAR_M = 40, 30, 1_500
ALWAYS = 100  # danger to life: cannot be hidden, and stands above what is pinned


class Located(Protocol):
    """A point on the globe."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


class Placed(Protocol):
    """What of a card decides its place."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def weight(self) -> int: ...
    @property
    def shows_from(self) -> datetime | None: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def place(self) -> Located | None: ...


C = TypeVar("C", bound=Placed)


def arranged(
    cards: Iterable[C],
    *,
    at: datetime,
    here: Located | None,
    pinned: Collection[str],
    hidden: Collection[str],
) -> list[C]:
    """Return the cards that show at ``at``, in the order they stand; equal ones by key, so that nothing jumps."""
    shown = [card for card in cards if _shows(card, at) and (card.weight >= ALWAYS or card.kind not in hidden)]
    return sorted(shown, key=lambda card: (_row(card, pinned), -points(card, at=at, here=here), card.key))


def points(card: Placed, *, at: datetime, here: Located | None) -> int:
    """Return weight, up to 40 for an end within 24 hours, and up to 30 for a place within 1,500 m; whole points."""
    return card.weight + _soon(card.until, at) + _near(card.place, here)


def distance_m(one: Located, other: Located) -> int:
    """Return the distance of two points in whole metres (haversine)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin((south - north) / 2) ** 2
    along = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return round(2 * EARTH_M * math.asin(min(1.0, math.sqrt(across + math.cos(north) * math.cos(south) * along))))


def _row(card: Placed, pinned: Collection[str]) -> int:
    if card.weight >= ALWAYS:
        return 0
    return 1 if card.kind in pinned else 2


def _shows(card: Placed, at: datetime) -> bool:
    return (card.shows_from is None or card.shows_from <= at) and (card.until is None or at < card.until)


def _soon(until: datetime | None, at: datetime) -> int:
    if until is None or until - at >= SOON:
        return 0
    return math.floor(SOON_POINTS * (SOON - (until - at)) / SOON)


def _near(place: Located | None, here: Located | None) -> int:
    if place is None or here is None:
        return 0
    return max(0, NEAR_POINTS - distance_m(place, here) * NEAR_POINTS // NEAR_M)
