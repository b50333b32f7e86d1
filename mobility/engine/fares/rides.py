"""What is ridden and what it costs: the words that all fares share."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

DAY_S = 86_400
UNLIMITED = -1
"""As many changes as one likes, or a ticket that never runs out."""

Why = Literal[
    "fare",
    "child",
    "disability",
    "child_disability",
    "category",
    "change",
    "through",
    "pass",
    "infant",
    "discount",
    "unknown",
]
"""Why a line costs what it costs: the full fare, a rider's reduced one, one that a ticket bought before or a rule for changes sets,
one that was paid with the ride before it, because one stays in the vehicle, a pass, an infant who rides free, something taken off
for changing, and nobody knows."""


class Ride(NamedTuple):
    """One vehicle from boarding to alighting. Ids are the feed's own; times are seconds after the midnight of ``day``.

    ``day`` is the service day of the trip. ``through`` are the stops that the vehicle calls at, both ends included; fares that
    depend on what one passes through see both ends alone where it is empty. ``is_seated`` says that one came into it in the
    vehicle of the ride before: nobody changes.
    """

    feed: str
    route: str
    board: str
    alight: str
    day: date
    leave_s: int
    arrive_s: int
    through: Sequence[str] = ()
    is_seated: bool = False

    @property
    def leaves(self) -> int:
        """Return when it leaves, in seconds on one line for all days."""
        return self.day.toordinal() * DAY_S + self.leave_s

    @property
    def arrives(self) -> int:
        """Return when it arrives, in seconds on one line for all days."""
        return self.day.toordinal() * DAY_S + self.arrive_s


def changes_among(rides: Sequence[Ride]) -> int:
    """Return how often one changes between rides; who stays in the vehicle does not."""
    return sum(not ride.is_seated for ride in rides[1:])


class Fare(NamedTuple):
    """What a ride costs. ``amount`` counts the smallest unit of the currency (whole yen).

    ``transfers`` says how often one may change on it within ``duration_s``, both ``UNLIMITED`` where nothing limits it;
    ``is_paid_before`` means before boarding. ``medium`` is what holds the ticket, empty for cash or where nobody says.
    """

    id: str
    name: str
    amount: int
    currency: str
    why: Why = "fare"
    transfers: int = 0
    duration_s: int = UNLIMITED
    is_paid_before: bool = False
    medium: str = ""


class Line(NamedTuple):
    """One line of a journey's price: which ride (numbered from 0), why, under which id and name, and how much; None is unknown."""

    ride: int
    why: Why
    id: str
    name: str
    amount: int | None
    currency: str
    medium: str = ""


def line_of(ride: int, fare: Fare | None) -> Line:
    """Return the line of a ride that is paid by itself, or whose fare is unknown."""
    if fare is None:
        return Line(ride, "unknown", "", "", None, "")
    return Line(ride, fare.why, fare.id, fare.name, fare.amount, fare.currency, fare.medium)
