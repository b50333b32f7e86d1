"""Races for stamps and their rewards, run as races."""

from functools import partial

import pytest

from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import broken
from tests.wallet.cards.conftest import clockwork, company, counter  # noqa: F401 - fixtures
from tests.wallet.checkout.till import COFFEE, Bills
from tests.wallet.coupons.shop import campaign
from tests.wallet.stamps.collecting import offered, shop_once
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.models import OrderPayment, Reward, Stamp, StampCard
from wallet.services import stamps

pytestmark = pytest.mark.postgres


@pytest.fixture
def town(committed_db) -> Town:
    """Build a town in a database of its own: races commit."""
    return Town()


def paid(town, person, till, yen=100):
    return services.pay_at_once(town.act(person), code=till.code, amount=yen).id


def arriving(town, payment):
    return partial(stamps.stamp_payment, Act(SYSTEM, at=town.at), payment_id=payment)


def test_of_fifty_full_cards_one_gets_the_last_reward(town):
    people, till, purse = [town.resident(yen=1000) for _ in range(50)], town.till(), campaign(town, 50_000)
    offered(town, purse, size=2, stock=1)
    for person in people:
        shop_once(town, person, till, 100)
    all_at_once(arriving(town, paid(town, person, till)) for person in people)
    assert (Reward.objects.count(), StampCard.objects.get().given, Stamp.objects.count()) == (1, 1, 100)
    assert sorted(amount_of(person.account) for person in people) == [800] * 49 + [1300]
    assert (amount_of(purse.account_id), broken()) == (49_500, {})


def test_a_budget_for_three_rewards_gives_three_of_fifty(town):
    people, till, purse = [town.resident(yen=1000) for _ in range(50)], town.till(), campaign(town, 1999)
    offered(town, purse, size=2)
    for person in people:
        shop_once(town, person, till, 100)
    all_at_once(arriving(town, paid(town, person, till)) for person in people)
    assert (Reward.objects.count(), StampCard.objects.get().given) == (3, 3)
    assert (amount_of(purse.account_id), broken()) == (499, {})


def test_the_same_event_twenty_times_at_once_and_many_payments_fill_one_card_once(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 5000)
    offered(town, purse, size=10)
    payments = [paid(town, yuki, till) for _ in range(10)]
    all_at_once(arriving(town, payment) for payment in payments * 2)
    assert (Stamp.objects.count(), Reward.objects.count(), amount_of(yuki.account), broken()) == (10, 1, 4500, {})


def test_events_of_payments_and_of_their_voids_cross_and_nothing_is_earned_by_what_went_back(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 5000)
    offered(town, purse, size=2, per_person=None)
    payments = [paid(town, yuki, till) for _ in range(8)]

    def void(payment):
        services.void_payment(town.act(till.cashier), payment_id=payment)
        stamps.unstamp_payment(Act(SYSTEM, at=town.at), payment_id=payment)

    acts = [act for payment in payments[:4] for act in (partial(void, payment), arriving(town, payment))]
    all_at_once(acts + [arriving(town, payment) for payment in payments[4:]])
    assert Stamp.objects.filter(taken_back_at=None).count() == 4
    assert (Reward.objects.filter(ended_at=None).count(), broken()) == (2, {})


def test_ids_that_are_merged_while_their_stamps_arrive_fill_one_card(town):
    old, new, till, purse = town.resident(yen=1000), town.resident(yen=1000), town.till(), campaign(town, 5000)
    offered(town, purse, size=4)
    payments = [paid(town, person, till) for person in (old, new, old, new)]
    merging = partial(services.succeed, Act(SYSTEM, at=town.at), survivor_id=new.actor, merged_id=old.actor)
    all_at_once([merging, *(arriving(town, payment) for payment in payments)])
    services.follow_successions(at=town.at)
    assert (Reward.objects.count(), amount_of(new.account), broken()) == (1, 2100, {})


def test_goods_that_go_back_without_a_coin_while_their_stamps_arrive_earn_nothing(counter):  # noqa: F811
    """What such a line cost came by card, so giving it back does not wait for the payer's balance."""
    bills = Bills(counter)
    town, yuki = bills.town, bills.town.resident(yen=1000)
    offered(town, campaign(town, 5000), size=2, per_person=None, products=("sweet",))
    sweet = services.NewLine(name="飴", name_en="Candy", unit_price=10, product="sweet")
    orders = [bills.paid(yuki, "mixed", COFFEE, sweet, coin=20) for _ in range(6)]
    payments = [OrderPayment.objects.get(order_id=order.id, status="paid").payment_id for order in orders]

    def give_back(order):
        bills.refund(order, (2, 10))
        stamps.unstamp_order(Act(SYSTEM, at=town.at), order_id=order.id)

    acts = [
        act
        for order, payment in zip(orders, payments, strict=True)
        for act in (partial(give_back, order), arriving(town, payment))
    ]
    all_at_once(acts)
    assert (Stamp.objects.filter(taken_back_at=None).count(), Reward.objects.filter(ended_at=None).count()) == (0, 0)
    assert broken() == {}
