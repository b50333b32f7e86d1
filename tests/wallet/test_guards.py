"""What the database itself refuses, whoever asks: the ledger's last guard."""

import psycopg
import pytest
from django.db import DatabaseError, connection

from kernel.access import OutsideAccess
from kernel.principal import SYSTEM
from tests.wallet.audit import broken
from tests.wallet.town import Person
from wallet import services
from wallet.models import Balance, Holder, Journal, LotMove, Payment, Posting, Refund

pytestmark = pytest.mark.postgres

WRITTEN_ONCE = ["journal", "posting", "lotmove", "refund", "topup", "expiry", "campaignfunding"]
NEVER_DELETED = ["account", "balance", "holder", "lot", "shop", "qrtoken", "hold", "payment", "campaign"]


@pytest.fixture
def paid(town) -> tuple[Person, Payment]:
    """Pay and refund something, so that every table has a row."""
    yuki, shop = town.resident(("bonus", 300, town.at.date()), yen=1000), town.till()
    receipt = services.pay_at_once(town.act(yuki), code=shop.code, amount=400)
    services.refund_payment(town.act(shop.cashier), payment_id=receipt.id, amount=150)
    services.hold(town.act(shop.cashier), shop_id=shop.id, customer_code=town.customer_code(yuki), amount=1)
    town.at = town.at.replace(day=5)
    services.expire_lots(at=town.at)
    services.open_campaign(town.act(SYSTEM), name="春のクーポン", amount=1000)
    return yuki, Payment.objects.get(pk=receipt.id)


def test_the_orm_cannot_change_what_is_written_once(paid):
    for rows, change in [
        (Journal.objects.all(), {"kind": "void"}),
        (Posting.objects.all(), {"amount": 1}),
        (LotMove.objects.all(), {"delta": 1}),
        (Refund.objects.all(), {"amount": 1}),
    ]:
        with pytest.raises(DatabaseError):
            rows.update(**change)
        with pytest.raises(DatabaseError):
            rows.all()._raw_delete("default")
    row = Journal.objects.first()
    row.kind = "void"
    with pytest.raises(DatabaseError):
        row.save()


@pytest.mark.parametrize("table", WRITTEN_ONCE + NEVER_DELETED)
def test_not_even_the_owner_deletes_or_truncates(paid, committed_db, table):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            owner.execute(f"DELETE FROM wallet_{table}")
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            owner.execute(f"TRUNCATE wallet_{table} CASCADE")


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_not_even_the_owner_changes_what_is_written_once(paid, committed_db, table):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        column = owner.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s LIMIT 1", [f"wallet_{table}"]
        ).fetchone()[0]
        with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
            owner.execute(f"UPDATE wallet_{table} SET {column} = {column}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wallet_lot SET expires_on = expires_on + 1",
        "UPDATE wallet_lot SET issued = issued + 1",
        "UPDATE wallet_lot SET remaining = issued + 1, open = true",
        "UPDATE wallet_lot SET remaining = 0, open = true",
        "UPDATE wallet_lot SET kind = 'gold'",
        "UPDATE wallet_balance SET amount = -1",
        "UPDATE wallet_balance SET held = -1",
        "UPDATE wallet_payment SET amount = amount + 1",
        "UPDATE wallet_payment SET refunded = amount + 1",
        "UPDATE wallet_payment SET refunded = 0, version = version + 1",
        "UPDATE wallet_payment SET status = 'lost'",
        "INSERT INTO wallet_lotmove SELECT -1, lot_id, 0 FROM wallet_lotmove LIMIT 1",
        "UPDATE wallet_hold SET amount = amount + 1",
        "UPDATE wallet_creditinbox SET amount = amount + 1",
        "INSERT INTO wallet_posting SELECT journal_id, 9, debit_id, debit_id, currency, 1 FROM wallet_posting LIMIT 1",
        "INSERT INTO wallet_posting SELECT journal_id, 9, debit_id, credit_id, currency, 0 FROM wallet_posting LIMIT 1",
        "INSERT INTO wallet_journal SELECT id + 1000, kind, actor, idem_key, request_digest, at FROM wallet_journal LIMIT 1",
        "INSERT INTO wallet_journal SELECT id + 1000, 'gift', actor, 'other-key', request_digest, at FROM wallet_journal LIMIT 1",
    ],
)
def test_the_database_refuses_what_cannot_be(paid, town, committed_db, statement):
    shop = town.till()
    services.pay_at_once(town.act(paid[0]), code=shop.code, amount=1)  # something waits in an inbox
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.IntegrityError):
        owner.execute(statement)


def test_a_top_up_that_does_not_add_up_fails_at_commit(paid, committed_db):
    yuki, _payment = paid
    with psycopg.connect(committed_db.owner_url) as owner:
        owner.execute(
            "WITH j AS (INSERT INTO wallet_journal (kind, actor, idem_key, request_digest, at)"
            " VALUES ('top_up', gen_random_uuid(), 'forged-key', sha256(''), '2026-11-03Z') RETURNING id)"
            " INSERT INTO wallet_topup (id, journal_id, account_id, kind, amount, bonus, receipt_number, at)"
            " SELECT gen_random_uuid(), id, %s, 'counter', 500, 0, 'FORGED', '2026-11-03Z' FROM j",
            [yuki.account],
        )
        with pytest.raises(psycopg.errors.CheckViolation, match="lots moved 0"):
            owner.commit()


def test_the_application_may_not_link_people_to_accounts(paid):
    yuki, _payment = paid
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wallet_holder")
        assert cursor.fetchone() == (0,)  # row-level security, outside an access
        with pytest.raises(DatabaseError):
            cursor.execute("INSERT INTO wallet_holder (account_id, resident_id, currency) VALUES (%s, %s, 'USD')",
                           [yuki.account, yuki.actor])  # fmt: skip
    with pytest.raises(OutsideAccess):
        list(Holder.objects.all())


def test_money_made_by_sql_alone_is_found(paid):
    yuki, _payment = paid
    Balance.objects.filter(pk=yuki.account).update(amount=10**6)
    found = broken()
    assert "a resident's balance is the sum of the lots" in found
    assert any(str(yuki.account) in row for rows in found.values() for row in rows)
