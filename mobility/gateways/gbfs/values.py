"""Single values of GBFS, which come in many shapes: numbers as texts, truths as 0 and 1, texts with or without languages."""

import math
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from mobility.engine.gtfs.directory import language_of

FIRST, LAST = 946_684_800, 4_102_444_800
MOST_TEXT = 2000


def rows_of(data: Any, *names: str) -> list[Mapping[str, Any]]:
    """Return the rows of a list that may stand under several names; what is no row is left out."""
    for name in names:
        if isinstance(data.get(name), list):
            return [row for row in data[name] if isinstance(row, dict)]
    return []


def id_of(row: Mapping[str, Any], name: str) -> str:
    """Return an id, blank where there is none."""
    value = row.get(name)
    return str(value)[:255].replace("\x00", "") if isinstance(value, str | int) and not isinstance(value, bool) else ""


def texts_of(value: Any, language: str) -> dict[str, str]:
    """Return a text by language: one of version 2 is in the language of its file, one of version 3 tells its own."""
    if isinstance(value, str):
        value = [{"text": value, "language": language}]
    found: dict[str, str] = {}
    for each in value if isinstance(value, list) else []:
        if isinstance(each, dict) and isinstance(each.get("text"), str) and each["text"].strip():
            told = str(each.get("language") or "")[:35]
            found.setdefault(language_of(told) if told else "", each["text"].replace("\x00", "").strip()[:MOST_TEXT])
    return found


def count_of(value: Any) -> int | None:
    """Return a whole number that is not negative; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and 0 <= value <= 1_000_000 else None


def truth_of(value: Any, default: bool) -> bool:  # noqa: FBT001 - a default stands after the value
    """Return whether something holds."""
    return bool(value) if isinstance(value, bool | int) else default


def degrees_of(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return latitude and longitude; None where they are no place, or the one off Africa where mistakes gather."""
    lat, lon = row.get("lat"), row.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    if not (abs(lat) <= 90 and abs(lon) <= 180) or (lat, lon) == (0, 0):
        return None
    return round(float(lat), 6), round(float(lon), 6)


def instant_of(value: Any) -> int | None:
    """Return an instant in POSIX seconds, from a number (version 2) or a text of RFC 3339 (version 3)."""
    if isinstance(value, str):
        try:
            told = datetime.fromisoformat(value)
        except ValueError:
            return None
        value = told.timestamp() if told.tzinfo else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if FIRST <= value <= LAST else None


def price_of(value: Any) -> Decimal | None:
    """Return a price; the decimal that is written, never the binary number nearest to it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        return None
    return price if price.is_finite() and 0 <= price < 10_000_000 else None
