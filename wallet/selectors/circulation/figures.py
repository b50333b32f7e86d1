"""The figures of circulation over some weeks: sums of what may be said of each week, and how often something was withheld."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
from django.db.models import Count, Max, Min, Q, Sum

from wallet.models import AccountKind, CirculationFigure, CirculationWeek

USUAL_WEEKS = 4
ROUND = 10_000
"""Coins out are said in steps of this: the difference of two weeks would else tell what was withheld of them."""


class Weeks(msgspec.Struct, frozen=True):
    """Some whole weeks, by their first and last Monday."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many weeks."""
        return (self.last - self.first).days // 7 + 1

    @property
    def ends_on(self) -> date:
        """The last Sunday."""
        return self.last + timedelta(days=6)

    def mondays(self) -> list[date]:
        """Return every week's first day."""
        return [self.first + timedelta(weeks=number) for number in range(self.count)]


class Line(msgspec.Struct, frozen=True):
    """One line or cell: what may be said of it, and in how many weeks nothing may; ``yen`` is null where it never may."""

    row: str
    column: str
    yen: int | None
    support_yen: int | None
    payments: int | None
    withheld_weeks: int


class Table(msgspec.Struct, frozen=True):
    """Lines that belong together; ``unsaid_yen`` is what is withheld of them in all, null where their total is not said."""

    lines: list[Line]
    unsaid_yen: int | None = None


class CoinsOut(msgspec.Struct, frozen=True):
    """Coins in residents' hands on the average day, in steps of 10,000, and how often they turn in a week, in hundredths."""

    average_yen: int
    turns_hundredths: int | None


class Circulation(msgspec.Struct, frozen=True):
    """Where the coins went in some weeks (docs/algorithms/circulation.md)."""

    weeks: Weeks
    district: str | None
    trade: str | None
    spent: Line
    payers_a_week: int | None
    withheld_weeks: int
    coins_out: CoinsOut | None
    days: Table
    hours: Table
    districts: Table
    trades: Table
    district_trades: Table
    district_steps: Table
    trade_steps: Table
    moves: Table


def weeks_said() -> Weeks | None:
    """Return the first and last week that can be asked for; None before the first is over."""
    found = CirculationWeek.objects.aggregate(first=Min("week"), last=Max("week"))
    return None if found["first"] is None else Weeks(found["first"], found["last"])


def weeks_asked(first: date | None, last: date | None) -> Weeks | None:
    """Return the whole weeks from the one of ``first`` to the one of ``last``, within what can be asked for.

    Without dates the last four.
    """
    known = weeks_said()
    if known is None:
        return None
    until = _within(known, known.last if last is None else last)
    since = until - timedelta(weeks=USUAL_WEEKS - 1) if first is None else first
    return Weeks(min(_within(known, since), until), until)


def circulation(weeks: Weeks, *, district: str | None = None, trade: str | None = None) -> Circulation:
    """Return the figures of these weeks: of the whole city, one district, one trade, or one trade in one district."""
    tables = _tables(weeks, district, trade)
    whole = district is None and trade is None
    row = CirculationWeek.objects.filter(week__gte=weeks.first, week__lte=weeks.last).aggregate(
        payers=Sum("payers", filter=Q(is_withheld=False)),
        said=Count("week", filter=Q(is_withheld=False)),
        withheld=Count("week", filter=Q(is_withheld=True)),
        days=Sum("coins_out_days"),
        weeks=Count("week"),
    )
    nothing = Line("", "", None, None, None, row["withheld"]) if row["withheld"] else Line("", "", 0, 0, 0, 0)
    spent = tables["spent"][0] if tables["spent"] else nothing
    return Circulation(
        weeks=weeks,
        district=district,
        trade=trade,
        spent=spent,
        payers_a_week=row["payers"] // row["said"] if whole and row["said"] else None,
        withheld_weeks=row["withheld"],
        coins_out=_coins_out(row["days"], row["weeks"], spent.yen) if whole and row["weeks"] else None,
        **{name: _table(tables[name], spent if name in SUMMING else None) for name in SHOWN},
    )


