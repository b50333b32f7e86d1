"""Settlement: shops are paid what they took in, once, and what comes back is theirs again."""

from wallet.services.settlement.banks import import_banks
from wallet.services.settlement.deciding import (
    approve_settlement,
    check_settlement,
    confirm_settlement,
    withdraw_settlement,
)
from wallet.services.settlement.drawing import draw_up_due_settlement, draw_up_settlement
from wallet.services.settlement.filing import take_settlement_file, write_settlement_file
from wallet.services.settlement.handing_over import decide_handover, record_handover
from wallet.services.settlement.payouts import (
    check_payout,
    details_of,
    look_at_payout_account,
    name_payout,
    refuse_payout_account,
    register_payout_account,
    verify_payout_account,
)
from wallet.services.settlement.returning import import_returns, record_return
from wallet.services.settlement.telling import tell_managers

__all__ = [
    "approve_settlement",
    "check_payout",
    "check_settlement",
    "confirm_settlement",
    "decide_handover",
    "details_of",
    "draw_up_due_settlement",
    "draw_up_settlement",
    "import_banks",
    "import_returns",
    "look_at_payout_account",
    "name_payout",
    "record_handover",
    "record_return",
    "refuse_payout_account",
    "register_payout_account",
    "take_settlement_file",
    "tell_managers",
    "verify_payout_account",
    "withdraw_settlement",
    "write_settlement_file",
]
