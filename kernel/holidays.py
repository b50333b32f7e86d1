"""National holidays of Japan, by the law in force since 2021.

Source: 国民の祝日に関する法律 (Act 178 of 1948) with its articles 2 and 3. Years before 2022 had special dates for the Olympic
games and are not needed here.
"""

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 2022
LAST_YEAR = 2099  # the equinox formula below holds from 1980 to 2099


@lru_cache(maxsize=16)
def national_holidays(year: int) -> frozenset[date]:
    """Return every holiday of ``year``, substitutes and sandwiched days included.

    :raises ValueError: outside 2022 to 2099.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}")
    named = {
        date(year, 1, 1),
        _monday(year, 1, 2),
        date(year, 2, 11),
        date(year, 2, 23),
        _equinox(year, 3, 20.8431),
        date(year, 4, 29),
        date(year, 5, 3),
        date(year, 5, 4),
        date(year, 5, 5),
        _monday(year, 7, 3),
        date(year, 8, 11),
        _monday(year, 9, 3),
        _equinox(year, 9, 23.2488),
        _monday(year, 10, 2),
        date(year, 11, 3),
        date(year, 11, 23),
    }
    return frozenset(named | _substitutes(named) | _between(named))


def _monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (nth - 1))


def _equinox(year: int, month: int, base: float) -> date:
    since = year - 1980
    return date(year, month, int(base + 0.242194 * since) - since // 4)


def _substitutes(named: set[date]) -> set[date]:
    """Article 3(2): a holiday on a Sunday moves to the next day that is no holiday."""
    moved = set()
    for sunday in (day for day in named if day.weekday() == 6):
        day = sunday + timedelta(days=1)
        while day in named:
            day += timedelta(days=1)
        moved.add(day)
    return moved


def _between(named: set[date]) -> set[date]:
    """Article 3(3): a day between two holidays is one as well."""
    return {
        day + timedelta(days=1)
        for day in named
        if day + timedelta(days=2) in named and day + timedelta(days=1) not in named
    }
