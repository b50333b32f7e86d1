"""What the database refuses about stamps, rewards and referrals, and what the audit finds where somebody passed it by."""

import psycopg
import pytest

from tests.wallet.audit import broken
from tests.wallet.coupons.shop import campaign
from tests.wallet.referrals.bringing import enter, link_of, newcomer, running
from tests.wallet.referrals.bringing import shop_once as pay_first
from tests.wallet.stamps.collecting import offered, shop_once, void

pytestmark = pytest.mark.postgres


TWICE = """INSERT INTO wallet_stamp (id, shop_id, at, day, account_id, card_id, payment_id)
  SELECT gen_random_uuid(), shop_id, at, day, account_id, card_id, payment_id FROM wallet_stamp"""
LATE = "UPDATE wallet_referral SET pay_until = entered_at + interval '1 microsecond', entered_at = entered_at - interval '9 days'"


@pytest.fixture
def earned(town):
    """Let a card be filled twice, one of it taken back, and somebody be brought."""
    yuki, aoi, till, purse = town.resident(yen=5000), newcomer(town), town.till(), campaign(town, 5000)
    offered(town, purse, size=2, per_person=None, stock=5)
    *_others, last = [shop_once(town, yuki, till) for _ in range(4)]
    void(town, till, last)
    enter(town, aoi, link_of(town, yuki, running(town, purse, stock=5)))
    pay_first(town, aoi, till)
    assert broken() == {}
    return town


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wallet_stampcard SET given = stock + 1",
        "UPDATE wallet_stampcard SET rule = '{}'",
        "UPDATE wallet_stampcard SET stock = 1000",
        "DELETE FROM wallet_stampcard",
        "DELETE FROM wallet_stamp",
        "UPDATE wallet_stamp SET taken_back_at = NULL",
        "UPDATE wallet_stamp SET day = day + 1",
        TWICE,
        "DELETE FROM wallet_reward",
        "UPDATE wallet_reward SET ended_at = NULL, journal_id = NULL WHERE ended_at IS NOT NULL",
        "UPDATE wallet_reward SET ended_at = given_at WHERE ended_at IS NULL",
        "UPDATE wallet_reward SET number = 9",
        "UPDATE wallet_referralcampaign SET rewarded = stock + 1",
        "UPDATE wallet_referralcampaign SET rule = '{}'",
        "DELETE FROM wallet_referral",
        "UPDATE wallet_referral SET pay_until = pay_until + interval '1 day'",
        "UPDATE wallet_referral SET payment_id = NULL, earned_at = NULL",
    ],
)
def test_the_database_refuses(earned, committed_db, statement):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.Error):
        owner.execute(statement)
    assert broken() == {}


OF_A_PAYMENT = (
    "a stamp is of a payment in the card's time, of its payer, shop and day, and comes back with the whole payment or all goods"
    " it is for"
)
STOCK = "of no stamp card more rewards stand than there are, and what is counted are the rewards that stand"
FILLED = (
    "nobody has more rewards of a card than their stamps fill, but for those that were spent or are on their way back, nor more"
    " than one may"
)
COINS = "a reward of coins is a gift from its campaign in a lot of its own, and went back whole or not at all"
BUDGET = (
    "the bonus lots of a campaign, without what came back beside a refund to a card, are what was paid from its budget"
)
PAIRS = (
    "of no referral campaign more are rewarded than there may be, and each referral rewards two at the most, none that was"
    " undone but what was spent"
)
IN_TIME = (
    "a referral was entered while its campaign ran, earned by the newcomer's payment in time, and undone where that went back"
    " or both are one"
)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE wallet_stamp SET shop_id = gen_random_uuid()", {OF_A_PAYMENT}),
        ("UPDATE wallet_stamp SET taken_back_at = at WHERE taken_back_at IS NULL", {OF_A_PAYMENT, FILLED}),
        ("""UPDATE wallet_stampcard SET rule = rule || '{"products": ["bread"]}'""", {OF_A_PAYMENT}),
        ("UPDATE wallet_stampcard SET given = 0", {STOCK}),
        ("UPDATE wallet_reward SET ended_at = NULL, journal_id = NULL WHERE source = 'stamps'", {STOCK, FILLED, BUDGET}),
        ("UPDATE wallet_posting SET amount = 499 WHERE amount = 500 AND line = 2", {COINS, BUDGET}),
        ("UPDATE wallet_referralcampaign SET rewarded = 0", {PAIRS}),
        (LATE, {IN_TIME}),
    ],
)  # fmt: skip
def test_the_audit_finds_what_was_changed_by_hand(earned, committed_db, statement, found):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        for table in ("stamp", "stampcard", "reward", "posting", "referralcampaign", "referral"):
            owner.execute(f"ALTER TABLE wallet_{table} DISABLE TRIGGER USER")
        owner.execute(statement)
    assert broken().keys() >= found
