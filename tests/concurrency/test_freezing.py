"""A freeze against payments that are under way."""

from functools import partial

import pytest

from kernel.principal import SYSTEM
from tests.concurrency.crowd import all_at_once
from tests.concurrency.test_ledger import assert_whole, codes
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.models import Payment

pytestmark = pytest.mark.postgres


def test_once_the_freeze_stands_nothing_goes_out_however_many_try(committed_db):
    town = Town()
    yuki, shop = town.resident(yen=10_000), town.till()
    ways = [services.pay, services.pay_at_once] * 20
    payments = [partial(way, town.act(yuki), code=shop.code, amount=10) for way in ways]
    freezes = [
        partial(services.freeze_account, town.act(SYSTEM), account_id=yuki.account, scope=scope, reason="確認中")
        for scope in ("outgoing", "all", "outgoing")
    ]
    outcomes = codes(all_at_once([*payments[:20], *freezes, *payments[20:]]))
    assert outcomes.keys() <= {"done", "account_frozen"}
    paid = Payment.objects.count()
    assert amount_of(yuki.account) == 10_000 - 10 * paid
    again = codes(
        all_at_once(partial(services.pay_at_once, town.act(yuki), code=shop.code, amount=1) for _ in range(20))
    )
    assert again == {"account_frozen": 20}
    assert_whole()
