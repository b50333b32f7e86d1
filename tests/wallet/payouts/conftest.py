"""The office that the tests of payouts start from."""

import pytest
from django.test import override_settings

from tests.wallet.payouts.office import PayoutOffice
from tests.wallet.settlement.market import SETTLEMENT


@pytest.fixture
def office(committed_db):
    """Build an office in a database of its own: use cases commit."""
    with override_settings(SETTLEMENT=SETTLEMENT):
        yield PayoutOffice()
