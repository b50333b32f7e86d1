"""Races for money, run as races."""

import threading
from collections import Counter
from functools import partial

import pytest
from django.db import connection

from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.models import Journal, LotMove, Payment
from wallet.selectors.balances import takings_of

pytestmark = pytest.mark.postgres

WAYS = pytest.mark.parametrize("way", [services.pay, services.pay_at_once], ids=["explained", "at_once"])


@pytest.fixture
def town(committed_db) -> Town:
    """Build a town in a database of its own: races commit."""
    return Town()


def codes(outcomes) -> Counter:
    return Counter(outcome if isinstance(outcome, str) else "done" for outcome in outcomes)


@WAYS
def test_fifty_payments_at_once_on_a_balance_for_one_pay_once(town, way):
    yuki, shop = town.resident(yen=500), town.till()
    outcomes = all_at_once(partial(way, town.act(yuki), code=shop.code, amount=500) for _ in range(50))
    assert codes(outcomes) == {"done": 1, "insufficient_funds": 49}
    assert (amount_of(yuki.account), takings_of(shop.account)) == (0, 500)
    assert_whole()


@WAYS
def test_the_same_key_fifty_times_debits_once_and_answers_alike(town, way):
    yuki, shop = town.resident(yen=5000), town.till()
    answers = all_at_once(
        partial(way.answer, town.act(yuki, key="the-one-key"), code=shop.code, amount=70) for _ in range(50)
    )
    assert len({(answer.status, answer.body) for answer in answers}) == 1
    assert answers[0].status == 201
    assert amount_of(yuki.account) == 4930
    assert Journal.objects.filter(idem_key="the-one-key").count() == 1
    assert_whole()


def test_the_two_ways_share_one_key(town):
    yuki, shop = town.resident(yen=5000), town.till()
    ways = [services.pay, services.pay_at_once] * 10
    answers = all_at_once(
        partial(way.answer, town.act(yuki, key="a-shared-key"), code=shop.code, amount=70) for way in ways
    )
    assert len({answer.body for answer in answers}) == 1
    assert amount_of(yuki.account) == 4930


def test_a_refused_key_is_refused_alike_fifty_times(town):
    yuki, shop = town.resident(yen=10), town.till()
    answers = all_at_once(
        partial(services.pay_at_once.answer, town.act(yuki, key="too-little"), code=shop.code, amount=70)
        for _ in range(50)
    )
    assert {answer.status for answer in answers} == {409}
    assert len({answer.body for answer in answers}) == 1
    assert amount_of(yuki.account) == 10


def test_payments_and_refunds_cross_a_hundred_times_without_deadlock(town):
    yuki, aoi = town.resident(yen=5000), town.resident(yen=5000)
    bakery, cafe = town.till(), town.till()
    paid = [
        (till, services.pay_at_once(town.act(person), code=till.code, amount=10))
        for person in (yuki, aoi)
        for till in (bakery, cafe)
        for _ in range(10)
    ]
    refunds = [
        partial(services.refund_payment, town.act(till.cashier), payment_id=receipt.id, amount=10)
        for till, receipt in paid
    ]
    payments = [
        partial(way, town.act(person), code=till.code, amount=10)
        for person in (yuki, aoi)
        for till in (bakery, cafe)
        for way in [services.pay, services.pay_at_once] * 5
    ]
    for _ in range(2):
        acts = [act for pair in zip(refunds[:20], payments[:20], strict=True) for act in pair] + refunds[20:30]
        assert codes(all_at_once(acts)).keys() <= {"done", "refund_exceeds_payment"}
        refunds = refunds[20:] + refunds[:20]
        payments = [partial(act.func, town.act(act.args[0].principal), **act.keywords) for act in payments]
    assert_whole()


def test_of_two_refunds_that_are_too_much_together_one_is_made(town):
    yuki, shop = town.resident(yen=100), town.till()
    receipt = services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
    outcomes = all_at_once(
        partial(services.refund_payment, town.act(shop.cashier), payment_id=receipt.id, amount=60) for _ in range(2)
    )
    assert codes(outcomes) == {"done": 1, "refund_exceeds_payment": 1}
    assert (amount_of(yuki.account), takings_of(shop.account)) == (60, 40)
    assert_whole()


