"""Races for referrals, run as races."""

from collections import Counter
from functools import partial

import pytest

from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.concurrency.crowd import all_at_once
from tests.wallet.audit import broken
from tests.wallet.coupons.shop import campaign
from tests.wallet.referrals.bringing import enter, link_of, newcomer, running
from tests.wallet.town import Town, amount_of
from wallet import services
from wallet.models import Referral, ReferralCampaign, Reward
from wallet.services import referrals

pytestmark = pytest.mark.postgres


@pytest.fixture
def town(committed_db) -> Town:
    """Build a town in a database of its own: races commit."""
    return Town()


def earning(town, person, till):
    return arriving(town, services.pay_at_once(town.act(person), code=till.code, amount=500).id)


def arriving(town, payment):
    return partial(referrals.earn_referral, Act(SYSTEM, at=town.at), payment_id=payment)


def test_of_twenty_first_payments_one_gets_the_last_pair_of_rewards(town):
    yuki, till, purse = town.resident(), town.till(), campaign(town, 50_000)
    link = link_of(town, yuki, running(town, purse, stock=1, per_referrer=100, per_day=20))
    people = [newcomer(town) for _ in range(20)]
    for person in people:
        enter(town, person, link)
    all_at_once(earning(town, person, till) for person in people)
    assert (ReferralCampaign.objects.get().rewarded, Reward.objects.count()) == (1, 2)
    assert (amount_of(yuki.account), amount_of(purse.account_id), broken()) == (300, 49_200, {})


def test_a_referrers_cap_holds_against_twenty_at_once(town):
    yuki = town.resident()
    link = link_of(town, yuki, running(town, per_referrer=3, per_day=20))
    people = [newcomer(town) for _ in range(20)]
    outcomes = all_at_once(partial(enter, town, person, link) for person in people)
    assert Counter(each if isinstance(each, str) else "done" for each in outcomes) == {
        "done": 3,
        "referral_not_taken": 17,
    }
    assert (Referral.objects.count(), broken()) == (3, {})


def test_two_newcomers_cannot_bring_one_another_at_once(town):
    run = running(town)
    for _ in range(5):
        one, other = newcomer(town), newcomer(town)
        links = link_of(town, one, run), link_of(town, other, run)
        outcomes = all_at_once([partial(enter, town, one, links[1]), partial(enter, town, other, links[0])])
        assert sum(outcome == "referral_not_taken" for outcome in outcomes) == 1


def test_the_same_event_and_its_payment_twenty_times_reward_once(town):
    yuki, aoi, till, purse = town.resident(), newcomer(town), town.till(), campaign(town, 5000)
    enter(town, aoi, link_of(town, yuki, running(town, purse)))
    payments = [services.pay_at_once(town.act(aoi), code=till.code, amount=500).id for _ in range(4)]
    all_at_once(arriving(town, payment) for payment in payments * 5)
    assert (Reward.objects.count(), amount_of(purse.account_id), broken()) == (2, 4200, {})
