"""A shop's day in figures: what moved at its tills, added up, and the fingerprint of what was counted. Whole yen, never a float."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

Kind = Literal["payment", "refund", "void", "top_up"]
Place = Literal["till", "staff", "code"]
"""Where it was taken: at a till that stands there, on the phone of somebody who works there, or by the code on the counter."""


class Moved(msgspec.Struct, frozen=True):
    """One movement: its journal, and what of it was the customer's, the city's, and the shop's own coupons'."""

    id: int
    kind: Kind
    customer: int
    city: int
    own: int
    taken_by: UUID | None = None


class DayFigures(msgspec.Struct, frozen=True):
    """What a day comes to: ``customers`` and ``city`` were paid, ``own`` was let off; the rest went back, or came in as cash."""

    payments: int = 0
    customers: int = 0
    city: int = 0
    own: int = 0
    refunds: int = 0
    refunded: int = 0
    refunded_city: int = 0
    voids: int = 0
    voided: int = 0
    voided_city: int = 0
    top_ups: int = 0
    topped_up: int = 0

    @property
    def paid(self) -> int:
        """Return what the shop was credited."""
        return self.customers + self.city

    @property
    def back(self) -> int:
        """Return what went back, to customers and to the city."""
        return self.refunded + self.refunded_city + self.voided + self.voided_city

    @property
    def net(self) -> int:
        """Return what stays with the shop: what the day changed on its account."""
        return self.paid - self.back


class TillSum(msgspec.Struct, frozen=True):
    """One till's part of a day; ``label`` as the till was called then."""

    place: Place
    figures: DayFigures
    id: UUID | None = None
    label: str = ""


_NAMES: dict[Kind, tuple[str, ...]] = {
    "payment": ("payments", "customers", "city", "own"),
    "refund": ("refunds", "refunded", "refunded_city"),
    "void": ("voids", "voided", "voided_city"),
    "top_up": ("top_ups", "topped_up"),
}


def figures_of(movements: Iterable[Moved]) -> DayFigures:
    """Add movements up."""
    return together(added(each.kind, 1, each.customer, each.city, each.own) for each in movements)


def added(kind: Kind, count: int, customer: int, city: int, own: int) -> DayFigures:
    """Return so many movements of one kind as figures."""
    return DayFigures(**dict(zip(_NAMES[kind], (count, customer, city, own), strict=False)))


def together(parts: Iterable[DayFigures]) -> DayFigures:
    """Add figures up."""
    rows = list(parts)
    return DayFigures(**{name: sum(getattr(row, name) for row in rows) for name in DayFigures.__struct_fields__})


def by_till(movements: Iterable[Moved], labels: dict[UUID, str]) -> list[TillSum]:
    """Return each till's part: the tills by their labels, then the phones of who works there, then the code on the counter."""
    found: dict[tuple[Place, UUID | None], list[Moved]] = {}
    for each in movements:
        who = each.taken_by
        where: tuple[Place, UUID | None] = (
            ("code", None) if who is None else ("till", who) if who in labels else ("staff", None)
        )
        found.setdefault(where, []).append(each)
    order = {"till": 0, "staff": 1, "code": 2}
    sums = [
        TillSum(place=place, id=who, label=labels.get(who, "") if who else "", figures=figures_of(rows))
        for (place, who), rows in found.items()
    ]
    return sorted(sums, key=lambda each: (order[each.place], each.label, str(each.id)))


def digest(shop_id: UUID, day: date, movements: Iterable[Moved]) -> str:
    """Return SHA-256 over a line a movement, in the order of their journals; the audit reckons the same in SQL."""
    lines = [f"{each.id}|{each.kind}|{each.customer}|{each.city}|{each.own}\n" for each in movements]
    return hashlib.sha256(f"{shop_id}|{day}\n{''.join(lines)}".encode()).hexdigest()
