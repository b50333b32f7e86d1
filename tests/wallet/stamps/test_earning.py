"""Stamps are earned once a payment, rewards once a full card, and what is taken back goes back once."""

from datetime import timedelta

import pytest

from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import buy, campaign, citys
from tests.wallet.stamps.collecting import arrive, offered, on_card, shop_once, void
from tests.wallet.town import amount_of
from wallet import services
from wallet.engine.coupons import Fixed
from wallet.engine.rewards import CouponReward
from wallet.models import CouponClaim, Lot, Reward, Stamp, StampCard
from wallet.selectors.balances import entries_of
from wallet.services import stamps

pytestmark = pytest.mark.postgres


def test_the_third_payment_fills_the_card_and_brings_bonus_coins_with_their_own_last_day(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 1000)
    card = offered(town, purse)
    for _ in range(2):
        shop_once(town, yuki, till)
    assert (amount_of(yuki.account), len(on_card(card, yuki).under_way)) == (4000, 2)
    shop_once(town, yuki, till)
    assert (amount_of(yuki.account), amount_of(purse.account_id)) == (4000, 500)
    gift = Lot.objects.get(account_id=yuki.account, kind="bonus")
    assert (gift.issued, str(gift.expires_on)) == (500, "2026-12-03")
    assert (StampCard.objects.get().given, broken()) == (1, {})


def test_an_event_that_comes_twice_stamps_once(town):
    yuki, till = town.resident(yen=5000), town.till()
    card = offered(town)
    payment = shop_once(town, yuki, till)
    arrive(town, payment)
    assert (Stamp.objects.count(), len(on_card(card, yuki).under_way)) == (1, 1)


def test_too_little_elsewhere_too_early_and_stopped_earn_nothing(town):
    yuki, till, other = town.resident(yen=9000), town.till(), town.till()
    before = services.pay_at_once(town.act(yuki), code=till.code, amount=500).id
    town.at += timedelta(minutes=1)
    card = offered(town, shops=(till.id,), minimum=500)
    arrive(town, before)
    shop_once(town, yuki, till, 499)
    shop_once(town, yuki, other, 500)
    stamps.pause_stamp_card(town.act(SYSTEM), card_id=card)
    shop_once(town, yuki, till)
    assert not Stamp.objects.exists()
    stamps.resume_stamp_card(town.act(SYSTEM), card_id=card)
    shop_once(town, yuki, till)
    assert (Stamp.objects.count(), broken()) == (1, {})


def test_one_a_day_turns_over_at_midnight_in_japan(town):
    yuki, till = town.resident(yen=9000), town.till()
    card = offered(town, per_day=1)
    town.at = town.at.replace(hour=14, minute=59)
    shop_once(town, yuki, till)
    shop_once(town, yuki, till)
    assert len(on_card(card, yuki).under_way) == 1
    town.at = town.at.replace(hour=15, minute=0)
    shop_once(town, yuki, till)
    assert len(on_card(card, yuki).under_way) == 2


def test_different_shops_count_once_each(town):
    yuki, tills = town.resident(yen=9000), [town.till() for _ in range(3)]
    offered(town, distinct=True)
    for till in (tills[0], tills[0], tills[1]):
        shop_once(town, yuki, till)
    assert not Reward.objects.exists()
    shop_once(town, yuki, tills[2])
    assert (Reward.objects.count(), broken()) == (1, {})


def test_a_void_takes_stamp_and_unspent_coins_back_once_and_the_next_payment_earns_them_anew(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 1000)
    card = offered(town, purse)
    *_others, third = [shop_once(town, yuki, till) for _ in range(3)]
    void(town, till, third)
    stamps.unstamp_payment(Act(SYSTEM, at=town.at), payment_id=third)
    assert (amount_of(yuki.account), amount_of(purse.account_id)) == (4000, 1000)
    assert (len(on_card(card, yuki).under_way), StampCard.objects.get().given, broken()) == (2, 0, {})
    assert ("reversal", 500) in entries_of(yuki.account).values_list("kind", "amount")
    arrive(town, third)
    assert len(on_card(card, yuki).under_way) == 2
    shop_once(town, yuki, till)
    assert (amount_of(yuki.account), amount_of(purse.account_id), broken()) == (4000, 500, {})


