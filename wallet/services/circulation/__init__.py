"""Circulation, kept up beside the ledger: notice what is new, count its days, say the weeks that are over."""

from datetime import datetime

from wallet.services.circulation.counting import (
    count_day,
    days_due,
    forget_counts,
    note_changes,
    note_what_does_not_add_up,
)
from wallet.services.circulation.publishing import publish_week, weeks_due

__all__ = ["check_circulation", "forget_counts", "refresh_circulation"]


def refresh_circulation(*, at: datetime) -> int:
    """Count the days in which something new was booked and say the weeks they belong to; return how many days.

    Each day and week is a transaction of its own, and what is left waits for the next run: it can be ended anywhere.
    """
    note_changes(at=at)
    days = days_due()
    for day in days:
        count_day(day)
    for week in weeks_due(at=at):
        publish_week(week)
    return len(days)


def check_circulation(*, at: datetime) -> int:
    """Hold every day against the whole ledger, as :func:`refresh_circulation` would have it; return how many days were wrong."""
    refresh_circulation(at=at)
    wrong = note_what_does_not_add_up()
    refresh_circulation(at=at)
    return wrong
