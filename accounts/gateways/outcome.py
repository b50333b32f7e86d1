"""What has become of a message that was handed to somebody outside."""

from enum import Enum
from typing import NamedTuple


class Fate(Enum):
    """Whether it was taken, and what may be done next."""

    SENT = "sent"
    """Taken."""
    GONE = "gone"
    """The address exists no more: forget it."""
    REFUSED = "refused"
    """Not taken, and never will be."""
    LATER = "later"
    """Surely not taken, for the moment: try again."""
    UNKNOWN = "unknown"
    """Perhaps taken: the answer was lost. Only what concerns danger to life is sent again."""


class Outcome(NamedTuple):
    """A fate, the reason in a few signs for the log, and the seconds the other side asked us to wait."""

    fate: Fate
    reason: str = ""
    retry_after_s: int | None = None


SENT = Outcome(Fate.SENT)
