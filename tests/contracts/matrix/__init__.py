"""The rows of the permission matrix, by subject: ``ROWS`` (method, route) → status for each of the eight people; ``MADE`` a fresh
thing for a part of an address; ``BODIES`` a body that would do. :mod:`tests.contracts.test_permission_matrix` tries them all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from tests.contracts.matrix import (
    applications,
    bank,
    cards,
    circulation,
    consent,
    coupons,
    draws,
    family,
    feeds,
    journeys,
    live,
    orders,
    papers,
    payouts,
    premium,
    saved_places,
    sending,
    settlement,
    shop_days,
    staff,
    stamps,
    stops,
    town_shops,
)

SUBJECTS: tuple[ModuleType, ...] = (
    applications,
    bank,
    cards,
    circulation,
    consent,
    coupons,
    draws,
    family,
    journeys,
    live,
    feeds,
    orders,
    papers,
    payouts,
    premium,
    saved_places,
    sending,
    settlement,
    shop_days,
    stamps,
    stops,
    staff,
    town_shops,
)


@dataclass
class Matrix:
    """All subjects together."""

    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    made: dict[str, Callable[[Any], str]] = field(default_factory=dict)
    bodies: dict[tuple[str, str], Callable[[Any], Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for subject in SUBJECTS:
            self.rows |= subject.ROWS
            self.made |= subject.MADE
            self.bodies |= subject.BODIES


MATRIX = Matrix()
