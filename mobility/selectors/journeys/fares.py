"""What journeys cost: for rides by the operators' tables, for the rest by what was offered; unknown is never nothing."""

from collections.abc import Callable, Sequence

from mobility.engine.journeys import Leg
from mobility.selectors.journeys.words import FareLine, FareTold

FareOf = Callable[[Sequence[Leg]], FareTold]
CURRENCY = "JPY"


def told(legs: Sequence[Leg]) -> FareTold:
    """Return what the legs cost where no operator tells their fares: what is offered is known, rides are not."""
    lines = [
        FareLine(n, "", "offer" if leg.way != "ride" else "unknown", leg.price, CURRENCY)
        for n, leg in enumerate(legs)
        if leg.way != "walk"
    ]
    known = [line.amount for line in lines if line.amount is not None]
    return FareTold(sum(known) if len(known) == len(lines) else None, sum(known), CURRENCY, lines)
