"""Instants, Japanese days and business days.

Instants are stored and passed in UTC; days, expiry and birthdays turn over at midnight in Japan. Only doors (views, tasks,
commands, loops) ask what time it is; everything below receives ``at``.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kernel.holidays import national_holidays

JST = ZoneInfo("Asia/Tokyo")


def now() -> datetime:
    """Return the present instant in UTC; for doors alone."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


def jst_date(at: datetime) -> date:
    """Return the day it is in Japan at the instant ``at``."""
    return at.astimezone(JST).date()


def jst_midnight(day: date) -> datetime:
    """Return the instant (UTC) at which ``day`` begins in Japan."""
    return datetime.combine(day, time.min, JST).astimezone(UTC)


def is_business_day(day: date) -> bool:
    """Tell whether offices and banks in Japan work on ``day``.

    Closed on Saturdays, Sundays, national holidays and 29 December to 3 January
    (行政機関の休日に関する法律, Act 91 of 1988, article 1).
    """
    year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not year_end and day not in national_holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """Return the business day that lies ``count`` (>= 0) business days after ``day``.

    With 0 it is ``day`` itself or the next day offices open.
    """
    while not is_business_day(day):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_business_day(day):
            day += timedelta(days=1)
    return day
