"""What the tables refuse, and what the audit finds where an owner changed them all the same."""

import psycopg
import pytest

from tests.wallet.audit import assert_whole, broken
from wallet import services
from wallet.models import SettlementTransfer

pytestmark = pytest.mark.postgres


NO_LINE_OF_NOTHING = (
    "INSERT INTO wallet_settlementline (journal_id, line, batch_id, account_id, amount)"
    " SELECT journal_id, 9, batch_id, account_id, 0 FROM wallet_settlementline LIMIT 1"
)


@pytest.fixture
def settled(market):
    """Settle two shops, one of whose transfers comes back."""
    for amount in (5_000, 7_000):
        market.pay(market.shop(), amount)
    market.settle()
    back = SettlementTransfer.objects.order_by("net").first()
    services.record_return(market.town.act(market.first), transfer_id=back.pk, why="口座なし")
    assert_whole()
    return market


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE wallet_settlementline SET amount = amount + 1",
        "DELETE FROM wallet_settlementline",
        "TRUNCATE wallet_settlementline CASCADE",
        "INSERT INTO wallet_settlementline SELECT * FROM wallet_settlementline LIMIT 1",
        NO_LINE_OF_NOTHING,
        "UPDATE wallet_settlementshare SET net = net + 1, gross = gross + 1",
        "UPDATE wallet_settlementbatch SET net = net + 1, gross = gross + 1",
        "UPDATE wallet_settlementbatch SET state = 'approved'",
        "UPDATE wallet_settlementbatch SET approved_by = checked_by",
        "UPDATE wallet_settlementbatch SET pay_on = pay_on + 1",
        "UPDATE wallet_settlementtransfer SET net = net + 1, gross = gross + 1",
        "UPDATE wallet_settlementtransfer SET state = 'booked' WHERE state = 'returned'",
        "UPDATE wallet_settlementtransfer SET journal_id = NULL",
        "UPDATE wallet_settlementreturn SET amount = amount + 1",
        "DELETE FROM wallet_settlementreturn",
        "UPDATE wallet_settlementfile SET total = total + 1",
        "UPDATE wallet_payoutaccount SET sealed = '\\x00'",
        "UPDATE wallet_payoutaccount SET decided_by = registered_by",
        "UPDATE wallet_payoutaccount SET bank_code = '9901'",
        "DELETE FROM wallet_bank",
    ],
)
def test_not_even_the_owner_changes_what_was_settled(settled, committed_db, statement):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.IntegrityError):
        owner.execute(statement)


DAMAGES = {
    "every settled line is a posting": "UPDATE wallet_settlementline SET amount = amount + 1",
    "every share is the sum of its lines": "UPDATE wallet_settlementshare SET gross = gross + 1, net = net + 1",
    "a batch is the sum of its transfers": "UPDATE wallet_settlementtransfer SET gross = gross + 1, net = net + 1",
    "a transfer that was paid": "UPDATE wallet_posting SET amount = amount - 1 WHERE credit_id ="
    " (SELECT id FROM wallet_account WHERE kind = 'bank')",
    "a file holds exactly": "UPDATE wallet_settlementfile SET total = total + 1",
    "what a shop holds": "DELETE FROM wallet_settlementline WHERE journal_id = (SELECT min(journal_id) FROM wallet_settlementline)",
}


@pytest.mark.parametrize(("rule", "damage"), DAMAGES.items(), ids=[name.replace(" ", "_") for name in DAMAGES])
def test_the_audit_names_what_was_damaged_by_sql(settled, committed_db, rule, damage):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        table = damage.split()[2] if damage.startswith("DELETE") else damage.split()[1]
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(damage)
    found = broken()
    assert any(name.startswith(rule) for name in found), found
