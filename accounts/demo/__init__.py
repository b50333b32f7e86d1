"""The people and organisations of the demo city, plainly made up, on the day the demo city began."""

from datetime import UTC, datetime

BEGAN_AT = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
