"""A stop's departures as a sign shows them: in one language at a time, the languages taking turns."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from kernel.clock import JST

LANGUAGES: Sequence[str] = ("ja", "en", "zh-hans", "ko", "ja-easy")
"""In the order in which they take turns."""
TURN = timedelta(seconds=12)


class Turn(NamedTuple):
    """The language that is shown, those that take turns, and when the next one is due."""

    language: str
    languages: Sequence[str]
    until: datetime


def turn_at(at: datetime, wanted: Collection[str]) -> Turn:
    """Return whose turn it is, of the wanted languages or of all; every sign of the town shows the same one at a time."""
    languages = [each for each in LANGUAGES if each in wanted] or list(LANGUAGES)
    number = int(at.timestamp() / TURN.total_seconds())
    until = datetime.fromtimestamp((number + 1) * TURN.total_seconds(), JST)
    return Turn(languages[number % len(languages)], languages, until)
