"""A step of signing in that allauth takes differently."""

from typing import Any

from allauth.account.stages import EmailVerificationStage

from accounts.selectors.contacts import has_confirmed_phone


class ConfirmEmail(EmailVerificationStage):
    """Asks for the code sent by e-mail, but not of those who are known already.

    A confirmed telephone number makes them known, or that they have been in: a guest has no address and comes back by a passkey.
    """

    def handle(self) -> tuple[Any, bool]:
        """Return allauth's answer and whether to go on."""
        user = self.login.user
        if user is not None and not self.login.email and (has_confirmed_phone(user.pk) or user.last_login is not None):
            return None, True
        response, goes_on = super().handle()
        return response, goes_on
