"""The question that a partner's request becomes: what is said yes to leaves the city, and nothing else."""

import pytest

from tests.accounts.openid.partner import back, partner, signed_in, userinfo

pytestmark = pytest.mark.django_db


def test_nothing_is_ticked_beforehand_and_without_a_tick_nothing_personal_leaves():
    library, hanako = partner(), signed_in()
    assert "checked" not in hanako.open(library.request()).content.decode()
    given = library.redeem(back(hanako.answer(library.request(), classes=()))["code"]).json()
    assert sorted(userinfo(given["access_token"]).json()) == ["sub"]
