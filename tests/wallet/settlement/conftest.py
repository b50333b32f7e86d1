"""The market that settlement's tests start from."""

import pytest
from django.test import override_settings

from tests.wallet.settlement.market import SETTLEMENT, Market


@pytest.fixture
def market(committed_db):
    """Build a market in a database of its own: use cases commit."""
    with override_settings(SETTLEMENT=SETTLEMENT):
        yield Market()
