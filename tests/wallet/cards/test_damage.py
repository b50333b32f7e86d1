"""The audit finds what somebody changed by hand."""

import psycopg
import pytest

from kernel.principal import SYSTEM
from tests.wallet.audit import assert_whole, broken
from wallet import services
from wallet.models import SOURCES

pytestmark = pytest.mark.postgres

DAMAGE = {
    "UPDATE wallet_cardpayment SET refunded = refunded + 1": "what went back to a card is what its payment says",
    "UPDATE wallet_cardpayment SET method = 'konbini'": "a payment by card or at a convenience store that was paid",
    "UPDATE wallet_cardpayment SET amount = amount + 1": "a payment by card or at a convenience store that was paid",
    "UPDATE wallet_topup SET kind = 'card' WHERE kind = 'counter'": "a payment by card or at a convenience store that was paid",
    "UPDATE wallet_reversal SET taken = taken + 1": "a reversal took from its account's lots and from the city",
    "UPDATE wallet_cardrefund SET amount = amount - 1": "what went back to a card is what its payment says",
    "DELETE FROM wallet_reversal": "every journal of a payment, capture, refund, top-up, hold or expiry has the one record",
    f"UPDATE wallet_posting SET debit_id = '{SOURCES['bank']}' WHERE debit_id = '{SOURCES['card']}'":
        "what the card company owes or was paid",
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(counter, committed_db, damage):
    yuki = counter.town.resident(yen=1000)
    row = counter.bought(yuki, 3000)
    services.refund_top_up(counter.town.act(SYSTEM), payment_id=row.pk, amount=1000, why="x")
    services.finish_card_refunds(at=counter.town.at)
    assert_whole()
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute(f"ALTER TABLE {damage.split(' ')[1 if damage.startswith('U') else 2]} DISABLE TRIGGER USER")
        owner.execute(damage)
    found = broken()
    assert any(name.startswith(DAMAGE[damage]) for name in found), found
