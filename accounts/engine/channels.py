"""By which channels a message goes, and when: what the reader chose, quiet hours in Japan, and danger to life above both."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

from kernel.clock import JST

T = TypeVar("T")

PUSH, EMAIL, SMS, LINE = CHANNELS = ("push", "email", "sms", "line")
LIFE, NORMAL = "life", "normal"
DAY_MINUTES = 24 * 60

# How many messages of one person may leave by one channel in an hour; danger to life is not counted.
PER_HOUR: Mapping[str, int] = {PUSH: 30, EMAIL: 12, SMS: 4, LINE: 12}
# How often one delivery is tried; a message of danger to life longer than others.
TRIES: Mapping[str, int] = {NORMAL: 5, LIFE: 12}


def chosen(
    *, priority: str, is_essential: bool, usual: Collection[str], choice: Collection[str] | None
) -> tuple[str, ...]:
    """Return the channels a message goes by: all for danger to life, else what the person chose, else what is usual.

    A letter about the person's own account cannot be switched off.
    """
    if priority == LIFE:
        return CHANNELS
    wanted = set(usual if choice is None else choice)
    if is_essential:
        wanted.add(EMAIL)
    return tuple(channel for channel in CHANNELS if channel in wanted)


def quiet_until(at: datetime, *, quiet_from: int | None, quiet_to: int | None) -> datetime | None:
    """Return when the quiet hours that ``at`` falls into end, None outside them.

    Both are minutes of the day in Japan, half open; they may cross midnight. Japan has no summer time.
    """
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return None
    here = at.astimezone(JST)
    minute = here.hour * 60 + here.minute
    inside = quiet_from <= minute < quiet_to if quiet_from < quiet_to else minute >= quiet_from or minute < quiet_to
    if not inside:
        return None
    day = here.date() + timedelta(days=1 if minute >= quiet_to else 0)
    end = datetime.combine(day, time(quiet_to // 60, quiet_to % 60), JST)
    return end.astimezone(at.tzinfo)


def pause(tries: int, asked_s: int | None = None) -> timedelta:
    """Return how long to wait before the next try: 15 s, 30 s, one minute … an hour at most, or what the other side asked for."""
    own = timedelta(seconds=15 * 2 ** min(tries - 1, 8))
    asked = timedelta(seconds=max(asked_s or 0, 0))
    return min(max(own, asked), timedelta(hours=1))


def text_for(texts: Mapping[str, T], language: str) -> tuple[str, T]:
    """Return the best of what was written for a reader, and its language: the reader's own, English for who reads no Japanese."""
    for candidate in _preference(language):
        if candidate in texts:
            return candidate, texts[candidate]
    raise LookupError("a message without Japanese")


def _preference(language: str) -> Sequence[str]:
    return (language, "ja") if language.startswith("ja") else (language, "en", "ja")
