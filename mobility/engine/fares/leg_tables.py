"""The tables of Fares v2 as they are read and kept; blanks are empty texts."""

import msgspec


class Product(msgspec.Struct, frozen=True, array_like=True, order=True):
    """One row of ``fare_products.txt``: for a category (empty for all), on a medium (empty where nobody says which)."""

    id: str
    name: str
    category: str
    medium: str
    amount: int
    currency: str


class Category(msgspec.Struct, frozen=True, array_like=True):
    """A category of riders, and whether it is the one that is shown to everybody."""

    name: str
    is_default: bool


class Medium(msgspec.Struct, frozen=True, array_like=True):
    """What holds a ticket; kind 0 is none, as with cash."""

    name: str
    kind: int


class LegRule(msgspec.Struct, frozen=True, array_like=True):
    """One row of ``fare_leg_rules.txt``."""

    group: str
    network: str
    origin: str
    destination: str
    at_begin: str
    at_end: str
    product: str
    priority: int


class ChangeRule(msgspec.Struct, frozen=True, array_like=True):
    """One row of ``fare_transfer_rules.txt``. ``most`` is -1 for any number of changes, ``within_s`` -1 for any time."""

    origin: str
    destination: str
    most: int
    within_s: int
    measured: int
    kind: int
    product: str


class Join(msgspec.Struct, frozen=True, array_like=True):
    """One row of ``fare_leg_join_rules.txt``: two rides of a network are one leg, between these stops or within one station."""

    network: str
    from_stop: str
    to_stop: str


class Span(msgspec.Struct, frozen=True, array_like=True):
    """One row of ``timeframes.txt``: a part of the day, half-open, in seconds, on the days of a service."""

    begin_s: int
    end_s: int
    service: str


class LegTables(msgspec.Struct, frozen=True, array_like=True):
    """All tables of one feed. ``days`` are those on which the services of timeframes run, as ordinals."""

    products: dict[str, list[Product]]
    categories: dict[str, Category]
    media: dict[str, Medium]
    rules: list[LegRule]
    has_priority: bool
    changes: list[ChangeRule]
    joins: list[Join]
    networks: dict[str, str]
    areas: dict[str, list[str]]
    stations: dict[str, str]
    spans: dict[str, list[Span]]
    days: dict[str, set[int]]
