"""What a campaign that sells coins with a bonus gives, and how far it has come: reckoned in whole yen, rounded down."""

from datetime import datetime
from typing import Literal

import msgspec

WHOLE_BP = 10_000

State = Literal["soon", "applying", "drawing", "selling", "sold_out", "over"]


class Terms(msgspec.Struct, frozen=True):
    """What decides about a campaign's state. ``apply_until`` is None where units are sold first come, first served."""

    apply_from: datetime | None
    apply_until: datetime | None
    sells_from: datetime
    sells_until: datetime
    ended_at: datetime | None
    is_drawn: bool
    units: int
    sold: int


def bonus_of(amount: int, rate_bp: int) -> int:
    """Return the bonus for ``amount`` yen at so many basis points; parts of a yen are dropped (floor)."""
    return amount * rate_bp // WHOLE_BP


def budget_of(units: int, unit_yen: int, rate_bp: int) -> int:
    """Return the most that all units together can give as bonus: however they are bought, the floor never gives more."""
    return bonus_of(units * unit_yen, rate_bp)


def state_of(terms: Terms, at: datetime) -> State:
    """Say how far a campaign is at an instant; every period is half open."""
    if terms.ended_at is not None or at >= terms.sells_until:
        return "over"
    if terms.sold >= terms.units:
        return "sold_out"
    if terms.apply_from is not None and terms.apply_until is not None and not terms.is_drawn:
        if at < terms.apply_from:
            return "soon"
        return "applying" if at < terms.apply_until else "drawing"
    return "soon" if at < terms.sells_from else "selling"
