"""Single values of a feed: times of the service day, dates, coordinates, small numbers."""

import re
from datetime import date

MOST_HOURS = 72
_TIME = re.compile(r"(\d{1,2}):(\d\d):(\d\d)")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")


def time_of(text: str) -> int | None:
    """Return seconds of the service day, noon minus twelve hours; more than 24 hours are meant as they stand. None for no time."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(part) for part in found.groups())
    if hours > MOST_HOURS or minutes > 59 or seconds > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds


def date_of(text: str) -> date | None:
    """Return a day written YYYYMMDD, None for anything else."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def degrees_of(text: str, most: int) -> float | None:
    """Return a coordinate in degrees, within ``±most``; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -most <= value <= most else None


def number_of(text: str, most: int, default: int = 0) -> int | None:
    """Return a whole number of ``[0, most]``, ``default`` where nothing stands; None for anything else."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return None
    return int(text) if int(text) <= most else None
