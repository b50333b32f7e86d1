"""The office that the tests of bank transfers start from."""

import pytest
from django.test import override_settings

from tests.wallet.bank.bank import TRANSFERS, Office


@pytest.fixture
def office(committed_db):
    """Build an office in a database of its own: use cases commit."""
    with override_settings(TRANSFERS=TRANSFERS):
        yield Office()
