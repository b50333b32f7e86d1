"""Cash that a shop took in for coins is the city's: settlement keeps it once, of what the shop is due, or it stays owed."""

from datetime import date, timedelta

import pytest

from kernel.principal import SYSTEM
from tests.wallet.audit import assert_whole
from tests.wallet.settlement.market import CUT_OFF
from tests.wallet.settlement.test_paying_shops import END_OF_MONTH, at_the_bank, fees
from wallet import services
from wallet.models import SOURCES, Posting, SettlementTransfer, Shop
from wallet.selectors.balances import takings_of
from wallet.selectors.shop_cash import cash_owed
from wallet.services.premium import PremiumTerms

NEXT_YEAR = date(2027, 1, 15)


def sell(market, shop, yen: int, *, after: timedelta = timedelta()) -> None:
    """Let somebody hand over cash at the till and get coins for it."""
    code = market.town.customer_code(market.town.resident(), after=after)
    act = market.town.act(shop.cashier, after=after)
    services.top_up_at_shop(act, shop_id=shop.id, customer_code=code, amount=yen)


def in_tills() -> int:
    cash = SOURCES["shop_cash"]
    taken = sum(row.amount for row in Posting.objects.filter(debit_id=cash))
    return taken - sum(row.amount for row in Posting.objects.filter(credit_id=cash))


def test_what_was_taken_in_is_kept_once_and_the_fee_is_of_what_was_sold(market):
    shop = market.shop()
    sell(market, shop, 3_000)
    market.pay(shop, 10_000)
    assert market.settle().total == 10_000 - 100 - 3_000
    assert (at_the_bank(), fees(), in_tills(), takings_of(shop.account)) == (6_900, 100, 0, 0)
    row = SettlementTransfer.objects.get()
    assert (row.gross, row.fee, row.cash, row.net, row.carried_out) == (10_000, 100, 3_000, 6_900, 0)
    market.pay(shop, 2_000)
    market.settle(END_OF_MONTH)
    assert (at_the_bank(), in_tills()) == (6_900 + 1_980, 0)
    assert_whole()


def test_cash_after_the_cut_off_is_the_next_periods(market):
    shop = market.shop()
    sell(market, shop, 1_000)
    market.pay(shop, 10_000)
    later = timedelta(days=13)  # after the 15th, and before the batch is drawn up
    sell(market, shop, 500, after=later)
    market.town.at += later
    market.settle()
    assert (at_the_bank(), in_tills()) == (8_900, 500)
    assert_whole()


def test_more_cash_than_is_due_stays_owed_and_nothing_is_paid_until_it_is_covered(market):
    shop = market.shop()
    organisation = Shop.objects.get(pk=shop.id).organisation_id
    sell(market, shop, 5_000)
    market.pay(shop, 4_000)
    batch = market.draw()
    row = SettlementTransfer.objects.get()
    assert (batch.net, row.state, row.reason, row.cash, row.carried_out) == (0, "carried", "cash_owed", 0, 4_000)
    market.approve(batch.id)
    assert cash_owed(before=market.town.at) == {organisation: 5_000}
    market.pay(shop, 6_000)
    market.settle(END_OF_MONTH)
    assert (at_the_bank(), in_tills(), cash_owed(before=market.town.at)) == (10_000 - 100 - 5_000, 0, {})
    assert_whole()


def test_two_shops_of_one_merchant_settle_their_cash_together(market):
    first = market.shop()
    other = market.shop(Shop.objects.get(pk=first.id).organisation_id, paid=False)
    sell(market, other, 5_000)
    market.pay(first, 9_000)
    assert market.settle().total == 9_000 - 90 - 5_000
    assert in_tills() == 0
    assert_whole()


@pytest.mark.parametrize("end", ["withdrawn", "short"])
def test_what_is_not_paid_leaves_the_cash_owed(market, end):
    shop = market.shop()
    sell(market, shop, 3_000)
    payment = market.pay(shop, 10_000)
    batch = market.draw()
    if end == "withdrawn":
        services.withdraw_settlement(market.town.act(market.first), batch_id=batch.id, why="数え直し")
    else:
        market.refund(shop, payment, 500)
        market.approve(batch.id)
    assert (at_the_bank(), in_tills()) == (0, 3_000)
    market.pay(shop, 1_000)
    market.settle(END_OF_MONTH)
    rest = 11_000 - (500 if end == "short" else 0)
    assert (at_the_bank(), in_tills()) == (rest - rest // 100 - 3_000, 0)
    assert_whole()


def test_a_sale_with_a_bonus_that_was_taken_back_is_not_owed(market):
    shop = market.shop()
    terms = PremiumTerms(
        name="見本", name_en="Sample", who="everybody", unit_yen=5_000, rate_bp=2_000, units=10, per_person=2,
        sells_from=market.town.at, sells_until=market.town.at + timedelta(days=5), bonus_last_day=NEXT_YEAR,
    )  # fmt: skip
    premium = services.make_premium(market.town.act(SYSTEM), terms=terms, why="応援").id
    sales = []
    for _ in range(2):
        code = market.town.customer_code(market.town.resident())
        act = market.town.act(SYSTEM)
        sales.append(
            services.sell_premium_at_shop(
                act, premium_id=premium, shop_id=shop.id, customer_code=code, units=1, amount=5_000
            )
        )
    services.void_premium_sale(market.town.act(SYSTEM), purchase_id=sales[0].id)
    market.pay(shop, 20_000)
    assert market.settle(CUT_OFF).total == 20_000 - 200 - 5_000
    assert_whole()
