"""What the ledger refuses, and that a refusal changes nothing."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from accounts.models import Resident
from kernel.idempotency import KEPT_FOR, KeyReused, KeySpent
from kernel.ids import new_id
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from tests.wallet.town import Person, amount_of
from wallet import errors, services
from wallet.models import Journal, Shop
from wallet.selectors.balances import balance_of
from wallet.selectors.receipts import access_receipt_for

BAD_AMOUNTS = [0, -1, 1.5, "1e3", True, float("nan"), 2**63, "１００", None]
BOTH_WAYS = pytest.mark.parametrize("pay", [services.pay, services.pay_at_once], ids=["explained", "at_once"])
S = timedelta(seconds=1)


@BOTH_WAYS
@pytest.mark.parametrize("amount", BAD_AMOUNTS[:-1], ids=repr)
def test_no_amount_but_a_whole_number_of_yen_is_paid(town, pay, amount):
    yuki, shop = town.resident(yen=1000), town.till()
    with pytest.raises(errors.AmountInvalid):
        pay(town.act(yuki), code=shop.code, amount=amount)
    assert amount_of(yuki.account) == 1000
    assert not Journal.objects.filter(kind="payment").exists()


def test_no_such_amount_is_charged_held_topped_up_captured_or_refunded(town):
    yuki, shop = town.resident(yen=1000), town.till()
    paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
    held = services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=100)
    code = town.customer_code(yuki)
    officer = Person(shop.cashier.actor, frozenset({"wallet.top_up_at_counter"}))
    at_till = {"shop_id": shop.id, "customer_code": code}
    deeds = [
        (services.charge_customer, shop.cashier, at_till),
        (services.charge_customer_at_once, shop.cashier, at_till),
        (services.hold, shop.cashier, at_till),
        (services.top_up_at_shop, shop.cashier, at_till),
        (services.top_up_at_counter, officer, {"customer_code": code}),
        (services.capture_hold, shop.cashier, {"hold_id": held.id}),
        (services.refund_payment, shop.cashier, {"payment_id": paid.id}),
    ]
    for deed, who, words in deeds:
        for amount in BAD_AMOUNTS:
            with pytest.raises(errors.AmountInvalid):
                deed(town.act(who), **words, amount=amount)
    assert amount_of(yuki.account) == 800


@BOTH_WAYS
def test_more_than_there_is_more_at_once_or_more_a_day_is_refused(town, pay):
    yuki, shop = town.resident(yen=10_000), town.till()
    with override_settings(COIN=settings.COIN | {"per_payment": 3000, "per_day": 5000}):
        with pytest.raises(errors.LimitPerPayment) as found:
            pay(town.act(yuki), code=shop.code, amount=3001)
        assert found.value.members == {"limit": 3000}
        pay(town.act(yuki), code=shop.code, amount=3000)
        with pytest.raises(errors.LimitPerDay) as found:
            pay(town.act(yuki), code=shop.code, amount=2001)
        assert found.value.members == {"limit": 5000}
        pay(town.act(yuki), code=shop.code, amount=2000)
        tomorrow = timedelta(hours=12)  # noon becomes midnight
        pay(town.act(yuki, after=tomorrow), code=shop.code, amount=3000)
        with pytest.raises(errors.InsufficientFunds):
            pay(town.act(yuki, after=tomorrow), code=shop.code, amount=2001)
    assert amount_of(yuki.account) == 2000


def test_what_is_voided_can_be_spent_again_on_the_same_day(town):
    yuki, shop = town.resident(yen=10_000), town.till()
    with override_settings(COIN=settings.COIN | {"per_day": 5000}):
        paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=5000)
        services.void_payment(town.act(shop.cashier), payment_id=paid.id)
        assert services.pay_at_once(town.act(yuki), code=shop.code, amount=5000).status == "paid"


def test_nobody_holds_more_than_the_limit(town):
    yuki, shop = town.resident(yen=900), town.till()
    with override_settings(COIN=settings.COIN | {"balance": 1000}), pytest.raises(errors.LimitBalance):
        services.top_up_at_shop(
            town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=101
        )
    assert amount_of(yuki.account) == 900


@pytest.mark.parametrize(
    ("after", "refusal"), [(299 * S, None), (300 * S, errors.CodeExpired), (301 * S, errors.CodeExpired)], ids=str
)
@pytest.mark.parametrize(
    "way", [services.charge_customer, services.charge_customer_at_once], ids=["explained", "at_once"]
)
def test_a_customers_code_lives_less_than_five_minutes(town, way, after, refusal):
    yuki, shop = town.resident(yen=1000), town.till()
    code = town.customer_code(yuki)
    charge = {"shop_id": shop.id, "customer_code": code, "amount": 100}
    if refusal is None:
        assert way(town.act(shop.cashier, after=after), **charge).amount == 100
    else:
        with pytest.raises(refusal):
            way(town.act(shop.cashier, after=after), **charge)
        assert amount_of(yuki.account) == 1000


@BOTH_WAYS
def test_coins_end_at_midnight_in_japan_swept_or_not(town, pay):
    yuki, shop = town.resident(("bonus", 500, date(2026, 11, 3))), town.till()
    midnight = town.at.replace(hour=15)  # 00:00 on the fourth in Japan
    last_moment = midnight - timedelta(milliseconds=1) - town.at  # 23:59:59.999
    pay(town.act(yuki, after=last_moment), code=shop.code, amount=200)
    assert balance_of(yuki.account, at=midnight - timedelta(milliseconds=1)).available == 300
    assert balance_of(yuki.account, at=midnight).available == 0
    with pytest.raises(errors.InsufficientFunds):
        pay(town.act(yuki, after=midnight - town.at), code=shop.code, amount=1)
    assert amount_of(yuki.account) == 300  # still in the row until the sweep
    assert services.expire_lots(at=midnight - timedelta(milliseconds=1)) == 0
    assert services.expire_lots(at=midnight) == 300
    assert amount_of(yuki.account) == 0


def test_what_comes_back_after_its_last_day_is_not_made_to_live_longer(town):
    yuki, shop = town.resident(("bonus", 500, date(2026, 11, 3)), yen=500), town.till()
    paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=700)
    services.refund_payment(town.act(shop.cashier, after=timedelta(days=1)), payment_id=paid.id, amount=600)
    seen = balance_of(yuki.account, at=town.at + timedelta(days=1))
    assert [(lot.kind, lot.remaining) for lot in seen.lots] == [("paid", 500)]
    assert amount_of(yuki.account) == 900  # 400 of the bonus came back too, and wait for the sweep
    assert services.expire_lots(at=town.at + timedelta(days=1)) == 400


def test_a_refund_before_and_after_the_fold(town):
    yuki, shop = town.resident(yen=1000), town.till()
    first, second = (services.pay_at_once(town.act(yuki), code=shop.code, amount=100) for _ in range(2))
    services.refund_payment(town.act(shop.cashier), payment_id=first.id, amount=100)
    assert amount_of(shop.account) == 100
    services.fold_credits()
    services.refund_payment(town.act(shop.cashier), payment_id=second.id, amount=60)
    assert (amount_of(shop.account), amount_of(yuki.account)) == (40, 960)


def test_a_payment_is_voided_whole_and_on_its_day_alone(town):
    yuki, shop = town.resident(yen=1000), town.till()
    paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
    with pytest.raises(errors.PaymentNotVoidable):
        services.void_payment(town.act(shop.cashier, after=timedelta(hours=12)), payment_id=paid.id)
    services.refund_payment(town.act(shop.cashier), payment_id=paid.id, amount=1)
    with pytest.raises(errors.PaymentNotVoidable):
        services.void_payment(town.act(shop.cashier), payment_id=paid.id)
    assert amount_of(yuki.account) == 901


@BOTH_WAYS
def test_a_late_replay_does_not_pay_twice(town, pay):
    yuki, shop = town.resident(yen=1000), town.till()
    pay(town.act(yuki, key="long-ago-key"), code=shop.code, amount=100)
    late = town.act(yuki, key="long-ago-key", after=KEPT_FOR + S)
    with pytest.raises(KeySpent):
        pay(late, code=shop.code, amount=100)
    with pytest.raises(KeyReused):
        pay(late, code=shop.code, amount=101)
    with pytest.raises(KeyReused):
        pay(town.act(yuki, key="long-ago-key"), code=shop.code, amount=101)
    assert amount_of(yuki.account) == 900


@BOTH_WAYS
def test_a_key_belongs_to_who_sent_it(town, pay):
    yuki, aoi, shop = town.resident(yen=1000), town.resident(yen=1000), town.till()
    mine = pay(town.act(yuki, key="the-same-key"), code=shop.code, amount=100)
    theirs = pay(town.act(aoi, key="the-same-key"), code=shop.code, amount=100)
    assert mine.id != theirs.id
    assert pay(town.act(yuki, key="the-same-key"), code=shop.code, amount=100) == mine


@BOTH_WAYS
def test_a_refusal_is_kept_for_its_key_even_when_money_came_meanwhile(town, pay):
    yuki, shop = town.resident(yen=10), town.till()
    refused = pay.answer(town.act(yuki, key="too-early-key"), code=shop.code, amount=100)
    services.issue_coins(town.act(SYSTEM), account_id=yuki.account, amount=1000)
    assert pay.answer(town.act(yuki, key="too-early-key"), code=shop.code, amount=100) == refused
    assert refused.status == 409
    assert amount_of(yuki.account) == 1010


@BOTH_WAYS
def test_paying_oneself_in_another_currency_without_a_wallet_or_at_a_closed_shop(town, pay):
    yuki, shop = town.resident(yen=1000), town.till()
    stranger = Person(Resident.objects.create(id=new_id(town.at), created_at=town.at).pk)
    with pytest.raises(errors.NoWallet):
        pay(town.act(stranger), code=shop.code, amount=100)
    Shop.objects.filter(pk=shop.id).update(currency="USD")
    with pytest.raises(errors.CurrencyUnsupported):
        pay(town.act(yuki), code=shop.code, amount=100)
    Shop.objects.filter(pk=shop.id).update(currency="JPY", account_id=yuki.account)
    with pytest.raises(errors.PayingOneself):
        pay(town.act(yuki), code=shop.code, amount=100)
    Shop.objects.filter(pk=shop.id).update(account_id=shop.account, closed_at=town.at)
    with pytest.raises(errors.ShopClosed):
        pay(town.act(yuki), code=shop.code, amount=100)
    assert amount_of(yuki.account) == 1000


def test_another_s_receipt_till_and_counter_are_out_of_reach(town):
    yuki, aoi, shop = town.resident(yen=1000), town.resident(), town.till()
    paid = services.pay_at_once(town.act(yuki), code=shop.code, amount=100)
    assert access_receipt_for(yuki, paid.id) == paid
    assert access_receipt_for(shop.cashier, paid.id) == paid
    with pytest.raises(NotFound):
        access_receipt_for(aoi, paid.id)
    for deed, words in [
        (services.refund_payment, {"payment_id": paid.id, "amount": 1}),
        (services.void_payment, {"payment_id": paid.id}),
        (services.charge_customer_at_once, {"shop_id": shop.id, "customer_code": "x", "amount": 1}),
    ]:
        with pytest.raises(NotFound):
            deed(town.act(aoi), **words)
    with pytest.raises(NotAllowed):
        services.top_up_at_counter(town.act(shop.cashier), customer_code=town.customer_code(yuki), amount=1)
    with pytest.raises(NotAllowed):
        services.issue_coins(town.act(yuki), account_id=yuki.account, amount=1)
    assert amount_of(yuki.account) == 900
