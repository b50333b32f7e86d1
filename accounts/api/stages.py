"""A step of signing in that allauth takes differently."""

from typing import Any

from allauth.account.stages import EmailVerificationStage

from accounts.selectors.sign_ins import phone_of


class ConfirmEmail(EmailVerificationStage):
    """Asks for the code sent by e-mail, but not of those whom a confirmed telephone number already makes known."""

    def handle(self) -> tuple[Any, bool]:
        """Return allauth's answer and whether to go on."""
        user = self.login.user
        if user is not None and not self.login.email:
            phone = phone_of(user.pk)
            if phone is not None and phone[1]:
                return None, True
        response, goes_on = super().handle()
        return response, goes_on
