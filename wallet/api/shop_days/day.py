"""A day as a part of an address: ``2026-11-30``."""

from datetime import date


class DayInAddress:
    """Reads and writes one; what is no day finds no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Return the day; :raises ValueError: for the thirtieth of February."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write it."""
        return value.isoformat()
