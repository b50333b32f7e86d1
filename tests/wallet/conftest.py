"""The town that every test of the ledger starts from."""

import pytest

from tests.wallet.callers import City
from tests.wallet.town import Town


@pytest.fixture
def town(committed_db) -> Town:
    """Build a town in a database of its own: use cases commit."""
    return Town()


@pytest.fixture
def city(committed_db) -> City:
    """Build a city whose people ask over HTTP, in a database of its own."""
    return City()
