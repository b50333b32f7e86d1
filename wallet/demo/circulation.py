"""The demo city's circulation: what its people spent so far, counted."""

from kernel import clock
from wallet.services.circulation import refresh_circulation


def count_circulation() -> None:
    """Count what the weeks before the anchor brought."""
    refresh_circulation(at=clock.now())
