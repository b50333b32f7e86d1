"""A journey as numbers: legs in order, with times in seconds after the asked day's midnight."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mobility.engine.journeys.asking import Spot

Way = Literal["walk", "bicycle", "taxi", "ride"]


@dataclass(frozen=True)
class Leg:
    """One piece of a journey.

    A ride has its trip, the shift of its service day and its calls; whoever goes by themself has metres and, of these, how many
    the map knows too little of. ``is_seated`` says of a ride that one stays in the vehicle one came with.
    ``offer`` is what was offered for it: a taxi's quote, or the docks of a bicycle.
    """

    way: Way
    start: Spot
    end: Spot
    depart_at: int
    arrive_at: int
    metres: int = 0
    risk_m: int = 0
    trip: int = -1
    shift: int = 0
    board: int = -1
    alight: int = -1
    offer: str = ""
    price: int | None = 0
    is_seated: bool = False

    @property
    def seconds(self) -> int:
        """Return how long it takes."""
        return self.arrive_at - self.depart_at

    def moved(self, by: int) -> "Leg":
        """Return the same so many seconds later."""
        values = dict(vars(self), depart_at=self.depart_at + by, arrive_at=self.arrive_at + by)
        return Leg(**values)


@dataclass(frozen=True)
class Plan:
    """A journey. ``fare`` is in the smallest unit of its currency, None where it is not known in whole."""

    legs: tuple[Leg, ...]
    fare: int | None = None
    is_preferred: bool = False

    @property
    def leave_at(self) -> int:
        """Return when it begins."""
        return self.legs[0].depart_at

    @property
    def arrive_at(self) -> int:
        """Return when it ends."""
        return self.legs[-1].arrive_at

    @property
    def rides(self) -> Sequence[Leg]:
        """Return the legs that follow a timetable."""
        return [leg for leg in self.legs if leg.way == "ride"]

    @cached_property
    def changes(self) -> int:
        """Return how often one changes from one vehicle into another; a taxi or a shared bicycle is a vehicle too."""
        return max(0, sum(leg.way != "walk" and not leg.is_seated for leg in self.legs) - 1)

    @cached_property
    def walk_s(self) -> int:
        """Return how long one walks, in all."""
        return sum(leg.seconds for leg in self.legs if leg.way == "walk")

    @cached_property
    def risk_m(self) -> int:
        """Return on how many metres nobody knows whether this person can pass."""
        return sum(leg.risk_m for leg in self.legs)

    @cached_property
    def key(self) -> tuple[tuple[object, ...], ...]:
        """Return what makes two journeys the same for whoever reads them."""
        return tuple((leg.way, leg.trip, leg.shift, leg.start.stop, leg.end.stop, leg.depart_at) for leg in self.legs)
