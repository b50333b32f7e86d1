"""Somebody new is brought once for ever; both get something for the first payment; rings and oneself are refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import NightCredential
from kernel.principal import SYSTEM
from kernel.problems import StepUpRequired
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import campaign
from tests.wallet.referrals.bringing import enter, link_of, newcomer, running, shop_once, void
from tests.wallet.town import amount_of
from wallet import services
from wallet.errors import ReferralNotTaken, ReferralUnknown
from wallet.models import Referral, ReferralCampaign, ReferralRefusal, Reward
from wallet.selectors.referrals.links import look_at_referral, my_referrals
from wallet.services import referrals

pytestmark = pytest.mark.postgres


def not_taken(town, person, link) -> str:
    with pytest.raises(ReferralNotTaken) as refused:
        enter(town, person, link)
    referrals.note_refusal(town.act(SYSTEM), code=link, why=refused.value.members["why"])
    return refused.value.members["why"]


def test_both_get_theirs_for_the_first_payment_and_nobody_learns_a_name(town):
    yuki, aoi, till, purse = town.resident(), newcomer(town), town.till(), campaign(town, 10_000)
    link = link_of(town, yuki, running(town, purse), said="テニス仲間")
    assert look_at_referral(link, at=town.at).said == "テニス仲間"
    assert enter(town, aoi, link).said == "テニス仲間"
    shop_once(town, aoi, till, 499)
    assert (amount_of(yuki.account), my_referrals(yuki, at=town.at).results[0].brought[0].state) == (0, "entered")
    shop_once(town, aoi, till, 500)
    assert (amount_of(yuki.account), amount_of(aoi.account), amount_of(purse.account_id)) == (300, 4501, 9200)
    shop_once(town, aoi, till, 500)
    assert Reward.objects.count() == 2
    (brought,) = my_referrals(yuki, at=town.at).results[0].brought
    assert (brought.state, my_referrals(aoi, at=town.at).brought_by.state, broken()) == ("earned", "earned", {})


def test_it_is_too_late_after_the_days_that_are_given(town):
    yuki, aoi, till = town.resident(), newcomer(town), town.till()
    enter(town, aoi, link_of(town, yuki, running(town, within_days=3)))
    town.at += timedelta(days=3)
    shop_once(town, aoi, till)
    assert not Reward.objects.exists()
    assert my_referrals(yuki, at=town.at).results[0].brought[0].state == "lapsed"


def test_nobody_is_brought_twice_not_even_by_another_campaign(town):
    yuki, hiro, aoi = town.resident(), town.resident(), newcomer(town)
    link = link_of(town, yuki, running(town))
    assert enter(town, aoi, link) == enter(town, aoi, link)
    assert not_taken(town, aoi, link_of(town, hiro, running(town))) == "already_referred"


def test_who_has_paid_or_was_known_before_is_nobody_new(town):
    yuki, aoi, till = town.resident(), newcomer(town), town.till()
    link = link_of(town, yuki, running(town))
    known = replace(town.resident(), account_level_since=town.at - timedelta(days=2))
    assert not_taken(town, known, link) == "not_new"
    shop_once(town, aoi, till)
    assert not_taken(town, aoi, link) == "not_new"
    with pytest.raises(StepUpRequired):
        enter(town, replace(aoi, account_level=1), link)


def test_oneself_a_ring_and_the_same_phone_are_refused_and_noted(town):
    yuki, aoi, eve = town.resident(), newcomer(town), newcomer(town)
    run = running(town)
    link = link_of(town, yuki, run)
    assert not_taken(town, replace(yuki, account_level_since=town.at), link) == "oneself"
    enter(town, aoi, link)
    assert not_taken(town, replace(yuki, account_level_since=town.at), link_of(town, aoi, run)) == "ring"
    for person in (yuki, eve):
        NightCredential.objects.create(
            resident_id=person.actor, thumbprint="k" * 43, session="s", issued_at=town.at,
            expires_at=town.at + timedelta(days=7),
        )  # fmt: skip
    assert not_taken(town, eve, link) == "same_phone"
    assert sorted(ReferralRefusal.objects.values_list("why", flat=True)) == ["oneself", "ring", "same_phone"]
    assert (Referral.objects.count(), broken()) == (1, {})


def test_a_referrers_caps_hold_and_a_place_that_lapsed_is_free_again(town):
    yuki = town.resident()
    link = link_of(town, yuki, running(town, per_referrer=3, per_day=2, within_days=5))
    enter(town, newcomer(town), link)
    enter(town, newcomer(town), link)
    assert not_taken(town, newcomer(town), link) == "too_many"
    town.at = town.at.replace(hour=15)  # the next day in Japan
    enter(town, newcomer(town), link)
    assert not_taken(town, newcomer(town), link) == "over"
    town.at += timedelta(days=5)
    enter(town, newcomer(town), link)


def test_a_void_takes_both_back_once_and_what_was_spent_stays(town):
    yuki, aoi, till, purse = town.resident(), newcomer(town), town.till(), campaign(town, 1000)
    enter(town, aoi, link_of(town, yuki, running(town, purse)))
    payment = shop_once(town, aoi, till)
    services.pay_at_once(town.act(yuki), code=till.code, amount=100)
    void(town, till, payment)
    referrals.undo_referral(town.act(SYSTEM), payment_id=payment)
    assert (amount_of(yuki.account), amount_of(aoi.account), amount_of(purse.account_id)) == (200, 5000, 700)
    assert (ReferralCampaign.objects.get().rewarded, broken()) == (0, {})
    shop_once(town, aoi, till)
    assert Reward.objects.count() == 2


def test_a_reward_that_the_budget_does_not_reach_waits_and_is_taken_later(town):
    yuki, aoi, till, purse = town.resident(), newcomer(town), town.till(), campaign(town, 300)
    enter(town, aoi, link_of(town, yuki, running(town, purse)))
    shop_once(town, aoi, till)
    assert (amount_of(yuki.account), my_referrals(aoi, at=town.at).brought_by.state) == (300, "waiting")
    services.fund_campaign(town.act(SYSTEM), campaign_id=purse.id, amount=500, why="追加")
    key = Referral.objects.get().pk
    assert referrals.take_referral_reward(town.act(aoi), referral_id=key).given == 1
    assert referrals.take_referral_reward(town.act(aoi), referral_id=key).given == 0
    assert (amount_of(aoi.account), amount_of(purse.account_id), broken()) == (5000, 0, {})


def test_ids_that_turn_out_to_be_one_person_give_back_what_they_earned(town):
    yuki, aoi, till, purse = town.resident(), newcomer(town), town.till(), campaign(town, 1000)
    enter(town, aoi, link_of(town, yuki, running(town, purse)))
    shop_once(town, aoi, till)
    services.succeed(town.act(SYSTEM), survivor_id=yuki.actor, merged_id=aoi.actor)
    assert Referral.objects.get().undone_at == town.at
    assert (amount_of(purse.account_id), Reward.objects.get(ended_at=None).kept_at, broken()) == (500, town.at, {})


def test_a_stopped_campaign_takes_no_codes(town):
    yuki, aoi = town.resident(), newcomer(town)
    run = running(town)
    link = link_of(town, yuki, run)
    referrals.pause_referral_campaign(town.act(SYSTEM), referral_campaign_id=run)
    with pytest.raises(ReferralUnknown):
        enter(town, aoi, link)
