"""A week of spending as the tables that are said of it: rolled up, and with what stays unsaid left out."""

from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import msgspec

from wallet.engine.withholding import Pair, Tally, withheld

Key = TypeVar("Key")

TOTAL = ""
LINES = ("district", "trade", "day", "hour")
TABLES = (
    ("district", "trade"), ("district", "day"), ("district", "hour"), ("trade", "day"), ("trade", "hour"),
)  # fmt: skip
RETURNED, SPENT = ("merchant", "resident"), ("resident", "merchant")


class Sale(NamedTuple):
    """What was spent at the shops of one district and trade in one hour of one day, less what came back."""

    day: date
    hour: int
    district: str
    trade: str
    yen: int
    support_yen: int
    payments: int
    people: list[Hashable]


class Step(NamedTuple):
    """What moved between two kinds (accounts, districts, trades), and the people behind it."""

    source: str
    target: str
    yen: int
    payments: int
    people: list[Hashable]


class Figure(msgspec.Struct, frozen=True, order=True):
    """One figure of a week; ``yen`` is None where it is withheld. ``support_yen`` is said of the whole alone."""

    table: str
    row: str
    column: str
    yen: int | None
    support_yen: int | None = None
    payments: int | None = None


def week_of(day: date) -> date:
    """Return the Monday of the day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def figures_of_sales(sales: Iterable[Sale], *, says_support: bool = True) -> list[Figure]:
    """Return everything that is said of a week's spending; nothing at all where the whole week is of fewer than ten people.

    What the city bore is said of the whole alone, and only where ten people had part in it (``says_support``).
    """
    whole, lines, tables = _rolled_up(sales)
    if not whole.is_safe:
        return []
    unsaid, hidden = withheld(lines, tables)
    support_yen = whole.support_yen if says_support else None
    said = [Figure("total", TOTAL, TOTAL, whole.yen, support_yen, whole.payments)]
    for name, line in lines.items():
        said += [_figure(name, key, TOTAL, tally, is_hidden=key in unsaid[name]) for key, tally in line.items()]
    for sides, cells in tables.items():
        name = "_".join(sides)
        said += [_figure(name, *pair, tally, is_hidden=pair in hidden[sides]) for pair, tally in cells.items()]
    return sorted(said)


def figures_of_steps(table: str, steps: Iterable[Step]) -> list[Figure]:
    """Return who follows whom; no totals are said with these, so that nothing can be subtracted."""
    return sorted(
        _figure(table, pair[0], pair[1], tally, is_hidden=not tally.is_safe) for pair, tally in _cells(steps).items()
    )


def figures_of_moves(steps: Iterable[Step]) -> list[Figure]:
    """Return what moved between kinds of accounts. Where no resident has part in a journal it is the city's own business.

    What was spent, before returns, is withheld with the returns: what is left of both is said in the total.
    """
    cells = _cells(steps)
    hidden = {pair for pair, tally in cells.items() if tally.people and not tally.is_safe}
    if RETURNED in hidden:
        hidden.add(SPENT)
    return sorted(_figure("move", *pair, tally, is_hidden=pair in hidden) for pair, tally in cells.items())


def _rolled_up(sales: Iterable[Sale]) -> tuple[Tally, dict[str, dict[str, Tally]], dict[Pair, dict[Pair, Tally]]]:
    whole = Tally()
    lines: dict[str, dict[str, Tally]] = {name: {} for name in LINES}
    tables: dict[Pair, dict[Pair, Tally]] = {pair: {} for pair in TABLES}
    for sale in sales:
        keys = {
            "district": sale.district, "trade": sale.trade, "day": sale.day.isoformat(), "hour": f"{sale.hour:02}",
        }  # fmt: skip
        part = (sale.yen, sale.support_yen, sale.payments, sale.people)
        whole.add(*part)
        for name, line in lines.items():
            _at(line, keys[name]).add(*part)
        for (rows, columns), cells in tables.items():
            _at(cells, (keys[rows], keys[columns])).add(*part)
    return whole, lines, tables


def _cells(steps: Iterable[Step]) -> dict[Pair, Tally]:
    cells: dict[Pair, Tally] = {}
    for step in steps:
        _at(cells, (step.source, step.target)).add(step.yen, 0, step.payments, step.people)
    return cells


def _at(cells: dict[Key, Tally], key: Key) -> Tally:
    return cells.setdefault(key, Tally())


def _figure(table: str, row: str, column: str, tally: Tally, *, is_hidden: bool) -> Figure:
    if is_hidden:
        return Figure(table, row, column, None)
    return Figure(table, row, column, tally.yen, None, tally.payments)
