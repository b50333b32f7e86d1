"""Shared bicycles: where they stand, where there is room for them, and what a ride costs and allows."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

import msgspec
import numpy as np

from mobility.engine.streets.earth import metres_between

Ring = tuple[tuple[float, float], ...]


class Dock(msgspec.Struct, frozen=True):
    """A station. ``names`` are by language, ``""`` where none is told; ``bikes`` can be hired, ``docks`` take one back.

    ``docks`` is ``None`` where any number can be left. ``at`` is when the station last reported (POSIX seconds).
    """

    id: str
    names: dict[str, str]
    lat: float
    lon: float
    bikes: int
    docks: int | None
    is_renting: bool
    is_returning: bool
    at: int | None = None
    capacity: int | None = None
    electric: int = 0

    @property
    def has_bike(self) -> bool:
        """Tell whether one can set out from here."""
        return self.is_renting and self.bikes > 0

    @property
    def has_room(self) -> bool:
        """Tell whether one can leave a bicycle here."""
        return self.is_returning and (self.docks is None or self.docks > 0)


class FreeBike(msgspec.Struct, frozen=True):
    """A bicycle that stands by itself; ``range_m`` is how far its battery goes, ``None`` where it has none or does not tell."""

    id: str
    lat: float
    lon: float
    is_electric: bool
    range_m: int | None = None
    plan: str = ""


class PricingPlan(msgspec.Struct, frozen=True):
    """What a ride costs, in the operator's words; the price is in the currency's main unit."""

    id: str
    names: dict[str, str]
    currency: str
    price: Decimal
    descriptions: dict[str, str]
    url: str = ""


class Zone(msgspec.Struct, frozen=True):
    """An area with rules of its own: rings of (latitude, longitude), and what is allowed within."""

    names: dict[str, str]
    rings: tuple[Ring, ...]
    may_start: bool
    may_end: bool
    may_pass: bool
    most_kph: int | None = None


class Fleet(msgspec.Struct, frozen=True):
    """One operator's bicycles at an instant (POSIX seconds)."""

    system: str
    names: dict[str, str]
    at: int | None
    docks: tuple[Dock, ...]
    bikes: tuple[FreeBike, ...] = ()
    plans: tuple[PricingPlan, ...] = ()
    zones: tuple[Zone, ...] = ()
    url: str = ""
    phone: str = ""
    ttl_s: int = 60


Thing = TypeVar("Thing", Dock, FreeBike)


class Near(msgspec.Struct, Generic[Thing], frozen=True):
    """A station, or a bicycle, and how far away it is, as the crow flies."""

    thing: Thing
    metres: int


def near(things: Iterable[Thing], lat: float, lon: float, metres: int) -> list[Near[Thing]]:
    """Return what stands within a distance, the nearest first."""
    found: Sequence[Thing] = list(things)
    if not found:
        return []
    away = metres_between(lat, lon, np.array([each.lat for each in found]), np.array([each.lon for each in found]))
    order = np.argsort(away, kind="stable")
    return [Near(found[n], round(float(away[n]))) for n in order.tolist() if away[n] <= metres]
