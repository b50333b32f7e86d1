"""Shared bicycles: where they stand, where there is room for them, and what a ride costs and allows."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Generic, TypeVar

import msgspec
import numpy as np

from mobility.engine.streets.earth import metres_between

Ring = tuple[tuple[float, float], ...]


class Step(msgspec.Struct, frozen=True):
    """A rate by time: ``rate`` at the minute ``start`` and every ``interval`` minutes from then on, before the minute ``end``.

    An ``interval`` of 0 is charged once (GBFS, system_pricing_plans.json, ``per_min_pricing``).
    """

    start: int
    rate: Decimal
    interval: int
    end: int | None = None


class Tariff(msgspec.Struct, frozen=True):
    """What a ride costs in yen by its time alone: a base, and what each of the steps adds to it."""

    base: Decimal
    steps: tuple[Step, ...] = ()

    def yen(self, seconds: int) -> int:
        """Return the price of a ride, parts of a yen counted whole: nobody is told less than is charged."""
        added = sum((step.rate * _times(step, seconds) for step in self.steps), Decimal(0))
        return max(0, int((self.base + added).to_integral_value(ROUND_CEILING)))


def _times(step: Step, seconds: int) -> int:
    """Return how often a rate is charged: the minute at which it starts is counted, that at which it ends is not."""
    last = seconds if step.end is None else min(seconds, 60 * step.end - 1)
    since = last - 60 * step.start
    if since < 0:
        return 0
    return 1 if step.interval == 0 else 1 + since // (60 * step.interval)


class Dock(msgspec.Struct, frozen=True):
    """A station. ``names`` are by language, ``""`` where none is told; ``bikes`` can be hired, ``docks`` take one back.

    ``docks`` is ``None`` where any number can be left. ``at`` is when the station last reported (POSIX seconds). ``tariffs`` are
    those of the kinds of bicycles that stand there, None for a kind whose price cannot be reckoned.
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
    tariffs: tuple[Tariff | None, ...] = ()

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
    """What a ride costs, in the operator's words; the price is in the currency's main unit.

    ``tariff`` is the same to reckon with; None where time alone does not tell the price: it is in another currency, goes by
    distance or by demand, or a tax comes on top.
    """

    id: str
    names: dict[str, str]
    currency: str
    price: Decimal
    descriptions: dict[str, str]
    url: str = ""
    tariff: Tariff | None = None


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
