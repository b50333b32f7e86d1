"""Filling the blanks of a message: numbers and days as the reader's language writes them."""

import re
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from accounts.engine.channels import text_for
from kernel.clock import JST

Named = Mapping[str, str]
"""One thing's name by language, Japanese always among them: a shop, a service, a role."""
Value = str | int | date | datetime | Named

MOST_SIGNS = 300
_BLANK = re.compile(r"%\(([a-z][a-z0-9_]*)\)s")
_OTHER_BLANK = re.compile(r"%(?!\([a-z][a-z0-9_]*\)s|%)")
_WEEKDAYS = {
    "ja": "月火水木金土日",
    "zh": "一二三四五六日",
    "ko": "월화수목금토일",
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Packed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One value as it is kept; exactly one member is set."""

    text: str | None = None
    names: dict[str, str] | None = None
    number: int | None = None
    day: date | None = None
    instant: datetime | None = None


class ValueRefused(ValueError):
    """A value that a message cannot carry."""


def blanks(*texts: str) -> frozenset[str]:
    """Return the names of the blanks in these texts; :raises ValueRefused: for a blank of another form."""
    for text in texts:
        if _OTHER_BLANK.search(text):
            raise ValueRefused("a blank reads %(name)s")
    return frozenset(name for text in texts for name in _BLANK.findall(text))


def pack(values: Mapping[str, Value]) -> str:
    """Return the values as JSON.

    :raises ValueRefused: for one that is no text, name, whole number, day or instant, or is too long.
    """
    return msgspec.json.encode({name: _pack(value) for name, value in values.items()}, order="sorted").decode()


def unpack(packed: str | bytes) -> dict[str, Value]:
    """Return what :func:`pack` packed."""
    kept = msgspec.json.decode(packed, type=dict[str, _Packed])
    return {name: _unpack(value) for name, value in kept.items()}


def fill(text: str, values: Mapping[str, Value], language: str) -> str:
    """Return the text with its blanks filled; what the values say is text and never read as a blank."""
    return text % {name: spoken(value, language) for name, value in values.items()}


def spoken(value: Value, language: str) -> str:
    """Return one value as the language writes it: ``1,200``, ``11月21日(土)``, ``21 Nov (Sat)``, and instants in Japan's time."""
    if isinstance(value, Mapping):
        return text_for(value, language)[1]
    if isinstance(value, datetime):
        here = value.astimezone(JST)
        return f"{_day(here.date(), language)} {here.hour}:{here.minute:02}"
    if isinstance(value, date):
        return _day(value, language)
    return f"{value:,}" if isinstance(value, int) else value


def with_year(day: date, language: str) -> str:
    """Return a day with its year as the language writes it: ``2026年11月21日(土)``, ``21 Nov 2026 (Sat)``."""
    return _day(day, language, with_year=True)


def _day(day: date, language: str, *, with_year: bool = False) -> str:
    family = language.partition("-")[0]
    names = _WEEKDAYS.get(family, _WEEKDAYS["ja"])
    weekday = names[day.weekday()]
    if family == "en":
        year = f" {day.year}" if with_year else ""
        return f"{day.day} {_MONTHS[day.month - 1]}{year} ({weekday})"
    if family == "ko":
        year = f"{day.year}년 " if with_year else ""
        return f"{year}{day.month}월 {day.day}일({weekday})"
    year = f"{day.year}年" if with_year else ""
    return f"{year}{day.month}月{day.day}日({weekday})"


def _pack(value: Value) -> _Packed:
    if isinstance(value, bool):
        raise ValueRefused("a message carries no yes or no")
    if isinstance(value, str) and _is_short(value):
        return _Packed(text=value)
    if isinstance(value, Mapping) and "ja" in value and all(map(_is_short, value.values())):
        return _Packed(names=dict(value))
    if isinstance(value, int) and abs(value) < 2**53:
        return _Packed(number=value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return _Packed(instant=value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return _Packed(day=value)
    raise ValueRefused(f"a message cannot carry this {type(value).__name__}")


def _is_short(text: str) -> bool:
    return len(text) <= MOST_SIGNS and "\0" not in text


def _unpack(packed: _Packed) -> Value:
    for value in (packed.text, packed.names, packed.number, packed.instant, packed.day):
        if value is not None:
            return value
    raise ValueRefused("an empty value")
