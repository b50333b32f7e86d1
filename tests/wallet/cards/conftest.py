"""A card company of one's own for each test."""

from collections.abc import Iterator

import pytest

from tests.wallet.cards.company import KEY, SECRET, Counter, keys, serving
from tests.wallet.town import NOON, Town
from wallet.gateways.cards.fake.vendor import FakeStripe


class FixedClock:
    """Tells the company the town's time."""

    town: Town | None = None

    def __call__(self):
        return self.town.at if self.town else NOON


@pytest.fixture
def clockwork() -> FixedClock:
    return FixedClock()


@pytest.fixture
def company(tmp_path, settings, clockwork) -> Iterator[FakeStripe]:
    """Open a company, and let the city have a contract with it."""
    pages = "https://pay.example"
    opened = FakeStripe(tmp_path / "books.sqlite", key=KEY, webhook_secret=SECRET, pages=pages, now=clockwork)
    with serving(opened) as address:
        settings.STRIPE = keys(address)
        yield opened


@pytest.fixture
def counter(town, company, clockwork) -> Counter:
    """Build a town that tops up by card, in a database of its own."""
    clockwork.town = town
    return Counter(town, company)
