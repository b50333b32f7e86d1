"""What the tables of bank transfers refuse, and what the audit finds where an owner changed them all the same."""

import psycopg
import pytest

from tests.wallet.audit import assert_whole, broken
from tests.wallet.bank.bank import came, zengin
from wallet import services
from wallet.models import BankLine

pytestmark = pytest.mark.postgres

LINES = "wallet_bankline"
COLUMNS = (
    "statement_id, bank_account, booked_on, is_in, amount, content, ordinal, serial, is_final, key_version, sealed,"
    " state, reason"
)

ONE_ALONE = (
    "UPDATE wallet_banklineproposal SET is_accepted = true, decided_by = proposed_by, decided_at = proposed_at"
    " WHERE decided_at IS NULL"
)


def again(column: str, value: str) -> str:
    """Write a movement a second time, with one column otherwise."""
    written = COLUMNS.replace(column, value)
    return f"INSERT INTO {LINES} (id, {COLUMNS}) SELECT gen_random_uuid(), {written} FROM {LINES} WHERE state = 'open'"


@pytest.fixture
def taken(office):
    """Take a file of three movements, one of which another officer must decide on."""
    _person, code = office.resident()
    office.take(zengin(came(1_000, code, serial="1"), came(2_000, "ﾔﾏﾀﾞ", serial="2"), came(50_000, "ﾔﾏﾀﾞ", serial="3")))
    small, large = (BankLine.objects.get(amount=amount) for amount in (2_000, 50_000))
    said = {"deed": "return", "reference": "K-1", "reason": "相違"}
    services.propose_for_bank_line(office.town.act(office.first), line_id=small.pk, **said)
    services.propose_for_bank_line(office.town.act(office.first), line_id=large.pk, **said)
    assert_whole()
    return office


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {LINES} SET amount = amount + 1",
        f"UPDATE {LINES} SET content = left('x' || content, 43)",
        f"UPDATE {LINES} SET serial = '9' WHERE serial = '1'",
        f"UPDATE {LINES} SET state = 'open', reason = 'no_code' WHERE state = 'returned'",
        f"UPDATE {LINES} SET state = 'aside', top_up_id = NULL WHERE state = 'booked'",
        f"UPDATE {LINES} SET top_up_id = NULL WHERE state = 'booked'",
        f"DELETE FROM {LINES}",
        f"TRUNCATE {LINES} CASCADE",
        again("serial", "''"),
        again("ordinal", "77"),
        "UPDATE wallet_bankstatement SET total_in = total_in + 1",
        "UPDATE wallet_bankstatement SET sealed = '\\x00'",
        "DELETE FROM wallet_bankstatementline",
        "UPDATE wallet_transfercode SET code = '00000000'",
        "UPDATE wallet_banklineproposal SET needs_two = false",
        ONE_ALONE,
        "UPDATE wallet_banklineproposal SET reason = 'anders'",
    ],
)
def test_not_even_the_owner_changes_what_came_in(taken, committed_db, statement):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.IntegrityError):
        owner.execute(statement)


DAMAGES = {
    f"UPDATE {LINES} SET amount = amount + 1 WHERE state = 'open'": "what a bank's file says",
    "UPDATE wallet_bankstatement SET total_in = total_in + 1": "what a bank's file says",
    f"UPDATE {LINES} SET amount = amount + 1 WHERE state = 'booked'": "a movement that was booked",
    f"UPDATE {LINES} SET state = 'aside', top_up_id = NULL WHERE state = 'booked'": "a movement that was booked",
    "UPDATE wallet_banklineproposal SET is_accepted = false WHERE is_accepted": "who decided on an open movement",
}


@pytest.mark.parametrize(("statement", "found"), DAMAGES.items())
def test_the_audit_finds_what_was_changed(taken, committed_db, statement, found):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE {statement.split()[1]} DISABLE TRIGGER USER")
        owner.execute(statement)
    assert any(name.startswith(found) for name in broken())
