"""The law of prepaid means, as arithmetic: base dates, the deposit, six months.

Sources: 資金決済に関する法律 (Act 59 of 2009) articles 3(2), 4, 14; its order (Cabinet Order 19 of 2010). Told in
docs/algorithms/prepaid-law.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DEPOSIT_ABOVE = 10_000_000
"""Yen of unused balance on a base date, beyond which a deposit is owed (article 14(1), order article 6)."""

CITY, COMPANY = "city", "company"


def base_dates(first: date, last: date) -> list[date]:
    """Return the base dates (31 March and 30 September, article 3(2)) from ``first`` to ``last``, the newest first."""
    days = [date(year, month, day) for year in range(first.year, last.year + 1) for month, day in ((3, 31), (9, 30))]
    return sorted((day for day in days if first <= day <= last), reverse=True)


def base_date_before(day: date) -> date:
    """Return the last base date before ``day``."""
    return base_dates(date(day.year - 1, 1, 1), day - timedelta(days=1))[0]


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day where it has no such day (民法 article 143)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


@dataclass(frozen=True)
class Duty:
    """What is owed on a base date, and why nothing where nothing is; ``due_on`` is the last day for it."""

    deposit: int
    due_on: date
    why: str


def duty(unused_paid: int, base: date, *, issuer: str, is_within_six_months: bool) -> Duty:
    """Tell the deposit for an unused balance of coins that were paid for.

    A city that issues itself is exempt (article 4(3)), and so are means that can be used for six months from their issue at the
    most (article 4(2)). Else half of what passes ten million, rounded up to the yen, within two months from the day after the
    base date.
    """
    due_on = months_later(base + timedelta(days=1), 2) - timedelta(days=1)
    if issuer == CITY:
        return Duty(0, due_on, "city")
    if is_within_six_months:
        return Duty(0, due_on, "six_months")
    if unused_paid <= DEPOSIT_ABOVE:
        return Duty(0, due_on, "small")
    return Duty(-(-unused_paid // 2), due_on, "owed")
