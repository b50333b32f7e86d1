"""Paying with coupons: who bears what, what was quoted is charged, and what comes back."""

from datetime import timedelta

import pytest

from kernel.principal import SYSTEM
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import TENTH, asked, buy, campaign, citys, quoted, shops
from tests.wallet.town import amount_of
from wallet import services
from wallet.engine.coupons import CouponHours, Fixed, Line, Percent
from wallet.engine.coupons.answers import AskedCoupon
from wallet.errors import PaymentNotVoidable, QuoteChanged, RefundExceedsPayment
from wallet.models import Coupon, CouponClaim, CouponCount, CouponUse, Journal, Payment, Posting
from wallet.selectors.balances import takings_of
from wallet.selectors.coupons.quoting import quote_for_till

pytestmark = pytest.mark.postgres
WAYS = pytest.mark.parametrize("way", [services.pay, services.pay_at_once], ids=["explained", "at_once"])


def lines(receipt) -> list[int]:
    journal = Payment.objects.get(pk=receipt.id).journal_id
    return list(Posting.objects.filter(journal_id=journal).order_by("line").values_list("amount", flat=True))


@WAYS
def test_the_city_pays_the_shop_what_its_coupon_takes_off(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 1000)
    citys(town, purse)
    found = quoted(town, yuki, till, 1000)
    assert (found.price, found.discount, found.pays) == (1000, 100, 900)
    assert [(each.title, each.discount, each.funded_by) for each in found.coupons] == [("一割引き", 100, "campaign")]
    receipt = buy(town, yuki, till, 1000, way)
    assert (receipt.amount, receipt.discount) == (900, 100)
    assert lines(receipt) == [900, 100]
    assert (amount_of(yuki.account), takings_of(till.account), amount_of(purse.account_id)) == (4100, 1000, 900)
    assert broken() == {}


@WAYS
def test_a_shop_bears_its_own_coupon_by_taking_less(town, way):
    yuki, till = town.resident(yen=5000), town.till()
    shops(town, till)
    receipt = buy(town, yuki, till, 1000, way)
    assert (receipt.amount, receipt.discount, lines(receipt)) == (900, 100, [900])
    assert (amount_of(yuki.account), takings_of(till.account)) == (4100, 900)
    assert broken() == {}


@WAYS
def test_two_that_may_be_combined_are_both_used(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, stackable=True)
    citys(town, purse, stackable=True, benefit=Fixed(yen=50))
    shops(town, till, stackable=True)
    receipt = buy(town, yuki, till, 1000, way)
    assert (receipt.amount, receipt.discount) == (750, 250)
    assert sorted(lines(receipt)) == [50, 100, 750]
    assert (takings_of(till.account), amount_of(purse.account_id)) == (900, 99_850)
    assert broken() == {}


@WAYS
@pytest.mark.parametrize(
    ("price", "paid", "off"), [(1, 1, 0), (9, 9, 0), (10, 9, 1), (333, 300, 33), (9999, 9499, 500)]
)
def test_what_is_charged_is_what_was_quoted_at_1_and_333_yen_and_at_the_cap(town, way, price, paid, off):
    yuki, till, purse = town.resident(yen=20_000), town.till(), campaign(town)
    citys(town, purse, benefit=Percent(percent=10, cap=500))
    receipt = buy(town, yuki, till, price, way)
    assert (receipt.amount, receipt.discount) == (paid, off)
    assert takings_of(till.account) == price


@WAYS
def test_at_least_one_yen_is_paid(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, benefit=Fixed(yen=500))
    receipt = buy(town, yuki, till, 300, way)
    assert (receipt.amount, receipt.discount, takings_of(till.account)) == (1, 299, 300)
    assert broken() == {}


@WAYS
@pytest.mark.parametrize("change", ["discount", "price", "unknown", "twice", "paused", "ended", "hour"])
def test_what_no_longer_holds_is_refused_and_nothing_changes(town, way, change):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    coupon = citys(town, purse, stackable=True, hours=(CouponHours(begins=600, ends=780),))
    parts, price = asked(quoted(town, yuki, till, 1000)), 1000
    assert [part.discount for part in parts] == [100]
    if change == "discount":
        parts = [AskedCoupon(coupon, 900)]
    elif change == "price":
        price = 990
    elif change == "unknown":
        parts = [AskedCoupon(till.id, 100)]
    elif change == "twice":
        parts = parts * 2
    elif change == "paused":
        services.coupons.pause_coupon(town.act(SYSTEM), coupon_id=coupon)
    elif change == "ended":
        town.at += timedelta(days=30)
    else:
        town.at = town.at.replace(hour=4)  # one o'clock in Japan
    with pytest.raises(QuoteChanged):
        way(town.act(yuki), code=till.code, amount=price, coupons=parts)
    assert (amount_of(yuki.account), takings_of(till.account), amount_of(purse.account_id)) == (5000, 0, 100_000)
    assert not Journal.objects.filter(kind="payment").exists()
    assert not CouponUse.objects.exists()