@pytest.mark.parametrize(
    "way", [services.charge_customer, services.charge_customer_at_once], ids=["explained", "at_once"]
)
def test_one_customer_code_at_two_tills_pays_one_of_them(town, way):
    yuki, bakery, cafe = town.resident(yen=5000), town.till(), town.till()
    shown = town.customer_code(yuki)
    outcomes = all_at_once(
        partial(way, town.act(till.cashier), shop_id=till.id, customer_code=shown, amount=300)
        for till in [bakery, cafe] * 5
    )
    assert codes(outcomes) == {"done": 1, "code_used": 9}
    assert amount_of(yuki.account) == 4700
    assert_whole()


def test_one_charge_is_paid_by_one_of_ten(town):
    shop = town.till()
    people = [town.resident(yen=1000) for _ in range(10)]
    charge = services.create_charge(town.act(shop.cashier), shop_id=shop.id, amount=250)
    outcomes = all_at_once(
        partial(services.pay_at_once, town.act(person), code=charge.code, amount=None) for person in people
    )
    assert codes(outcomes) == {"done": 1, "code_used": 9}
    assert takings_of(shop.account) == 250


def test_a_hold_is_captured_or_released_but_not_both(town):
    yuki, shop = town.resident(yen=1000), town.till()
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=800)
    capture = [partial(services.capture_hold, town.act(shop.cashier), hold_id=held.id, amount=500) for _ in range(5)]
    release = [partial(services.release_hold, town.act(shop.cashier), hold_id=held.id) for _ in range(5)]
    assert codes(all_at_once(capture + release)) == {"done": 1, "hold_not_open": 9}
    assert_whole()


def test_folding_beside_payments_and_refunds_loses_nothing(town):
    people, shop = [town.resident(yen=20_000) for _ in range(6)], town.till()
    done = threading.Event()

    def fold() -> int:
        folded = 0
        while not done.is_set():
            folded += sum(each.amount for each in services.fold_credits())
        return folded

    def pay_and_refund(person) -> None:
        for number in range(25):
            receipt = services.pay_at_once(town.act(person), code=shop.code, amount=100)
            if number % 3 == 0:
                services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=40)

    def buy(person) -> None:
        pay_and_refund(person)
        finished.release()

    finished = threading.Semaphore(0)

    def close() -> None:
        for _ in people:
            finished.acquire()
        done.set()

    all_at_once([*(partial(buy, person) for person in people), fold, fold, close])
    services.fold_credits()
    assert (
        amount_of(shop.account)
        == sum(payment.amount - payment.refunded for payment in Payment.objects.all())
        == 6 * (25 * 100 - 9 * 40)
    )
    assert_whole()


def test_expiry_beside_payments_takes_each_coin_once(town):
    last_day = town.at.date()
    yuki, shop = town.resident(("bonus", 3000, last_day), yen=3000), town.till()
    town.at = town.at.replace(day=4)
    pays = [partial(services.pay_at_once, town.act(yuki), code=shop.code, amount=100) for _ in range(20)]
    sweeps = [partial(services.expire_lots, at=town.at) for _ in range(4)]
    all_at_once(pays + sweeps)
    assert amount_of(yuki.account) == 1000
    assert -sum(LotMove.objects.filter(lot__kind="bonus", delta__lt=0).values_list("delta", flat=True)) == 3000
    assert_whole()


def test_nothing_waits_for_a_busy_shops_balance(town):
    """A fold that hangs with the shop's balance locked keeps nobody from paying there."""
    yuki, shop = town.resident(yen=1000), town.till()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM wallet_balance WHERE account_id = %s FOR UPDATE", [shop.account])
        try:
            (receipt,) = all_at_once([partial(services.pay_at_once, town.act(yuki), code=shop.code, amount=100)])
        finally:
            cursor.execute("ROLLBACK")
    assert receipt.status == "paid"
