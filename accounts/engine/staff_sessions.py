"""How long the staff's administration stays open for one sign-in."""

from datetime import datetime, timedelta

MOST = timedelta(hours=12)
"""From the second factor on, whatever is done meanwhile: a working day with its overtime."""
IDLE = timedelta(minutes=30)
"""Without a page asked for: a desk that somebody has left (NIST SP 800-63B, 2.2.3, for AAL2)."""


def is_open(*, shown_at: datetime | None, seen_at: datetime | None, at: datetime) -> bool:
    """Tell whether the second factor shown at ``shown_at`` still carries, the last page having been asked for at ``seen_at``."""
    if shown_at is None or at - shown_at > MOST:
        return False
    last = max(shown_at, seen_at) if seen_at is not None else shown_at
    return at - last <= IDLE