@WAYS
@pytest.mark.parametrize("gone", ["stock", "budget", "uses", "claim"])
def test_what_another_payment_took_since_the_quote_is_refused_and_nothing_changes(town, way, gone):
    yuki, aoi, till = town.resident(yen=5000), town.resident(yen=5000), town.till()
    purse = campaign(town, 150 if gone == "budget" else 1000)
    caps = {"stock": {"stock": 1}, "budget": {}, "uses": {"per_person": 1}, "claim": {"needs_claim": True}}
    coupon = citys(town, purse, **caps[gone])
    if gone == "claim":
        services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon)
    parts = asked(quoted(town, yuki, till, 1000))
    assert buy(town, yuki if gone in {"uses", "claim"} else aoi, till, 1000, way).discount == 100
    before = (amount_of(yuki.account), takings_of(till.account), amount_of(purse.account_id))
    with pytest.raises(QuoteChanged):
        way(town.act(yuki), code=till.code, amount=1000, coupons=parts)
    assert (amount_of(yuki.account), takings_of(till.account), amount_of(purse.account_id)) == before
    assert (Journal.objects.filter(kind="payment").count(), CouponUse.objects.count()) == (1, 1)
    assert CouponCount.objects.get().used == 1
    assert broken() == {}


@WAYS
def test_an_edited_discount_never_charges_something_else(town, way):
    """Whatever discount is sent: the quoted one is charged, every other is refused."""
    yuki, till, purse = town.resident(yen=50_000), town.till(), campaign(town)
    coupon = citys(town, purse)
    for off in (1, 99, 101, 999, 1000, 1001):
        with pytest.raises(QuoteChanged):
            way(town.act(yuki), code=till.code, amount=1000, coupons=[AskedCoupon(coupon, off)])
    assert way(town.act(yuki), code=till.code, amount=1000, coupons=[AskedCoupon(coupon, 100)]).amount == 900


@WAYS
def test_a_coupon_that_may_not_be_combined_is_not_slipped_in(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    alone, other = citys(town, purse), citys(town, purse, benefit=Fixed(yen=50))
    with pytest.raises(QuoteChanged):
        way(town.act(yuki), code=till.code, amount=1000, coupons=[AskedCoupon(alone, 100), AskedCoupon(other, 50)])
    assert amount_of(yuki.account) == 5000


@WAYS
def test_once_a_day_turns_over_at_midnight_in_japan(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, per_day=1)
    town.at = town.at.replace(hour=14, minute=59)
    assert buy(town, yuki, till, 1000, way).discount == 100
    assert buy(town, yuki, till, 1000, way).discount == 0
    town.at = town.at.replace(hour=15, minute=0)
    assert buy(town, yuki, till, 1000, way).discount == 100
    assert buy(town, yuki, till, 1000, way).discount == 0
    assert broken() == {}


@WAYS
def test_so_many_for_each_and_then_no_more(town, way):
    yuki, aoi, till, purse = town.resident(yen=5000), town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, per_person=2)
    assert [buy(town, yuki, till, 100, way).discount for _ in range(3)] == [10, 10, 0]
    assert buy(town, aoi, till, 100, way).discount == 10
    assert broken() == {}


@WAYS
def test_a_coupon_to_be_taken_first_is_used_once(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    coupon = citys(town, purse, needs_claim=True)
    assert quoted(town, yuki, till, 1000).discount == 0
    first = services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon)
    assert services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon) == first
    assert buy(town, yuki, till, 1000, way).discount == 100
    assert buy(town, yuki, till, 1000, way).discount == 0
    assert CouponClaim.objects.get().used_at == town.at
    assert broken() == {}


def test_why_a_coupon_in_the_hand_does_not_apply_is_told(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    coupon = citys(town, purse, needs_claim=True, minimum=2000)
    services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon)
    found = quoted(town, yuki, till, 1999)
    assert (found.pays, [(each.coupon, each.why) for each in found.others]) == (1999, [(coupon, "below_minimum")])


