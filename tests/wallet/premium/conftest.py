"""A town that buys coins with a bonus by card, too."""

from tests.wallet.cards.conftest import clockwork, company, counter

__all__ = ["clockwork", "company", "counter"]
