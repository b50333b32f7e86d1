"""Races for settlement, run as races: two who draw up, two who approve, payments and refunds that land meanwhile."""

import threading
from collections import Counter
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test import override_settings

from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.settlement.market import CUT_OFF, SETTLEMENT, Market
from wallet import services
from wallet.models import SOURCES, Posting, SettlementBatch, SettlementLine
from wallet.selectors.balances import takings_of

pytestmark = pytest.mark.postgres


@pytest.fixture
def market(committed_db):
    """Build a market in a database of its own: races commit."""
    with override_settings(SETTLEMENT=SETTLEMENT):
        yield Market()


def codes(outcomes) -> Counter:
    return Counter(outcome if isinstance(outcome, str) else "done" for outcome in outcomes)


def paid_out() -> int:
    return sum(Posting.objects.filter(credit_id=SOURCES["bank"]).values_list("amount", flat=True))


def test_ten_who_draw_up_at_once_draw_up_one_batch(market):
    shop = market.shop()
    for _ in range(20):
        market.pay(shop, 100)
    market.town.at = market.town.at.replace(day=16)
    outcomes = all_at_once(
        partial(services.draw_up_settlement, market.town.act(market.first), cut_off_on=CUT_OFF) for _ in range(10)
    )
    assert codes(outcomes) == {"done": 1, "settlement_drawn": 9}
    assert (SettlementBatch.objects.count(), SettlementLine.objects.count()) == (1, 20)
    assert_whole()


def test_two_officers_who_approve_at_once_pay_once(market):
    shop = market.shop()
    market.pay(shop, 10_000)
    batch = market.draw()
    services.check_settlement(market.town.act(market.first), batch_id=batch.id)
    third = market._officer()
    outcomes = all_at_once(
        partial(services.approve_settlement, market.town.act(who), batch_id=batch.id)
        for who in (market.second, third) * 5
    )
    assert codes(outcomes) == {"done": 1, "settlement_decided": 9}
    assert (paid_out(), takings_of(shop.account)) == (9_900, 0)
    assert_whole()


def test_payments_and_refunds_that_land_while_periods_are_settled_are_paid_once(market):
    shops = [market.shop(account=f"100000{number}") for number in range(3)]
    market.customer  # noqa: B018 - opened before the race
    stop = threading.Event()

    def trade() -> None:
        try:
            for number in range(300):
                if stop.is_set():
                    break
                shop = shops[number % 3]
                payment = market.pay(shop, 100 + number)
                if number % 5 == 0:
                    refund(shop, payment)
        finally:
            connection.close()

    def refund(shop, payment) -> None:
        with_luck = all_at_once([partial(market.refund, shop, payment, 50)])
        assert set(codes(with_luck)) <= {"done", "shop_short"}

    trader = threading.Thread(target=trade)
    trader.start()
    try:
        for day in (CUT_OFF, date(2026, 11, 30), date(2026, 12, 15)):
            market.approve(market.draw(day).id)
    finally:
        stop.set()
        trader.join()
    assert_whole()
    market.approve(market.draw(date(2026, 12, 31)).id)
    lines = SettlementLine.objects.count()
    assert (
        lines
        == Posting.objects.filter(credit_id__in=[shop.account for shop in shops])
        .exclude(journal__kind__in=["returned"])
        .count()
        + Posting.objects.filter(debit_id__in=[shop.account for shop in shops], journal__kind="refund").count()
    )
    assert_whole()
