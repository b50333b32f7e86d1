"""What a sign-in has shown: which authentication level when, read from the list that a session keeps."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

CODE, SECOND_FACTOR, CARD = 1, 2, 3

_LEVELS = {"device": CODE, "code": CODE, "mfa": SECOND_FACTOR, "card": CARD}
DEMO = "demo"
"""The method of a demo city's tokens: as good as a second factor there, and nothing anywhere else."""


def authentications(records: Iterable[Mapping[str, Any]], *, is_demo: bool) -> dict[int, datetime]:
    """Return each level that was shown with the instant it was shown last. What is no record of ours counts for nothing."""
    levels = _LEVELS | ({DEMO: SECOND_FACTOR} if is_demo else {})
    found: dict[int, datetime] = {}
    for record in records:
        level, at = levels.get(str(record.get("method"))), record.get("at")
        if level is None or isinstance(at, bool) or not isinstance(at, int | float):
            continue
        shown_at = datetime.fromtimestamp(at, UTC)
        found[level] = max(found.get(level, shown_at), shown_at)
    return found
