"""What the database refuses about orders, and what the audit finds where somebody passed it by. Each statement is undone."""

import psycopg
import pytest

from tests.wallet.audit import broken
from tests.wallet.checkout.till import Bills
from tests.wallet.coupons.shop import campaign, citys
from wallet.selectors.audit import invariants

pytestmark = pytest.mark.postgres

REFUSED = [
    "DELETE FROM wallet_order",
    "DELETE FROM wallet_orderline",
    "DELETE FROM wallet_orderpayment",
    "DELETE FROM wallet_orderrefund",
    "DELETE FROM wallet_orderrefundline",
    "TRUNCATE wallet_order CASCADE",
    "UPDATE wallet_order SET total = total + 1, version = version + 1",
    "UPDATE wallet_order SET status = 'open', ended_at = NULL, delivery = 'none', version = version + 1 WHERE status = 'paid'",
    "UPDATE wallet_order SET delivery = 'none', version = version + 1 WHERE status = 'paid'",
    "UPDATE wallet_order SET account_id = NULL, version = version + 1 WHERE status = 'held'",
    "UPDATE wallet_order SET status = 'paid', delivery = 'waiting', ended_at = now(), version = version + 1 WHERE status = 'held'",
    "UPDATE wallet_order SET status = 'cancelled', ended_at = now() WHERE status = 'open'",
    "UPDATE wallet_orderline SET amount = amount + 1",
    "UPDATE wallet_orderline SET taken = amount + 1",
    "UPDATE wallet_orderline SET refunded = 0 WHERE refunded > 0",
    "UPDATE wallet_orderline SET refunded = refunded + 1 WHERE taken > refunded",
    "UPDATE wallet_orderline SET taken = taken - 1 WHERE taken > 0 AND refunded = 0",
    "UPDATE wallet_orderpayment SET card = card + 1",
    "UPDATE wallet_orderpayment SET coin_taken = coin_taken - 1 WHERE coin_taken > 0",
    "UPDATE wallet_orderpayment SET card_refunded = card_taken + 1",
    "UPDATE wallet_orderpayment SET coin_refunded = 0 WHERE coin_refunded > 0",
    "UPDATE wallet_orderpayment SET status = 'begun', ended_at = NULL WHERE status = 'paid'",
    "UPDATE wallet_orderrefund SET amount = amount + 1",
    "UPDATE wallet_orderrefundline SET amount = amount + 1",
    "UPDATE wallet_cardpayment SET is_held = true",
    "UPDATE wallet_couponuse SET payment_id = gen_random_uuid()",
    """INSERT INTO wallet_orderpayment (id, order_id, account_id, method, status, discount, coin, card, discount_taken, coin_taken,
        card_taken, discount_refunded, coin_refunded, card_refunded, begun_at)
      SELECT gen_random_uuid(), order_id, account_id, 'coin', 'begun', discount, coin + card, 0, 0, 0, 0, 0, 0, 0, begun_at
      FROM wallet_orderpayment WHERE status = 'held'""",
]

GUARDED = (
    "order",
    "orderline",
    "orderpayment",
    "orderrefund",
    "orderrefundline",
    "couponuse",
    "cardpayment",
    "cardrefund",
)
BOOKS = ("posting", "balance")
ADD_UP = "an order's lines add up to it"
TAKEN = "what was taken of lines was taken of tenders"
BOOKED = "a paid order's coins are its payment"
BACK = "what came back of a tender are the parts of the order's refunds"
PARTS = "a refund of an order gave coins, card and campaigns their part"
CITY = "campaigns paid an order's shop and got back"
CARD = "the card's side of an order says the same"
HELD = "what is held is the sum of the open holds"
DAMAGE = {
    "UPDATE wallet_order SET total = total + 1": ADD_UP,
    "UPDATE wallet_orderpayment SET discount = discount + 1": ADD_UP,
    "UPDATE wallet_orderline SET taken = taken - 1 WHERE taken > refunded": TAKEN,
    "UPDATE wallet_order SET status = 'open', ended_at = NULL, delivery = 'none' WHERE status = 'paid'": TAKEN,
    "UPDATE wallet_orderpayment SET coin_taken = coin_taken - 1 WHERE coin_taken > coin_refunded": BOOKED,
    "UPDATE wallet_posting SET amount = amount + 1 WHERE journal_id IN (SELECT journal_id FROM wallet_orderpayment)": BOOKED,
    "UPDATE wallet_couponuse SET discount = discount + 1": BOOKED,
    "UPDATE wallet_orderpayment SET card_refunded = card_refunded - 1 WHERE card_refunded > 0": BACK,
    "UPDATE wallet_orderrefundline SET amount = amount + 1": BACK,
    "UPDATE wallet_cardrefund SET amount = amount + 1": PARTS,
    "UPDATE wallet_posting SET amount = amount + 1 WHERE journal_id IN (SELECT journal_id FROM wallet_orderrefund)": PARTS,
    "UPDATE wallet_couponuse SET returned = returned + 1 WHERE returned > 0": CITY,
    "UPDATE wallet_cardpayment SET status = 'ended' WHERE status = 'paid'": CARD,
    "UPDATE wallet_cardpayment SET to_take = amount - 1, is_held = true WHERE status = 'paid'": CARD,
    "UPDATE wallet_balance SET held = 0 WHERE held = 200": HELD,
}


@pytest.fixture
def sold(bills: Bills):
    """Sell with coupon, coins and card and give a line back; hold something; let something wait on the card's page."""
    town = bills.town
    citys(town, campaign(town), stock=9)
    back = bills.paid(town.resident(yen=333), "mixed", coin=333)
    bills.refund(back, (2, 200))
    bills.held(town.resident(yen=1000))
    waiting = bills.order(town.resident())
    bills.pay(town.people[-1], waiting, "card")
    bills.bill()
    assert broken() == {}
    return bills


def test_the_database_refuses(sold, committed_db):
    passed = []
    with psycopg.connect(committed_db.owner_url) as owner:
        for statement in REFUSED:
            try:
                owner.execute(statement)
                owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
                passed.append(statement)
            except psycopg.Error:
                pass
            owner.rollback()
    assert passed == []
    assert broken() == {}


def test_the_audit_finds_what_was_changed_by_hand(sold, committed_db):
    rules = {rule.name: rule.query for rule in invariants()}
    missed = []
    with psycopg.connect(committed_db.owner_url) as owner:
        for statement, begins in DAMAGE.items():
            (name,) = [name for name in rules if name.startswith(begins)]
            for table in GUARDED + BOOKS:
                owner.execute(f"ALTER TABLE wallet_{table} DISABLE TRIGGER USER")
            changed = owner.execute(statement).rowcount
            if not changed or not owner.execute(rules[name]).fetchall():
                missed.append((statement, changed))
            owner.rollback()
    assert missed == []
