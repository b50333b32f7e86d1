"""Races for the last units, by card and by cash, and for what becomes of them."""

from functools import partial

import pytest

from kernel.principal import SYSTEM
from tests.concurrency.crowd import all_at_once
from tests.concurrency.test_ledger import assert_whole, codes
from tests.wallet.cards.conftest import clockwork, company, counter  # noqa: F401 - fixtures
from tests.wallet.conftest import town  # noqa: F401
from tests.wallet.premium.card import OVER, begin, bought, buy, state
from tests.wallet.premium.fair import made
from tests.wallet.town import NOON, Person, amount_of
from wallet import services
from wallet.models import CardPayment, PremiumPurchase

pytestmark = pytest.mark.postgres


def test_twenty_phones_at_the_last_seven_units_by_card_and_cash(counter):  # noqa: F811
    town, row, till = counter.town, made(counter.town, units=7, per_person=1), counter.town.till()  # noqa: F811
    phones, purses = [town.resident() for _ in range(10)], [town.resident() for _ in range(10)]
    by_card = [
        partial(services.start_premium, town.act(who), premium_id=row.pk, units=1, amount=5000) for who in phones
    ]
    sale = {"shop_id": till.id, "premium_id": row.pk, "units": 1, "amount": 5000}
    by_cash = [
        partial(services.sell_premium_at_shop, town.act(till.cashier), customer_code=town.customer_code(who), **sale)
        for who in purses
    ]
    all_at_once([each for pair in zip(by_card, by_cash, strict=True) for each in pair])
    pages, sold = CardPayment.objects.count(), PremiumPurchase.objects.count()
    assert (pages + sold, state(row)) == (7, (7, 0, pages * 1000))
    assert_whole()
    for payment in CardPayment.objects.all():
        counter.company.enter_card(payment.session_id, "4242424242424242")
    assert codes(all_at_once(partial(counter.hear, event) for event in counter.news() * 2)).keys() <= {"done"}
    assert PremiumPurchase.objects.count() == 7
    assert sorted(amount_of(who.account) for who in phones + purses) == [0] * 13 + [6000] * 7
    assert state(row) == (7, 0, 0)
    assert_whole()


def test_one_person_with_two_phones_and_a_till_stays_within_the_cap(counter):  # noqa: F811
    town, row, till = counter.town, made(counter.town), counter.town.till()  # noqa: F811
    yuki = town.resident()
    sale = {"shop_id": till.id, "premium_id": row.pk, "units": 2, "amount": 10_000}
    acts = [
        partial(services.start_premium, town.act(yuki), premium_id=row.pk, units=2, amount=10_000) for _ in range(3)
    ]
    acts += [
        partial(services.sell_premium_at_shop, town.act(till.cashier), customer_code=town.customer_code(yuki), **sale)
        for _ in range(3)
    ]
    all_at_once(acts)
    assert (state(row)[0], bought(row, yuki.account)) == (2, 2)
    assert CardPayment.objects.count() + PremiumPurchase.objects.count() == 1
    assert_whole()


def test_giving_up_races_with_paying_and_with_the_sweep(counter):  # noqa: F811
    row = made(counter.town, units=12, per_person=1)
    people = [counter.town.resident() for _ in range(12)]
    pages = [begin(counter, who, row) for who in people]

    def pay(page):
        try:
            counter.enter_card(page)
        except Exception:  # noqa: BLE001 - the page was given up a moment before
            return "closed"
        return "paid"

    acts = []
    for who, page in zip(people, pages, strict=True):
        acts += [partial(pay, page), partial(services.give_up_top_up, who, page.id, at=NOON)]
        acts += [partial(services.look_for, who, page.id, at=NOON), partial(services.sweep_cards, at=NOON)]
    all_at_once(acts)
    counter.hear_all()
    services.sweep_cards(at=NOON + OVER)
    paid = CardPayment.objects.filter(status="paid").count()
    assert CardPayment.objects.filter(status__in=["paid", "ended"]).count() == 12
    assert sorted(amount_of(who.account) for who in people) == [0] * (12 - paid) + [6000] * paid
    assert state(row) == (paid, 12_000 - paid * 1000, 0)
    assert_whole()


def test_sales_pages_ends_refunds_and_voids_cross_without_deadlock(counter):  # noqa: F811
    town, row, till = counter.town, made(counter.town, units=60, per_person=3), counter.town.till()  # noqa: F811
    officer = Person(town.resident().actor, frozenset({"wallet.handle_cards"}))
    sale = {"shop_id": till.id, "premium_id": row.pk, "units": 1, "amount": 5000}

    def sell(who):
        return services.sell_premium_at_shop(town.act(till.cashier), customer_code=town.customer_code(who), **sale)

    people = [town.resident() for _ in range(6)]
    acts = []
    for who in people:
        had, sold, page = buy(counter, who, row), sell(who), begin(counter, who, row)
        counter.enter_card(page)
        acts += [
            partial(services.refund_top_up, town.act(officer), payment_id=had.id, amount=2500, why="x"),
            partial(services.void_premium_sale, town.act(till.cashier), purchase_id=sold.id),
            partial(services.look_for, who, page.id, at=NOON),
            partial(services.pay_at_once, town.act(who), code=till.code, amount=50),
            partial(sell, town.resident()),
            partial(services.return_rest, town.act(SYSTEM), campaign_id=row.campaign_id, amount=100, why="x"),
        ]
    outcomes = codes(all_at_once(acts))
    assert outcomes.keys() <= {"done", "premium_not_voidable"}, outcomes
    services.finish_card_refunds(at=NOON)
    assert CardPayment.objects.filter(status="paid").count() == 12
    assert_whole()
