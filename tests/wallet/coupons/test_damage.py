"""What the database refuses about coupons, and what the audit finds where somebody passed it by."""

import psycopg
import pytest

from tests.wallet.audit import broken
from tests.wallet.coupons.shop import buy, campaign, citys
from wallet import services

pytestmark = pytest.mark.postgres


TWICE = """INSERT INTO wallet_couponuse (id, discount, returned, day, at, account_id, claim_id, coupon_id, payment_id)
  SELECT gen_random_uuid(), discount, returned, day, at, account_id, claim_id, coupon_id, payment_id FROM wallet_couponuse"""


@pytest.fixture
def used(town):
    """Use a coupon twice, and give one back in part."""
    yuki, till, purse = town.resident(yen=5000), town.till(), campaign(town)
    coupon = citys(town, purse, stock=3, per_person=3, needs_claim=True)
    services.coupons.claim_coupon(town.act(yuki), coupon_id=coupon)
    receipt = buy(town, yuki, till, 1000)
    services.refund_payment(town.act(till.cashier), payment_id=receipt.id, amount=450)
    assert broken() == {}
    return town


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wallet_coupon SET taken = stock + 1",
        "UPDATE wallet_coupon SET stock = stock + 1",
        "UPDATE wallet_coupon SET rule = '{}'",
        "UPDATE wallet_coupon SET ends_at = ends_at + interval '1 day'",
        "DELETE FROM wallet_coupon",
        "DELETE FROM wallet_couponuse",
        "DELETE FROM wallet_couponclaim",
        "DELETE FROM wallet_couponcount",
        "UPDATE wallet_couponuse SET discount = discount + 1",
        "UPDATE wallet_couponuse SET returned = discount + 1",
        "UPDATE wallet_couponuse SET returned = returned - 1",
        "UPDATE wallet_couponcount SET used = -1",
        "UPDATE wallet_couponclaim SET used_at = NULL",
        "UPDATE wallet_couponclaim SET revoked_at = now()",
        "UPDATE wallet_payment SET discount = discount + 1",
        TWICE,
    ],
)
def test_the_database_refuses(used, committed_db, statement):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.Error):
        owner.execute(statement)
    assert broken() == {}


USE = """INSERT INTO wallet_couponuse
    (id, coupon_id, account_id, claim_id, day, at, payment_id, order_payment_id, discount, returned)
  SELECT gen_random_uuid(), coupon_id, account_id, claim_id, day, at, {} FROM wallet_couponuse"""


@pytest.mark.parametrize(
    "what",
    [
        "NULL, NULL, 100, 0",
        "gen_random_uuid(), gen_random_uuid(), 100, 0",
        "gen_random_uuid(), NULL, 0, 0",
        "gen_random_uuid(), NULL, 100, -1",
        "gen_random_uuid(), NULL, 100, 101",
    ],
    ids=["of_nothing", "of_two", "of_no_yen", "less_than_nothing_back", "more_back_than_came_off"],
)
def test_a_use_is_of_one_payment_or_order_and_no_more_of_it_goes_back_than_came_off(used, committed_db, what):
    with psycopg.connect(committed_db.owner_url) as owner:
        owner.execute(USE.format("gen_random_uuid(), NULL, 100, 100"))
        owner.rollback()
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute(USE.format(what))
        owner.rollback()
    assert broken() == {}


TAKEN_OFF = "what coupons took off a payment is what its uses say, of coupons and accounts that exist"
BOOKED = "what campaigns paid for coupons, and got back, is what the uses say"
MEASURE = "a campaign gets back in the measure in which the payer did, and a coupon comes back once, with the last yen"
STOCK = "of no coupon more is out than there was, and what is out of its stock are the uses that stand"
COUNTS = (
    "nobody used more of a coupon than one may, altogether or on a day, and what is counted are the uses that stand"
)
HELD = "a coupon that had to be held was held, and is used by one payment at the most"


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE wallet_payment SET discount = 90", {TAKEN_OFF}),
        ("UPDATE wallet_couponuse SET discount = 101", {TAKEN_OFF, BOOKED}),
        ("UPDATE wallet_couponuse SET returned = 51", {BOOKED, MEASURE}),
        ("UPDATE wallet_couponuse SET given_back_at = at", {MEASURE, STOCK, COUNTS, HELD}),
        ("UPDATE wallet_coupon SET taken = 0", {STOCK}),
        ("UPDATE wallet_coupon SET per_person = 0", {COUNTS}),
        ("UPDATE wallet_couponcount SET used = 2", {COUNTS}),
        ("UPDATE wallet_couponcount SET on_day = 0", {COUNTS}),
        ("UPDATE wallet_couponclaim SET used_at = NULL, payment_id = NULL", {HELD}),
        ("UPDATE wallet_couponuse SET claim_id = NULL", {HELD}),
        (
            "UPDATE wallet_posting SET debit_id = (SELECT account_id FROM wallet_payment) WHERE line = 2 AND amount = 100",
            {BOOKED},
        ),
    ],
)
def test_the_audit_finds_what_was_changed_by_hand(used, committed_db, statement, found):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        for table in ("payment", "coupon", "couponuse", "couponclaim", "couponcount", "posting"):
            owner.execute(f"ALTER TABLE wallet_{table} DISABLE TRIGGER USER")
        owner.execute(statement)
    assert broken().keys() >= found
