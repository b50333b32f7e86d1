"""On which days the demo town's services run, for some years around a day: whenever a city is started, journeys can be planned."""

from collections.abc import Iterator
from datetime import date, timedelta

from kernel.holidays import national_holidays

YEARS_BEFORE, YEARS_AFTER = 1, 3
ADDED, TAKEN = 1, 2
WEEKS = {
    "weekday": "1111100",
    "saturday": "0000010",
    "holiday": "0000001",
    "school": "1111100",
    "night": "0000110",
}
NEW_YEAR = ((12, 29), (1, 3))
VACATIONS = (((7, 21), (8, 31)), ((12, 24), (1, 7)), ((3, 25), (4, 7)))


def span_around(day: date) -> tuple[date, date]:
    """Return the first and last day of the calendar: whole fiscal years, from the one before to the third after."""
    year = day.year if day.month >= 4 else day.year - 1
    return date(year - YEARS_BEFORE, 4, 1), date(year + YEARS_AFTER + 1, 3, 31)


def exceptions(first: date, last: date) -> Iterator[tuple[str, date, int]]:
    """Give out the days on which a service runs though its week does not say so, or does not though it does."""
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for service, week in WEEKS.items():
            usual, runs = week[day.weekday()] == "1", _runs(service, day)
            if usual != runs:
                yield service, day, ADDED if runs else TAKEN


def _runs(service: str, day: date) -> bool:
    if service == "night":
        following = day + timedelta(days=1)
        return not _is_within(day, *NEW_YEAR) and (day.weekday() == 4 or following.weekday() == 6 or _is_off(following))
    if service == "holiday":
        return day.weekday() == 6 or _is_off(day)
    is_school = service == "school" and any(_is_within(day, *vacation) for vacation in VACATIONS)
    return WEEKS[service][day.weekday()] == "1" and not _is_off(day) and not is_school


def _is_off(day: date) -> bool:
    """Tell whether a day has the holidays' timetable, whatever its weekday."""
    return day in national_holidays(day.year) or _is_within(day, *NEW_YEAR)


def _is_within(day: date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Tell whether a day lies between two days of the year, both included; they may lie on both sides of New Year."""
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last
