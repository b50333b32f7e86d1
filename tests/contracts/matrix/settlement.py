"""Settlement: what shops are paid, and where to."""

from datetime import UTC, datetime
from typing import Any

from accounts.selectors import principal_of
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.wallet.city_office import BANKS, BRANCHES
from wallet import services
from wallet.engine.settlement import last_cut_off
from wallet.selectors.my_settlements import my_transfers
from wallet.selectors.settlement import newest_batch

ROOT = "api/v1/wallet/"
OWN = "401 200 200 200 200 200 200 200"

ROWS = {
    ("GET", ROOT + "settlements"): OWN,
    ("GET", ROOT + "settlements/<uuid:settlement_id>/file"): "401 404 404 404 200 404 404 404",
    ("POST", ROOT + "settlements/<uuid:settlement_id>/notice"): "401 404 404 404 200 404 404 404",
    ("GET", ROOT + "shop_cash"): OWN,
    ("GET", ROOT + "payout_accounts"): OWN,
    ("POST", ROOT + "payout_accounts"): "401 403 403 403 201 403 403 403",
}


def transfer(world: Any) -> str:
    """Let the shop be paid before a cut-off, and the period be drawn up."""
    at = datetime(2026, 11, 16, 3, tzinfo=UTC)
    manager = principal_of(world.people["manager"].resident_id)
    if newest_batch() is None:
        hanako = principal_of(world.people["hanako"].resident_id)
        paid = Act(hanako, at=datetime(2026, 11, 14, 3, tzinfo=UTC), key="matrix-settlement-pay")
        services.pay_at_once(paid, code=world.shop.code, amount=100)
        drawn = Act(SYSTEM, at=at, key="matrix-settlement-draw")
        services.draw_up_settlement(drawn, cut_off_on=last_cut_off(at))
    return str(my_transfers(manager).latest("created_at").pk)


def account(world: Any) -> Any:
    """Name an account at a bank that exists."""
    services.import_banks(Act(SYSTEM, at=datetime(2026, 11, 1, tzinfo=UTC)), banks=BANKS, branches=BRANCHES)
    return {
        "organisation_id": str(world.shop.organisation_id), "bank_code": "9902", "branch_code": "001",
        "account_type": "1", "number": "1234567", "holder": "ミホン",
    }  # fmt: skip


MADE = {"<uuid:settlement_id>": transfer}
BODIES = {("POST", ROOT + "payout_accounts"): account}
