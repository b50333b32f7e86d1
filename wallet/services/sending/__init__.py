"""Sending coins to one another, and asking for them."""

from wallet.services.sending.moving import send
from wallet.services.sending.notes import forget_old_words, forget_words_of
from wallet.services.sending.receiving import issue_receive_code
from wallet.services.sending.requesting import (
    cancel_request,
    decline_request,
    pay_request,
    remind_request,
    request_money,
)

__all__ = [
    "cancel_request",
    "decline_request",
    "forget_old_words",
    "forget_words_of",
    "issue_receive_code",
    "pay_request",
    "remind_request",
    "request_money",
    "send",
]
