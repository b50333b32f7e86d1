"""The front door of the accounts floor: what other floors may ask it to do."""

from accounts.services.newcomers import Newcomer, sign_up
from accounts.services.organisations import appoint, close_organisation, dismiss, found_organisation
from accounts.services.partners.connecting import end_partner_tokens

__all__ = [
    "Newcomer",
    "appoint",
    "close_organisation",
    "dismiss",
    "end_partner_tokens",
    "found_organisation",
    "sign_up",
]
