"""A sealed text is found again by its index, and the index alone says nothing."""

import pytest

from kernel import blind_index as module
from kernel.blind_index import blind_index
from kernel.models import IndexKey

pytestmark = pytest.mark.django_db


def test_the_same_text_has_the_same_index_in_its_place_alone():
    one = blind_index("hanako@example.com", "accounts.contact")

    assert one == blind_index("hanako@example.com", "accounts.contact")
    assert len(one) == 43
    assert one != blind_index("hanako@example.com", "health.record")
    assert one != blind_index("hanako@example.co", "accounts.contact")
    assert b"hanako" not in bytes(IndexKey.objects.get().sealed)


def test_turning_the_master_key_over_moves_no_index(settings):
    before = blind_index("hanako@example.com", "accounts.contact")
    settings.MASTER_KEY = f"{settings.MASTER_KEY},2:{'22' * 32}"
    module._known.clear()

    assert blind_index("hanako@example.com", "accounts.contact") == before