def test_spent_coins_stay_are_noted_and_the_next_full_card_brings_none(town):
    yuki, till, purse = town.resident(yen=3000), town.till(), campaign(town, 5000)
    offered(town, purse, per_person=None)
    *_others, third = [shop_once(town, yuki, till) for _ in range(3)]
    services.pay_at_once(town.act(yuki), code=town.till().code, amount=100)
    void(town, till, third)
    kept = Reward.objects.get()
    assert (kept.ended_at, kept.kept_at, amount_of(purse.account_id)) == (None, town.at, 4500)
    assert broken() == {}
    shop_once(town, yuki, till)
    assert (Reward.objects.get().kept_at, amount_of(purse.account_id), broken()) == (None, 4500, {})
    for _ in range(3):
        shop_once(town, yuki, till, 100)
    assert (Reward.objects.count(), amount_of(purse.account_id), broken()) == (2, 4000, {})


def test_a_stamp_taken_back_lets_a_later_one_slide_into_its_place(town):
    yuki, till = town.resident(yen=5000), town.till()
    card = offered(town, per_person=None)
    first, *_others = [shop_once(town, yuki, till) for _ in range(4)]
    void(town, till, first)
    filled = on_card(card, yuki)
    assert (filled.full, filled.under_way, Reward.objects.filter(ended_at=None).count()) == (1, [], 1)


def test_a_payment_that_went_back_before_its_event_came_earns_nothing(town):
    yuki, till = town.resident(yen=5000), town.till()
    offered(town)
    payment = services.pay_at_once(town.act(yuki), code=till.code, amount=500).id
    services.void_payment(town.act(till.cashier), payment_id=payment)
    arrive(town, payment)
    assert not Stamp.objects.exists()


def test_a_refund_in_part_leaves_the_stamp_and_the_last_yen_takes_it(town):
    yuki, till = town.resident(yen=5000), town.till()
    card = offered(town)
    payment = shop_once(town, yuki, till)
    for amount, left in ((100, 1), (400, 0)):
        services.refund_payment(town.act(till.cashier), payment_id=payment, amount=amount)
        stamps.unstamp_payment(Act(SYSTEM, at=town.at), payment_id=payment)
        assert len(on_card(card, yuki).under_way) == left


def test_a_coupon_is_the_reward_and_an_unused_one_is_taken_back(town):
    yuki, till, purse = town.resident(yen=9000), town.till(), campaign(town)
    coupon = citys(town, purse, needs_claim=True, benefit=Fixed(yen=300))
    offered(town, purse, reward=CouponReward(coupon=coupon), per_person=2)
    third = [shop_once(town, yuki, till) for _ in range(3)][-1]
    void(town, till, third)
    assert CouponClaim.objects.get().revoked_at == town.at
    assert buy(town, yuki, till, 1000).discount == 0
    shop_once(town, yuki, till)
    assert (buy(town, yuki, till, 1000).discount, broken()) == (300, {})
    assert buy(town, yuki, till, 1000).discount == 0


def test_a_full_card_waits_for_the_budget_and_is_given_when_asked_again(town):
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town, 499)
    card = offered(town, purse)
    for _ in range(3):
        shop_once(town, yuki, till)
    assert not Reward.objects.exists()
    assert stamps.take_stamp_reward(town.act(yuki), card_id=card).waits == "budget_spent"
    services.fund_campaign(town.act(SYSTEM), campaign_id=purse.id, amount=1, why="追加")
    assert stamps.take_stamp_reward(town.act(yuki), card_id=card).given == 1
    assert stamps.take_stamp_reward(town.act(yuki), card_id=card).given == 0
    assert (amount_of(yuki.account), amount_of(purse.account_id), broken()) == (4000, 0, {})


def test_stamps_of_a_merged_id_count_on_one_card_and_no_reward_comes_twice(town):
    old, new, till = town.resident(yen=9000), town.resident(yen=9000), town.till()
    card = offered(town)
    for person in (old, old, new):
        shop_once(town, person, till)
    services.succeed(town.act(SYSTEM), survivor_id=new.actor, merged_id=old.actor)
    assert (on_card(card, new).full, Reward.objects.get().account_id) == (1, new.account)
    services.succeed(town.act(SYSTEM), survivor_id=new.actor, merged_id=old.actor)
    shop_once(town, new, till)
    assert (Reward.objects.count(), broken()) == (1, {})
