"""Races for coupons, run as races."""

from collections import Counter
from functools import partial

import pytest

from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import asked, campaign, citys, quoted, shops
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.engine.coupons import Fixed
from wallet.models import Coupon, CouponClaim, CouponUse
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
def test_of_fifty_people_one_gets_the_last_coupon(town, way):
    people, till, purse = [town.resident(yen=1000) for _ in range(50)], town.till(), campaign(town)
    citys(town, purse, stock=1)
    parts = asked(quoted(town, people[0], till, 1000))
    outcomes = all_at_once(
        partial(way, town.act(person), code=till.code, amount=1000, coupons=parts) for person in people
    )
    assert codes(outcomes) == {"done": 1, "quote_changed": 49}
    assert sorted(amount_of(person.account) for person in people) == [100] + [1000] * 49
    assert (takings_of(till.account), amount_of(purse.account_id)) == (1000, 99_900)
    assert (Coupon.objects.get().taken, CouponUse.objects.count(), broken()) == (1, 1, {})


@WAYS
def test_a_budget_for_three_pays_three_of_thirty(town, way):
    people, till, purse = [town.resident(yen=1000) for _ in range(30)], town.till(), campaign(town, 399)
    citys(town, purse)
    parts = asked(quoted(town, people[0], till, 1000))
    outcomes = all_at_once(
        partial(way, town.act(person), code=till.code, amount=1000, coupons=parts) for person in people
    )
    assert codes(outcomes) == {"done": 3, "quote_changed": 27}
    assert (amount_of(purse.account_id), broken()) == (99, {})


@WAYS
def test_one_person_twenty_times_at_once_uses_two_of_two(town, way):
    yuki, till, purse = town.resident(yen=50_000), town.till(), campaign(town)
    citys(town, purse, per_person=2)
    parts = asked(quoted(town, yuki, till, 1000))
    outcomes = all_at_once(partial(way, town.act(yuki), code=till.code, amount=1000, coupons=parts) for _ in range(20))
    assert codes(outcomes) == {"done": 2, "quote_changed": 18}
    assert (amount_of(yuki.account), broken()) == (50_000 - 1800, {})


def test_one_held_coupon_at_two_shops_at_once_is_used_once(town):
    yuki, bakery, cafe, purse = town.resident(yen=50_000), town.till(), town.till(), campaign(town)
    coupon = citys(town, purse, needs_claim=True)
    services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon)
    parts = asked(quoted(town, yuki, bakery, 1000))
    outcomes = all_at_once(
        partial(services.pay_at_once, town.act(yuki), code=till.code, amount=1000, coupons=parts)
        for till in [bakery, cafe] * 5
    )
    assert codes(outcomes) == {"done": 1, "quote_changed": 9}
    assert (CouponClaim.objects.filter(used_at__isnull=False).count(), broken()) == (1, {})


def test_a_coupon_taken_fifty_times_at_once_is_held_once(town):
    yuki, purse = town.resident(yen=1000), campaign(town)
    coupon = citys(town, purse, needs_claim=True)
    outcomes = all_at_once(partial(services.coupons.claim_coupon, town.act(yuki), coupon_id=coupon) for _ in range(50))
    assert codes(outcomes) == {"done": 50}
    assert CouponClaim.objects.count() == 1


def test_a_void_at_ten_tills_at_once_gives_the_coupon_back_once(town):
    yuki, aoi, till, purse = town.resident(yen=5000), town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, stock=2)
    for person in (yuki, aoi):
        parts = asked(quoted(town, person, till, 1000))
        receipt = services.pay_at_once(town.act(person), code=till.code, amount=1000, coupons=parts)
    outcomes = all_at_once(
        partial(services.void_payment, town.act(till.cashier), payment_id=receipt.id) for _ in range(10)
    )
    assert codes(outcomes) == {"done": 1, "payment_not_voidable": 9}
    assert (Coupon.objects.get().taken, amount_of(purse.account_id), broken()) == (1, 99_900, {})


def test_payments_and_refunds_with_two_coupons_cross_without_deadlock(town):
    people, tills = [town.resident(yen=20_000) for _ in range(4)], [town.till(), town.till()]
    first, second = campaign(town), campaign(town)
    citys(town, first, stackable=True, stock=1000)
    citys(town, second, stackable=True, stock=1000, benefit=Fixed(yen=7))
    for till in tills:
        shops(town, till, stackable=True, benefit=Fixed(yen=3))

    def pay(person, till, way=services.pay_at_once):
        parts = asked(quoted(town, person, till, 100))
        return partial(way, town.act(person), code=till.code, amount=100, coupons=parts)

    paid = [(till, pay(person, till)()) for person in people for till in tills for _ in range(3)]
    refunds = [
        partial(services.refund_payment, town.act(till.cashier), payment_id=receipt.id, amount=amount)
        for till, receipt in paid
        for amount in (30, 50)
    ]
    payments = [
        pay(person, till, way)
        for person in people
        for till in tills
        for way in (services.pay, services.pay_at_once) * 3
    ]
    outcomes = all_at_once([act for pair in zip(refunds, payments, strict=True) for act in pair])
    assert codes(outcomes) == {"done": 96}
    assert broken() == {}
