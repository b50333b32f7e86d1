"""Payouts (払戻し): asked for or opened, decided by two, paid in cash or by bank; what comes back is coins again."""

from wallet.services.payouts.asking import ask_payout, withdraw_payout
from wallet.services.payouts.deciding import approve_payout, open_payout, refuse_payout, take_payout_back
from wallet.services.payouts.ending import announce_end, approve_end
from wallet.services.payouts.paying import (
    confirm_payout,
    pay_out_in_cash,
    return_payout,
    take_payout_file,
    write_payout_file,
)

__all__ = [
    "announce_end",
    "approve_end",
    "approve_payout",
    "ask_payout",
    "confirm_payout",
    "open_payout",
    "pay_out_in_cash",
    "refuse_payout",
    "return_payout",
    "take_payout_back",
    "take_payout_file",
    "withdraw_payout",
    "write_payout_file",
]
