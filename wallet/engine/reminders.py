"""When to say that coins end: thirty days before, seven, and one; once each, and no more than one message a day."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

STAGES = (1, 7, 30)
CATCHES_UP_DAYS = 2  # where a day's run did not happen, the next two make up for it
LEAST_YEN = 100  # an end that takes less than this is on Home and in the history, and no message of its own


class Due(NamedTuple):
    """What is to be told of one account today."""

    expires_on: date
    stage: int
    amount: int


def stage_of(days_left: int) -> int | None:
    """Return the stage that so many days before the last day belong to; None on the days between."""
    return next((stage for stage in STAGES if stage - CATCHES_UP_DAYS <= days_left <= stage and days_left >= 0), None)


def due(ends: Mapping[date, int], told: Collection[tuple[date, int]], today: date) -> Due | None:
    """Return the soonest end of which this stage is not told yet; ``ends`` is what remains by last day."""
    for expires_on in sorted(ends):
        stage = stage_of((expires_on - today).days)
        if stage is not None and ends[expires_on] >= LEAST_YEN and (expires_on, stage) not in told:
            return Due(expires_on, stage, ends[expires_on])
    return None


def days_of_interest(today: date) -> list[date]:
    """Return the last days that some stage speaks of today."""
    return [today + timedelta(days=left) for left in range(max(STAGES) + 1) if stage_of(left) is not None]
