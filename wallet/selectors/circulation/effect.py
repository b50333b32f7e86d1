"""What some weeks brought beside the weeks before them, by the same weekdays, and how much such weeks differ by themselves."""

from datetime import date, timedelta

import msgspec

from wallet.models import CirculationFigure
from wallet.selectors.circulation.figures import Weeks

BEFORE = 4
FEWEST = 2


class Weekday(msgspec.Struct, frozen=True):
    """One day of the week (0 is Monday): the average during, the average before, and the least and most of the weeks before."""

    weekday: int
    during_yen: int
    before_yen: int
    least_yen: int
    most_yen: int


class Effect(msgspec.Struct, frozen=True):
    """An average week during and before. ``is_beyond`` says whether it lies outside what the weeks before were by themselves.

    ``change_permille`` is null where nothing was spent before. That it is beyond does not say why: rain, holidays and pay days
    count too.
    """

    during: Weeks
    before: Weeks
    during_yen: int
    before_yen: int
    least_yen: int
    most_yen: int
    change_permille: int | None
    is_beyond: bool
    weekdays: list[Weekday]


def effect_of(during: Weeks, *, district: str | None = None, trade: str | None = None) -> Effect | None:
    """Compare these weeks with the (up to) four before; None where fewer than two of those, or a day of any, can be said."""
    about, key = ("day", None)
    if district is not None or trade is not None:
        if district is not None and trade is not None:
            return None
        about, key = ("district_day", district) if district is not None else ("trade_day", trade)
    before = [during.first - timedelta(weeks=number) for number in range(BEFORE, 0, -1)]
    weeks = _weeks(about, key, before[0], during.last)
    before = [week for week in before if len(weeks.get(week, {})) == 7]
    meanwhile = during.mondays()
    if len(before) < FEWEST or any(len(weeks.get(week, {})) != 7 for week in meanwhile):
        return None
    return _compared(during, before, meanwhile, weeks)


def _weeks(about: str, key: str | None, first: date, last: date) -> dict[date, dict[int, int]]:
    """Return what was spent by week and weekday; a day that is withheld is left out, one without any spending is nothing."""
    rows = CirculationFigure.objects.filter(about=about, week__gte=first, week__lte=last)
    if key is not None:
        rows = rows.filter(row_key=key)
    said = CirculationFigure.objects.filter(about="total", week__gte=first, week__lte=last)
    weeks: dict[date, dict[int, int]] = {
        week: dict.fromkeys(range(7), 0) for week in said.values_list("week", flat=True)
    }
    for week, row, column, yen in rows.values_list("week", "row_key", "column_key", "yen"):
        weekday = date.fromisoformat(column or row).weekday()
        if yen is None:
            weeks[week].pop(weekday, None)
        else:
            weeks[week][weekday] = yen
    return weeks


def _compared(during: Weeks, before: list[date], meanwhile: list[date], weeks: dict[date, dict[int, int]]) -> Effect:
    totals = [sum(weeks[week].values()) for week in before]
    during_yen = sum(sum(weeks[week].values()) for week in meanwhile) // len(meanwhile)
    before_yen = sum(totals) // len(totals)
    return Effect(
        during=during,
        before=Weeks(before[0], before[-1]),
        during_yen=during_yen,
        before_yen=before_yen,
        least_yen=min(totals),
        most_yen=max(totals),
        change_permille=(during_yen - before_yen) * 1000 // before_yen if before_yen > 0 else None,
        is_beyond=not min(totals) <= during_yen <= max(totals),
        weekdays=[_weekday(number, before, meanwhile, weeks) for number in range(7)],
    )


def _weekday(number: int, before: list[date], meanwhile: list[date], weeks: dict[date, dict[int, int]]) -> Weekday:
    earlier = [weeks[week][number] for week in before]
    now = [weeks[week][number] for week in meanwhile]
    return Weekday(number, sum(now) // len(now), sum(earlier) // len(earlier), min(earlier), max(earlier))