@pytest.mark.parametrize(
    "way", [services.charge_customer, services.charge_customer_at_once], ids=["explained", "at_once"]
)
def test_at_the_till_the_customers_coupons_apply_by_themselves(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    held = citys(town, purse, needs_claim=True, products=("bread",), benefit=Percent(percent=50), stackable=True)
    citys(town, purse, stackable=True)
    services.coupons.claim_coupon(town.act(yuki), coupon_id=held)
    shown, goods = town.customer_code(yuki), [Line("bread", 400)]
    found = quote_for_till(till.cashier, shop_id=till.id, customer_code=shown, amount=1000, lines=goods, at=town.at)
    assert (found.price, found.discount, found.pays, found.others) == (1000, 300, 700, [])
    receipt = way(
        town.act(till.cashier), shop_id=till.id, customer_code=shown, amount=1000, coupons=asked(found), lines=goods
    )
    assert (receipt.amount, receipt.discount, amount_of(yuki.account)) == (700, 300, 4300)
    assert broken() == {}


@WAYS
def test_a_void_gives_all_back_once(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    coupon = citys(town, purse, needs_claim=True, stock=1, per_person=1, per_day=1)
    services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon)
    receipt = buy(town, yuki, till, 1000, way)
    assert Coupon.objects.get().taken == 1
    back = services.void_payment(town.act(till.cashier), payment_id=receipt.id)
    assert (back.status, back.refunded, back.discount) == ("voided", 900, 100)
    assert (amount_of(yuki.account), takings_of(till.account), amount_of(purse.account_id)) == (5000, 0, 100_000)
    assert (Coupon.objects.get().taken, CouponClaim.objects.get().used_at) == (0, None)
    count = CouponCount.objects.get()
    assert (count.used, count.on_day) == (0, 0)
    with pytest.raises(PaymentNotVoidable):
        services.void_payment(town.act(till.cashier), payment_id=receipt.id)
    assert buy(town, yuki, till, 1000, way).discount == 100
    assert Coupon.objects.get().taken == 1
    assert broken() == {}


def test_a_refund_in_parts_returns_the_campaigns_part_in_measure_and_to_the_yen(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, stock=5)
    receipt = buy(town, yuki, till, 333)
    assert (receipt.amount, receipt.discount) == (300, 33)
    left = []
    for amount in (1, 99, 100, 100):
        services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=amount)
        left.append(100_000 - amount_of(purse.account_id))
        assert broken() == {}
    assert left == [33, 22, 11, 0]
    assert (amount_of(yuki.account), takings_of(till.account)) == (5000, 0)
    assert Coupon.objects.get().taken == 0


def test_until_all_came_back_the_coupon_stays_used(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, stock=1)
    receipt = buy(town, yuki, till, 1000)
    services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=899)
    assert (Coupon.objects.get().taken, CouponUse.objects.get().given_back_at) == (1, None)
    with pytest.raises(RefundExceedsPayment):
        services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=2)
    services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=1)
    assert (Coupon.objects.get().taken, amount_of(purse.account_id)) == (0, 100_000)


def test_the_payer_gets_back_no_more_than_was_paid(town):
    yuki, till = town.resident(yen=5000), town.till()
    citys(town, campaign(town))
    receipt = buy(town, yuki, till, 1000)
    with pytest.raises(RefundExceedsPayment):
        services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=1000)
    assert amount_of(yuki.account) == 4100


@WAYS
def test_a_budget_is_not_passed_and_the_price_is_paid_instead(town, way):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 150)
    citys(town, purse)
    assert [buy(town, yuki, till, 1000, way).discount for _ in range(2)] == [100, 0]
    assert amount_of(purse.account_id) == 50
    assert buy(town, yuki, till, 500, way).discount == 50
    assert (amount_of(purse.account_id), broken()) == (0, {})


def test_the_day_limit_counts_what_is_paid_and_a_refund_gives_that_back(town, settings):
    settings.COIN = settings.COIN | {"per_day": 1000}
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, benefit=Percent(percent=50))
    receipt = buy(town, yuki, till, 2000)
    assert receipt.amount == 1000
    services.void_payment(town.act(till.cashier), payment_id=receipt.id)
    assert buy(town, yuki, till, 2000).amount == 1000
    assert broken() == {}


def test_paying_without_a_quote_charges_the_whole_price(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    citys(town, purse, benefit=TENTH)
    assert services.pay_at_once(town.act(yuki), code=till.code, amount=1000).amount == 1000