SUMMING = {"days", "hours", "districts", "trades"}
SHOWN = ("days", "hours", "districts", "trades", "district_trades", "district_steps", "trade_steps", "moves")


def _asked(district: str | None, trade: str | None) -> dict[str, tuple[str, dict[str, str]]]:
    """Return where each table stands: name → (about, further conditions). What has three sides is never said."""
    if district is None and trade is None:
        return {
            "spent": ("total", {}), "days": ("day", {}), "hours": ("hour", {}), "districts": ("district", {}),
            "trades": ("trade", {}), "district_trades": ("district_trade", {}), "moves": ("move", {}),
            "district_steps": ("district_steps", {}), "trade_steps": ("trade_steps", {}),
        }  # fmt: skip
    if district is not None and trade is not None:
        return {"spent": ("district_trade", {"row_key": district, "column_key": trade})}
    if district is not None:
        here = {"row_key": district}
        return {
            "spent": ("district", here), "days": ("district_day", here), "hours": ("district_hour", here),
            "trades": ("district_trade", here), "district_steps": ("district_steps", here),
        }  # fmt: skip
    here = {"row_key": str(trade)}
    return {
        "spent": ("trade", here), "days": ("trade_day", here), "hours": ("trade_hour", here),
        "districts": ("district_trade", {"column_key": str(trade)}), "trade_steps": ("trade_steps", here),
    }  # fmt: skip


def _tables(weeks: Weeks, district: str | None, trade: str | None) -> dict[str, list[Line]]:
    asked = _asked(district, trade)
    wanted = Q()
    for about, further in asked.values():
        wanted |= Q(about=about, **further)
    rows = (
        CirculationFigure.objects.filter(wanted, week__gte=weeks.first, week__lte=weeks.last)
        .values_list("about", "row_key", "column_key")
        .annotate(
            yen_said=Sum("yen"), support_said=Sum("support_yen"), payments_said=Sum("payments"),
            withheld=Count("week", filter=Q(yen__isnull=True)),
        )
        .order_by("about", "row_key", "column_key")
    )  # fmt: skip
    by_about: dict[str, list[Line]] = defaultdict(list)
    for about, *line in rows:
        by_about[about].append(Line(*line))
    tables = {name: by_about[about] for name, (about, _further) in asked.items()}
    return defaultdict(list, {name: _named_by_the_other(name, lines) for name, lines in tables.items()})


def _named_by_the_other(name: str, lines: list[Line]) -> list[Line]:
    """Name the lines of a filtered table by what was not filtered: a district's days by their day."""
    if name not in SUMMING or not lines or not lines[0].column:
        return lines
    named = "row" if name == "districts" else "column"
    return [msgspec.structs.replace(line, row=getattr(line, named), column="") for line in lines]


def _table(lines: list[Line], spent: Line | None) -> Table:
    if spent is None or spent.yen is None or spent.withheld_weeks:
        return Table(lines)
    return Table(lines, spent.yen - sum(line.yen or 0 for line in lines)) if lines else Table(lines)


def _coins_out(days: int, weeks: int, spent_yen: int | None) -> CoinsOut:
    average = days // (7 * weeks)
    rounded = (average + ROUND // 2) // ROUND * ROUND
    turns = spent_yen * 100 // weeks // rounded if spent_yen is not None and rounded else None
    return CoinsOut(rounded, turns)


def _within(known: Weeks, day: date) -> date:
    monday = day - timedelta(days=day.weekday())
    return min(max(monday, known.first), known.last)


def kind_in_words(kind: str) -> str:
    """Return what an account's kind is called, in the language active now."""
    return str(AccountKind(kind).label)


def districts_and_trades() -> tuple[list[str], list[str]]:
    """Return every district and trade of which something was ever counted, for a choice."""
    found: dict[str, list[str]] = {"district": [], "trade": []}
    rows: Iterable[tuple[str, str]] = (
        CirculationFigure.objects.filter(about__in=found).values_list("about", "row_key").distinct().order_by("row_key")
    )
    for about, key in rows:
        found[about].append(key)
    return found["district"], found["trade"]
