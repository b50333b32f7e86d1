"""What changing costs between legs (``fare_transfer_rules.txt``), along a whole journey.

Where a rule holds from leg A to leg B, it says which of A, B and the change itself (AB) are paid: 0 is A + AB, 1 is A + AB + B,
2 is AB alone. At the next change the sum so far takes the place of A and stays: S + BC, or S + BC + C. Where no rule holds, the
next leg begins anew. Of several ways to pay a leg, that is taken which makes the whole cheapest.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mobility.engine.fares.leg_tables import ChangeRule, LegTables
from mobility.engine.fares.products import cheapest
from mobility.engine.fares.riders import Payer
from mobility.engine.fares.rides import UNLIMITED, Fare, Line, Ride, line_of

FIRST_AND_CHANGE, ALL, CHANGE_ALONE = range(3)
MOST_PATHS = 64
"""So many ways of paying are kept from leg to leg, the cheapest."""


class Choice(NamedTuple):
    """A way of paying a leg, and the group of legs to which it then belongs."""

    group: str
    fare: Fare


class Leg(NamedTuple):
    """Rides that are paid as one (their numbers), the first and the last, and how they may be paid; unknown if not at all."""

    rides: Sequence[int]
    first: Ride
    last: Ride
    choices: Sequence[Choice]


class _Path(NamedTuple):
    """A way of paying all legs so far. ``begun`` is the leg at which changes within one group began, ``changes`` their number."""

    amount: int = 0
    fares: tuple[Fare | None, ...] = ()
    group: str = ""
    begun: int = 0
    changes: int = 0
    is_first: bool = True


def price_legs(tables: LegTables, legs: Sequence[Leg], payer: Payer) -> list[Line]:
    """Return the lines of all rides in these legs."""
    paths = [_Path()]
    for n, leg in enumerate(legs):
        if leg.choices:
            paths = [_stepped(tables, legs, path, n, choice, payer) for path in paths for choice in leg.choices]
            paths = sorted(paths, key=lambda path: path.amount)[:MOST_PATHS]
        else:
            paths = [_Path(path.amount, (*path.fares, None)) for path in paths]
    best = min(paths, key=lambda path: path.amount)
    return [line for leg, fare in zip(legs, best.fares, strict=True) for line in _lines(leg, fare)]


def _lines(leg: Leg, fare: Fare | None) -> Iterator[Line]:
    """Give out a leg's lines; the rides that are joined to its first cost nothing more, or are unknown as well."""
    for n, ride in enumerate(leg.rides):
        yield line_of(ride, fare._replace(amount=0, why="change") if fare and n else fare)


def _stepped(tables: LegTables, legs: Sequence[Leg], path: _Path, n: int, choice: Choice, payer: Payer) -> _Path:
    """Return a path with one more leg, paid in one way."""
    found = _rule(tables, legs, path, n, choice.group, payer) if path.fares and path.fares[-1] else None
    if found is None:
        return _Path(path.amount + choice.fare.amount, (*path.fares, choice.fare), choice.group, n, 0)
    rule, change = found
    fares, amount = path.fares, path.amount
    if rule.kind == CHANGE_ALONE and path.is_first and fares[-1]:
        amount -= fares[-1].amount
        fares = (*fares[:-1], fares[-1]._replace(amount=0, why="change"))
    paid = (change.amount if change else 0) + (choice.fare.amount if rule.kind == ALL else 0)
    fare = (choice.fare if change is None or rule.kind == ALL else change)._replace(amount=paid, why="change")
    is_same = rule.origin == rule.destination
    begun, changes = (path.begun, path.changes + 1) if is_same else (n, 0)
    return _Path(amount + paid, (*fares, fare), choice.group, begun, changes, is_first=False)


def _rule(
    tables: LegTables, legs: Sequence[Leg], path: _Path, n: int, group: str, payer: Payer
) -> tuple[ChangeRule, Fare | None] | None:
    """Return the rule that holds for a change to leg ``n`` in a group, and what the change itself costs, at the cheapest."""
    found: list[tuple[int, int, ChangeRule, Fare | None]] = []
    for rule in _matching(tables.changes, path.group, group):
        is_same = rule.origin == rule.destination
        changes = path.changes + 1 if is_same else 1
        begun = legs[path.begun] if is_same else legs[n - 1]
        if rule.most not in (UNLIMITED, 0) and changes > rule.most:
            continue
        if rule.within_s != UNLIMITED and _taken(begun, legs[n], rule.measured) > rule.within_s:
            continue
        change = None
        if rule.product:
            change = cheapest(tables.products[rule.product], tables.categories, tables.media, payer)
            if change is None:
                continue
        found.append((rule.most if rule.most > 0 else 10**9, change.amount if change else 0, rule, change))
    return min(found, key=lambda each: each[:2])[2:] if found else None


def _matching(rules: Sequence[ChangeRule], origin: str, destination: str) -> list[ChangeRule]:
    """Return the rules for a change between two groups; a blank stands for all groups that no rule names on that side."""
    if not origin or not destination:
        return []
    exact = [rule for rule in rules if (rule.origin, rule.destination) == (origin, destination)]
    if exact:
        return exact
    begin = origin if any(rule.origin == origin for rule in rules) else ""
    end = destination if any(rule.destination == destination for rule in rules) else ""
    return [rule for rule in rules if (rule.origin, rule.destination) == (begin, end)]


def _taken(one: Leg, other: Leg, measured: int) -> int:
    """Return the seconds between two legs, from departure (0, 1) or arrival (2, 3) to arrival (0, 3) or departure (1, 2)."""
    begin = one.first.leaves if measured in (0, 1) else one.last.arrives
    return (other.last.arrives if measured in (0, 3) else other.first.leaves) - begin
