"""Units are sold to whoever may buy, as many as there are, and a sale goes back whole."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import assert_whole, broken
from tests.wallet.premium.fair import LAST_DAY, budget_left, lots_of, made, sell
from tests.wallet.town import NOON, Person, Town, amount_of
from wallet import services
from wallet.engine.premium import bonus_of, budget_of
from wallet.errors import (
    AmountFixed,
    LimitBalance,
    PremiumCapReached,
    PremiumNotForYou,
    PremiumNotOnSale,
    PremiumNotVoidable,
    PremiumSoldOut,
    PremiumTermsInvalid,
    TillNotOpen,
)
from wallet.models import CashTill, Journal, Premium, PremiumPurchase
from wallet.selectors.premium import offer_for, on_sale
from wallet.selectors.tills import till_now

PAID_LAST_DAY = date(2027, 5, 2)  # 180 days after 3 November


@pytest.mark.parametrize(
    ("amount", "rate", "bonus"), [(1, 2000, 0), (333, 2000, 66), (5000, 2000, 1000), (999, 3333, 332)]
)
def test_the_bonus_is_rounded_down_to_the_yen(amount, rate, bonus):
    assert bonus_of(amount, rate) == bonus


def test_the_budget_reaches_however_the_units_are_bought():
    assert sum(bonus_of(units * 333, 1999) for units in (1, 2, 7)) <= budget_of(10, 333, 1999)


def test_five_thousand_yen_get_six_thousand_in_two_lots(town: Town):
    row, yuki = made(town), town.resident()
    sale = sell(town, row, yuki, 1)
    assert (sale.paid, sale.bonus, sale.bonus_last_day, sale.units) == (5000, 1000, LAST_DAY, 1)
    assert lots_of(yuki.account) == [("bonus", 1000, LAST_DAY), ("paid", 5000, PAID_LAST_DAY)]
    assert budget_left(row) == 10_000 - 1000
    assert offer_for(yuki, row.pk, at=NOON).left == 9
    assert_whole()


def test_at_a_till_the_shop_sells_and_owes_the_cash(town: Town):
    row, yuki, till = made(town), town.resident(), town.till()
    sale = sell(town, row, yuki, 2, till)
    assert (amount_of(yuki.account), sale.paid, sale.bonus) == (12_000, 10_000, 2000)
    code = town.customer_code(yuki)
    with pytest.raises(NotFound):
        services.sell_premium_at_shop(
            town.act(yuki), shop_id=till.id, premium_id=row.pk, customer_code=code, units=1, amount=5000
        )
    assert_whole()


def test_cash_for_units_lies_in_the_officers_till_until_it_is_given_back(town: Town):
    row, yuki, mio = made(town), town.resident(), clerk(town)
    said = {"premium_id": row.pk, "units": 1, "amount": 5000}
    counter = services.open_counter(town.act(SYSTEM), name="会計課")
    with pytest.raises(TillNotOpen):
        services.sell_premium_at_counter(town.act(mio), customer_code=town.customer_code(yuki), **said)
    till = services.open_till(town.act(mio), counter_id=counter.id, count={"1000": 25})
    sold = services.sell_premium_at_counter(town.act(mio), customer_code=town.customer_code(yuki), **said)
    assert till_now(CashTill.objects.get(pk=till.id)).expected == 30_000
    services.void_premium_sale(town.act(mio), purchase_id=sold.id)
    now = till_now(CashTill.objects.get(pk=till.id))
    assert (now.expected, now.top_ups, now.taken) == (25_000, 1, 0)
    assert_whole()


def clerk(town: Town) -> Person:
    """Return an officer of the counter."""
    return Person(town.resident().actor, frozenset({"wallet.keep_till", "wallet.top_up_at_counter"}))


def test_a_till_that_shows_another_price_sells_nothing(town: Town):
    row, yuki, till = made(town), town.resident(), town.till()
    said = {"shop_id": till.id, "premium_id": row.pk, "customer_code": town.customer_code(yuki), "units": 2}
    with pytest.raises(AmountFixed):
        services.sell_premium_at_shop(town.act(till.cashier), **said, amount=9999)
    assert amount_of(yuki.account) == 0


def test_who_may_not_sell_at_the_counter_is_refused(town: Town):
    row, yuki = made(town), town.resident()
    with pytest.raises(NotAllowed):
        services.sell_premium_at_counter(
            town.act(yuki), premium_id=row.pk, customer_code=town.customer_code(yuki), units=1, amount=5000
        )


def test_nobody_buys_more_than_one_person_may(town: Town):
    row, yuki = made(town), town.resident()
    sell(town, row, yuki, 2)
    with pytest.raises(PremiumCapReached) as refused:
        sell(town, row, yuki, 2)
    assert refused.value.members["may"] == 1
    assert (amount_of(yuki.account), budget_left(row)) == (12_000, 8000)
    assert offer_for(yuki, row.pk, at=NOON).mine.may_buy == 1


def test_sold_out_is_said_with_its_instant(town: Town):
    row = made(town, units=3)
    sell(town, row, town.resident(), 3)
    late = town.resident()
    with pytest.raises(PremiumSoldOut) as refused:
        sell(town, row, late, 1)
    assert refused.value.members == {"left": 0, "sold_out_at": NOON.isoformat()}
    offer = offer_for(late, row.pk, at=NOON)
    assert (offer.state, offer.sold_out_at, offer.left) == ("sold_out", NOON, 0)
    assert (amount_of(late.account), budget_left(row)) == (0, 0)
    assert on_sale(at=NOON).results == []


@pytest.mark.parametrize("at", [timedelta(days=-2), timedelta(days=60)], ids=["before", "from its end on"])
def test_outside_the_period_nothing_is_sold(town: Town, at):
    row, yuki = made(town), town.resident()
    with pytest.raises(PremiumNotOnSale):
        sell(town, row, yuki, 1, after=at)
    assert amount_of(yuki.account) == 0


def test_a_campaign_for_residents_asks_how_surely_the_buyer_is_known(town: Town):
    row, guest = made(town, who="resident"), town.resident()
    with pytest.raises(PremiumNotForYou):
        sell(town, row, guest, 1)
    assert (amount_of(guest.account), budget_left(row)) == (0, 10_000)


def test_what_would_pass_the_limit_of_the_balance_is_not_sold(town: Town):
    row, rich = made(town), town.resident(yen=298_000)
    with pytest.raises(LimitBalance):
        sell(town, row, rich, 1)
    assert Premium.objects.get(pk=row.pk).sold == 0
    assert_whole()


def test_a_sale_goes_back_whole_with_its_bonus_and_the_unit_may_be_bought_again(town: Town):
    row, yuki, till = made(town, units=1, per_person=1), town.resident(yen=300), town.till()
    sale = sell(town, row, yuki, 1, till)
    assert services.void_premium_sale(town.act(till.cashier), purchase_id=sale.id).is_void
    assert (amount_of(yuki.account), budget_left(row)) == (300, 1000)
    assert offer_for(yuki, row.pk, at=NOON).state == "selling"
    with pytest.raises(PremiumNotVoidable):
        services.void_premium_sale(town.act(till.cashier), purchase_id=sale.id)
    sell(town, row, yuki, 1, till)
    assert_whole()


def test_once_a_coin_of_it_is_spent_or_its_day_is_over_a_sale_stays(town: Town):
    row, yuki, till = made(town), town.resident(), town.till()
    first = sell(town, row, yuki, 1, till)
    services.pay(town.act(yuki), code=till.code, amount=100)
    with pytest.raises(PremiumNotVoidable):
        services.void_premium_sale(town.act(till.cashier), purchase_id=first.id)
    second = sell(town, row, yuki, 1, till)
    with pytest.raises(PremiumNotVoidable):
        services.void_premium_sale(town.act(till.cashier, after=timedelta(hours=12)), purchase_id=second.id)
    assert amount_of(yuki.account) == 11_900
    assert_whole()


def test_another_shop_cannot_take_a_sale_back(town: Town):
    row, yuki, till, other = made(town), town.resident(), town.till(), town.till()
    sale = sell(town, row, yuki, 1, till)
    with pytest.raises(NotFound):
        services.void_premium_sale(town.act(yuki), purchase_id=sale.id)
    assert other.id != till.id
    assert amount_of(yuki.account) == 6000


def test_a_refund_of_a_payment_never_mixes_what_was_paid_and_what_was_given(town: Town):
    row, yuki, till = made(town), town.resident(), town.till()
    sell(town, row, yuki, 1)
    receipt = services.pay(town.act(yuki), code=till.code, amount=1500)
    assert lots_of(yuki.account) == [("paid", 4500, PAID_LAST_DAY)]
    services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=700)
    assert lots_of(yuki.account) == [("bonus", 200, LAST_DAY), ("paid", 5000, PAID_LAST_DAY)]
    assert_whole()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"rate_bp": 0}, "rate_bp"),
        ({"units": 0}, "units"),
        ({"per_person": 11}, "per_person"),
        ({"unit_yen": 0}, "unit_yen"),
        ({"name": " "}, "name"),
        ({"sells_until": NOON - timedelta(days=2)}, "sells_until"),
        ({"bonus_last_day": date(2027, 5, 2)}, "bonus_last_day"),
        ({"apply_from": NOON}, "apply_until"),
    ],
)
def test_terms_that_do_not_hold_together_are_refused_with_their_field(town: Town, changed, field):
    with pytest.raises(PremiumTermsInvalid) as refused:
        made(town, **changed)
    assert field in [fault.field for fault in refused.value.errors]
    assert Journal.objects.count() == 0


def test_a_key_that_comes_again_sells_once(town: Town):
    row, yuki = made(town), town.resident()
    said = {"premium_id": row.pk, "customer_code": town.customer_code(yuki), "units": 1, "amount": 5000}
    first = services.sell_premium_at_counter.answer(town.act(SYSTEM, key="one-sale"), **said)
    again = services.sell_premium_at_counter.answer(town.act(SYSTEM, key="one-sale"), **said)
    assert (first.status, first.body) == (201, again.body)
    assert PremiumPurchase.objects.count() == 1


# Races


@pytest.mark.postgres
def test_the_last_seven_units_go_to_seven_of_fifty_at_once(town: Town):
    row, till = made(town, units=7, per_person=1), town.till()
    crowd = [town.resident() for _ in range(50)]
    sale = {"shop_id": till.id, "premium_id": row.pk, "units": 1, "amount": 5000}
    outcomes = all_at_once(
        partial(services.sell_premium_at_shop, town.act(till.cashier), customer_code=town.customer_code(person), **sale)
        for person in crowd
    )
    sold = Counter(each if isinstance(each, str) else "sold" for each in outcomes)
    assert sold == {"sold": 7, "premium_sold_out": 43}
    assert sorted(amount_of(person.account) for person in crowd) == [0] * 43 + [6000] * 7
    assert (budget_left(row), Premium.objects.get(pk=row.pk).sold) == (0, 7)
    assert_whole()


@pytest.mark.postgres
def test_one_person_at_two_tills_at_once_stays_within_the_cap(town: Town):
    row, yuki, till = made(town), town.resident(), town.till()
    outcomes = all_at_once(
        [partial(sell, town, row, yuki, 2, till), partial(sell, town, row, yuki, 2), partial(sell, town, row, yuki, 2)]
    )
    assert len([each for each in outcomes if not isinstance(each, str)]) == 1
    assert amount_of(yuki.account) == 12_000
    assert_whole()


@pytest.mark.postgres
def test_sales_and_voids_cross_without_deadlock(town: Town):
    row, till = made(town, units=30, per_person=1), town.till()
    sold = [sell(town, row, town.resident(), 1, till) for _ in range(10)]
    voids = [partial(services.void_premium_sale, town.act(till.cashier), purchase_id=each.id) for each in sold]
    sales = [partial(sell, town, row, town.resident(), 1, till) for _ in range(10)]
    outcomes = all_at_once([act for pair in zip(voids, sales, strict=True) for act in pair])
    assert not [each for each in outcomes if isinstance(each, str)]
    assert Premium.objects.get(pk=row.pk).sold == 10
    assert_whole()


# What the tables refuse, and what the audit finds


@pytest.mark.postgres
@pytest.mark.parametrize(
    "forbidden",
    [
        "UPDATE wallet_premium SET rate_bp = 5000",
        "UPDATE wallet_premium SET sold = 4",
        "UPDATE wallet_premiumshare SET bought = 4",
        "UPDATE wallet_premiumpurchase SET units = 1",
        "DELETE FROM wallet_premiumpurchase",
        "DELETE FROM wallet_premium",
    ],
)
def test_the_tables_keep_what_was_announced_and_bought(town: Town, forbidden):
    sell(town, made(town, units=3), town.resident(), 2)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(forbidden)
    assert_whole()


DAMAGES = {
    "UPDATE wallet_premium SET sold = 1": "no more units are sold",
    "UPDATE wallet_premiumshare SET bought = 1": "no more units are sold",
    "UPDATE wallet_topup SET bonus = bonus - 1": "a sale with a bonus",
    "UPDATE wallet_posting SET debit_id = '00000000-0000-7000-8000-000000000101' WHERE line = 2": "the bonus lots",
    "UPDATE wallet_premiumpurchase SET units = 1": "a sale with a bonus",
    "UPDATE wallet_lot SET expires_on = expires_on + 1 WHERE kind = 'bonus'": "a sale with a bonus",
}


@pytest.mark.postgres
@pytest.mark.parametrize(("damage", "rule"), DAMAGES.items())
def test_the_audit_finds_a_damaged_row(town: Town, committed_db, damage, rule):
    sell(town, made(town), town.resident(), 2)
    with psycopg.connect(committed_db.owner_url) as owner:
        for table in ("premium", "premiumshare", "topup", "posting", "premiumpurchase", "lot"):
            owner.execute(f"ALTER TABLE wallet_{table} DISABLE TRIGGER USER")
        owner.execute(damage)
    assert any(name.startswith(rule) for name in broken())
