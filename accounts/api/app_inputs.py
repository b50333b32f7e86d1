"""Codes of an authenticator app (TOTP, RFC 6238): tried seldom, and each good once.

allauth remembers a used code for one step of thirty seconds, and takes codes of three; and with its own limits off, which stand at
our door by connection, it would let one person's six digits be guessed all day.
"""

from typing import Any
from uuid import UUID

from allauth.headless.mfa.inputs import ActivateTOTPInput, ReauthenticateInput
from allauth.mfa.adapter import get_adapter
from django.conf import settings

from accounts.api.throttles import per_person
from accounts.gateways.limits import Limit, consume

TRIES = (Limit(name="app_code", who="", most=5, seconds=60), Limit(name="app_code", who="", most=30, seconds=3_600))
LIVES_S = 30 * (1 + 2 * settings.MFA_TOTP_TOLERANCE)


class Seldom:
    """Counts each try of a person."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """Check the code; :raises TooManyRequests: for a try too many; :raises ValidationError: for a wrong or used one."""
        for limit in TRIES:
            per_person(str(self.user.pk), limit)
        code: str = super().clean_code()  # type: ignore[misc]
        if _was_used(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AppCode(Seldom, ReauthenticateInput):
    """Shows once more who one is."""


class NewAppCode(Seldom, ActivateTOTPInput):
    """Shows that the new app counts as we do."""


def _was_used(user_id: UUID, code: str) -> bool:
    """Use a code up; tell whether somebody had."""
    digits = "".join(sign for sign in code if sign.isdigit())
    return consume([Limit(name="app_code_used", who=f"{user_id}/{digits}", most=1, seconds=LIVES_S)]) > 0
