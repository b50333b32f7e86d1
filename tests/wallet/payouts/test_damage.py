"""What the tables of payouts refuse, and what the audit finds where an owner changed them all the same."""

import psycopg
import pytest

from tests.wallet.audit import assert_whole, broken
from tests.wallet.payouts.office import TO
from wallet import services

pytestmark = pytest.mark.postgres
ROWS = "wallet_coinpayout"
FIFTY_NINE_DAYS = (
    "INSERT INTO wallet_coinend (id, announced_on, claims_until, reason, opened_by, opened_at)"
    " VALUES (gen_random_uuid(), '2026-11-01', '2026-12-30', 'x', gen_random_uuid(), now())"
)


@pytest.fixture
def paid(office):
    """Pay one payout out in cash and write another into a file."""
    town = office.town
    cash = office.approved(town.resident(yen=3_000))
    services.pay_out_in_cash(town.act(office.second), payout_id=cash.id)
    office.approved(town.resident(yen=2_000), TO)
    services.write_payout_file(town.act(office.first))
    office.opened(town.resident(yen=1_000))
    assert_whole()
    return office


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {ROWS} SET amount = amount + 1",
        f"UPDATE {ROWS} SET state = 'opened' WHERE state = 'paid'",
        f"UPDATE {ROWS} SET state = 'approved', decided_by = opened_by, decided_at = now() WHERE state = 'opened'",
        f"UPDATE {ROWS} SET state = 'withdrawn' WHERE state = 'written'",
        f"UPDATE {ROWS} SET journal_id = NULL WHERE state = 'paid'",
        f"UPDATE {ROWS} SET file_id = NULL WHERE state = 'written'",
        f"UPDATE {ROWS} SET sealed = '\\x00' WHERE way = 'bank'",
        f"UPDATE {ROWS} SET evidence = 'x'",
        f"DELETE FROM {ROWS}",
        f"TRUNCATE {ROWS} CASCADE",
        "UPDATE wallet_coinpayoutfile SET total = total + 1",
        FIFTY_NINE_DAYS,
    ],
)
def test_not_even_the_owner_changes_what_was_paid_out(paid, committed_db, statement):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner, pytest.raises(psycopg.IntegrityError):
        owner.execute(statement)


DAMAGES = {
    f"UPDATE {ROWS} SET amount = amount + 1 WHERE state = 'paid'": "a payout that was booked",
    "UPDATE wallet_lot SET kind = 'bonus'": "a payout that was booked",
    "UPDATE wallet_coinpayoutfile SET total = total + 1": "a file of payouts holds",
    f"UPDATE {ROWS} SET way = 'cash', sealed = NULL, file_id = NULL, state = 'paid', paid_by = opened_by, paid_at = now()"
    " WHERE state = 'written'": "a payout that was booked",
}


@pytest.mark.parametrize(("statement", "found"), DAMAGES.items())
def test_the_audit_finds_what_was_changed(paid, committed_db, statement, found):
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE {statement.split()[1]} DISABLE TRIGGER USER")
        owner.execute(statement)
    assert any(name.startswith(found) for name in broken())
