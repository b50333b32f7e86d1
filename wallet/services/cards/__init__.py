"""Payments by card and at convenience stores: begun here, made at the vendor's page, booked when the vendor says so.

The vendor is never asked inside a transaction. What it says is read anew from it whenever something is to be booked: an event
that comes to our door, the person's return, a sweep and the comparison of the books all end in ``looking``.
"""

from wallet.services.cards.alerts import close_card_alert
from wallet.services.cards.events import hear_vendor, process_card_events
from wallet.services.cards.looking import give_up_top_up, look, look_at_disputes, look_for, sweep_cards, voucher_for
from wallet.services.cards.reconciling import reconcile_cards
from wallet.services.cards.sending_back import finish_card_refunds, refund_top_up
from wallet.services.cards.starting import start_top_up
from wallet.services.cards.starting_premium import start_premium

__all__ = [
    "close_card_alert",
    "finish_card_refunds",
    "give_up_top_up",
    "hear_vendor",
    "look",
    "look_at_disputes",
    "look_for",
    "process_card_events",
    "reconcile_cards",
    "refund_top_up",
    "start_premium",
    "start_top_up",
    "sweep_cards",
    "voucher_for",
]
