"""Months of statements, as they are asked for: ``2026-11``."""

import re
from datetime import date, datetime
from typing import NamedTuple

from kernel.clock import jst_date, jst_midnight

_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Month(NamedTuple):
    """One month in Japan."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """Return the month that is written so, None for anything else."""
        found = _WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    @classmethod
    def of(cls, at: datetime) -> "Month":
        """Return the month that it is in Japan."""
        day = jst_date(at)
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    @property
    def following(self) -> "Month":
        """Return the month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def begins(self) -> datetime:
        """Return the instant at which it begins."""
        return jst_midnight(self.first)

    @property
    def ends(self) -> datetime:
        """Return the instant at which it is over."""
        return self.following.begins

    def __str__(self) -> str:
        """Write it."""
        return f"{self.year:04}-{self.number:02}"


def months_between(first: Month, last: Month) -> list[Month]:
    """Return the months from one to the other, the newest first."""
    found, month = [], first
    while month <= last:
        found.append(month)
        month = month.following
    return found[::-1]
