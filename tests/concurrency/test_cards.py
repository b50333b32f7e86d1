"""Races for card money."""

from functools import partial

import pytest

from tests.concurrency.crowd import all_at_once
from tests.concurrency.test_ledger import assert_whole, codes
from tests.wallet.cards.conftest import clockwork, company, counter  # noqa: F401 - fixtures
from tests.wallet.conftest import town  # noqa: F401
from tests.wallet.town import Person, amount_of
from wallet import services
from wallet.models import CardRefund, TopUp

pytestmark = pytest.mark.postgres


def test_news_return_and_sweep_at_once_bring_the_coins_once(counter):  # noqa: F811
    yuki = counter.town.resident()
    top_up = counter.begin(yuki, 3000)
    counter.enter_card(top_up)
    news = counter.news()
    heard = [partial(counter.hear, event) for event in news * 3]
    looked = [partial(services.look_for, yuki, top_up.id, at=counter.town.at) for _ in range(8)]
    assert codes(all_at_once(heard + looked)) == {"done": len(heard) + 8}
    assert (amount_of(yuki.account), TopUp.objects.filter(kind="card").count()) == (3000, 1)
    assert_whole()


def test_of_two_top_ups_that_are_too_much_together_one_goes_back(counter):  # noqa: F811
    yuki = counter.town.resident(yen=280_000)
    for top_up in [counter.begin(yuki, 15_000) for _ in range(2)]:
        counter.enter_card(top_up)
    assert codes(all_at_once(partial(counter.hear, event) for event in counter.news())).keys() == {"done"}
    assert amount_of(yuki.account) == 295_000
    refund = CardRefund.objects.get()
    assert (refund.amount, refund.reason, refund.status) == (15_000, "limit", "done")
    assert_whole()


def test_a_payment_and_a_refund_to_the_card_share_the_coins(counter):  # noqa: F811
    yuki, shop = counter.town.resident(), counter.town.till()
    officer = Person(counter.town.resident().actor, frozenset({"wallet.handle_cards"}))
    row = counter.bought(yuki, 3000)
    refunds = [
        partial(services.refund_top_up, counter.town.act(officer), payment_id=row.pk, amount=1000, why="x")
        for _ in range(4)
    ]
    payments = [partial(services.pay_at_once, counter.town.act(yuki), code=shop.code, amount=1000) for _ in range(4)]
    outcomes = codes(all_at_once([each for pair in zip(refunds, payments, strict=True) for each in pair]))
    assert outcomes["done"] == 3
    assert amount_of(yuki.account) == 0
    services.finish_card_refunds(at=counter.town.at)
    assert_whole()
