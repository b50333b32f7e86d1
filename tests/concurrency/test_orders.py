"""Races for orders, run as races."""

from datetime import timedelta
from functools import partial

import pytest

from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.concurrency.test_ledger import assert_whole, codes
from tests.wallet.cards.conftest import clockwork, company, counter  # noqa: F401 - fixtures
from tests.wallet.checkout.conftest import bills  # noqa: F401
from tests.wallet.conftest import town  # noqa: F401
from tests.wallet.town import amount_of
from wallet import services
from wallet.engine.checkout import LineAmount
from wallet.models import Order, OrderPayment, OrderRefund
from wallet.selectors.balances import takings_of
from wallet.selectors.orders import order_token
from wallet.services.checkout.capturing import decide_cancel, decide_capture, expire_order
from wallet.services.checkout.paying import begin_order_payment
from wallet.services.checkout.refunding import decide_refund

pytestmark = pytest.mark.postgres


def paying(bills, who, order, method="coin", coin=0):  # noqa: F811
    how = {"token": order_token(order.id), "method": method, "coin": coin, "coupons": []}
    return partial(begin_order_payment, bills.town.act(who), order_id=order.id, **how)


def test_of_thirty_phones_one_pays_the_bill(bills):  # noqa: F811
    people, bill = [bills.town.resident(yen=1000) for _ in range(30)], bills.bill()
    outcomes = codes(all_at_once(paying(bills, person, bill) for person in people))
    assert outcomes == {"done": 1, "order_not_open": 29}
    assert (takings_of(bills.till.account), sorted(amount_of(p.account) for p in people)) == (1000, [0] + [1000] * 29)
    assert_whole()


def test_one_person_on_two_phones_pays_once_whichever_way(bills):  # noqa: F811
    yuki, bill = bills.town.resident(yen=5000), bills.bill()
    ways = (("coin", 0), ("mixed", 300), ("card", 0)) * 4
    outcomes = codes(all_at_once(paying(bills, yuki, bill, *way) for way in ways))
    assert outcomes["done"] == 1
    assert OrderPayment.objects.count() == 1
    assert_whole()


def test_an_order_that_is_paid_cancelled_and_runs_out_at_once_has_one_end(bills):  # noqa: F811
    yuki = bills.town.resident(yen=50_000)
    for _ in range(6):
        order = bills.order(yuki)
        later = bills.town.at + timedelta(minutes=30)
        expiring = Act(SYSTEM, at=later)
        all_at_once(
            [
                paying(bills, yuki, order),
                partial(decide_cancel, bills.town.act(bills.till.cashier), order_id=order.id),
                partial(expire_order, expiring, order_id=order.id),
                paying(bills, yuki, order, "mixed", 200),
            ]
        )
        assert Order.objects.get(pk=order.id).status in ("paid", "cancelled", "expired", "open")
    assert takings_of(bills.till.account) == 1000 * Order.objects.filter(status="paid").count()
    assert_whole()


def test_lines_are_given_back_once(bills):  # noqa: F811
    order = bills.paid(bills.town.resident(yen=400), "mixed", coin=400)
    act = partial(bills.town.act, bills.till.cashier)
    wholes = [partial(decide_refund, act(), order_id=order.id, lines=None) for _ in range(6)]
    parts = [partial(decide_refund, act(), order_id=order.id, lines=[LineAmount(1, 500)]) for _ in range(6)]
    all_at_once(wholes + parts)
    services.finish_card_refunds(at=bills.town.at)
    back = sum(refund.amount for refund in OrderRefund.objects.all())
    assert back == 1000
    assert (bills.charged(), takings_of(bills.till.account)) == (0, 0)
    assert_whole()


def test_what_is_held_is_captured_or_let_go(bills):  # noqa: F811
    yuki = bills.town.resident(yen=20_000)
    for _ in range(5):
        order = bills.held(yuki)
        act = partial(bills.town.act, bills.till.cashier)
        outcomes = all_at_once(
            [
                partial(decide_capture, act(), order_id=order.id, lines=None),
                partial(decide_capture, act(), order_id=order.id, lines=[LineAmount(1, 300)]),
                partial(decide_cancel, act(), order_id=order.id),
            ]
        )
        assert codes(outcomes)["done"] == 1
    assert_whole()


def test_the_cards_news_the_sweep_and_a_cancellation_bring_the_money_to_one_place(bills):  # noqa: F811
    for _ in range(4):
        yuki, order = bills.town.resident(yen=300), bills.bill()
        bills.pay(yuki, order, "mixed", coin=300)
        bills.enter_card(order)
        heard = [partial(bills.counter.hear, event) for event in bills.counter.news() * 2]
        looked = [partial(services.look_for_order, yuki, order.id, at=bills.town.at) for _ in range(3)]
        swept = partial(services.sweep_cards, at=bills.town.at + timedelta(hours=2))
        cancelled = partial(services.cancel_order, bills.town.act(bills.till.cashier), order_id=order.id)
        all_at_once([*heard, *looked, swept, cancelled])
        services.sweep_cards(at=bills.town.at + timedelta(hours=2))
        status = bills.shown(order).status
        assert (status, amount_of(yuki.account)) in (("paid", 0), ("cancelled", 300))
    paid = Order.objects.filter(status="paid").count()
    assert (bills.charged(), takings_of(bills.till.account)) == (700 * paid, 1000 * paid)
    assert_whole()


def test_an_app_that_asks_twenty_times_at_once_has_one_order(bills):  # noqa: F811
    yuki = bills.town.resident()
    outcomes = all_at_once(partial(bills.order, yuki, source_id="pass-1") for _ in range(20))
    assert len({order.id for order in outcomes}) == 1
    assert Order.objects.count() == 1
