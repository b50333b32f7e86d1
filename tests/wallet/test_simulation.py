"""Random lives of a small town: the auditor predicts every outcome, and every invariant holds after every act."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command

from tests.wallet.simulation import Simulation
from wallet.models import Posting
from wallet.selectors.audit import check_ledger


def broken() -> list[str]:
    return [f"{finding.name}: {finding.rows}" for finding in check_ledger() if finding.broken]


@pytest.mark.slow  # some hundred acts, with all invariants after each
@pytest.mark.parametrize("seed", [1, 20261103])
def test_every_outcome_is_predicted_and_every_invariant_holds_after_every_act(committed_db, seed):
    life = Simulation(seed)

    def whole() -> None:
        assert broken() == []

    life.live(100, after_each=whole)


def audit() -> str:
    said = StringIO()
    call_command("audit_ledger", stdout=said)
    return said.getvalue()


@pytest.mark.slow  # twenty thousand acts, most of them one statement each
def test_the_audit_is_green_after_20000_acts_and_names_a_damaged_row(committed_db):
    life = Simulation(7, residents=10, shops=5, only_fast=True)
    life.live(20_000)
    assert "The ledger is whole." in audit()
    assert {name.partition(":")[2] for name in life.outcomes} >= {
        "done", "insufficient_funds", "limit_per_payment", "limit_per_day", "limit_balance", "code_used", "code_expired",
        "refund_exceeds_payment", "payment_not_voidable", "hold_not_open", "capture_exceeds_hold", "quote_changed",
        "account_frozen", "another_officer_needed", "sending_oneself", "limit_per_send", "too_many_sends",
        "limit_sends_per_day", "limit_sends_per_month", "paid_coins_short", "recipient_cannot_receive",
    }  # fmt: skip
    posting = Posting.objects.order_by("-journal_id").first()
    damage(committed_db.owner_url, posting.journal_id)
    with pytest.raises(CommandError) as found:
        audit()
    assert "not whole" in str(found.value)
    rows = {row for finding in check_ledger() for row in finding.rows}
    assert any(f"journal {posting.journal_id} " in row for row in rows)


def damage(owner_url: str, journal_id: int) -> None:
    """Change one amount as only the owner can, past the trigger that forbids it."""
    with psycopg.connect(owner_url) as owner:
        owner.execute("ALTER TABLE wallet_posting DISABLE TRIGGER USER")
        owner.execute("UPDATE wallet_posting SET amount = amount + 1 WHERE journal_id = %s", [journal_id])
        owner.execute("ALTER TABLE wallet_posting ENABLE TRIGGER USER")
