"""A till, its customers and a card company for each test."""

import pytest

from tests.wallet.cards.conftest import clockwork, company, counter  # noqa: F401 - fixtures
from tests.wallet.checkout.till import Bills


@pytest.fixture
def bills(counter) -> Bills:  # noqa: F811
    """Open a shop that writes bills, in a database of its own."""
    return Bills(counter)
