"""What the sign-in doors read: allauth's own inputs, with three rules of ours.

Exactly one of e-mail address and telephone number; only a confirmed address belongs to anybody, so that what somebody typed
and never confirmed blocks nobody; and a person arrives through our own service, in one transaction.
"""

from typing import Any

from allauth.headless.account.inputs import RequestLoginCodeInput, SignupInput
from allauth.headless.mfa.inputs import SignupWebAuthnInput
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.selectors.sign_ins import user_by_email, user_by_phone, user_of
from accounts.services import sign_up
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act

NO_ADDRESS = _("メールアドレスか電話番号を入力してください。")
ONE_ADDRESS = _("メールアドレスと電話番号は、どちらか一方だけを入力してください。")


def require_one_address(cleaned: dict[str, Any], errors: dict[str, Any]) -> None:
    """Ask for one way to reach the person; :raises ValidationError: for none (where no field was wrong already) or two."""
    email, phone = cleaned.get("email"), cleaned.get("phone")
    if email and phone:
        raise ValidationError(ONE_ADDRESS, code="select_only_one")
    if not (email or phone or errors):
        raise ValidationError(NO_ADDRESS, code="required")


class CodeRequest(RequestLoginCodeInput):
    """Asks for a code at an address; ``_user`` is who gets one, None where nobody has confirmed the address."""

    _user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Ask for one address."""
        cleaned: dict[str, Any] = super().clean()
        require_one_address(cleaned, self.errors)
        return cleaned

    def clean_email(self) -> str:
        """Find who confirmed the address."""
        email: str = self.cleaned_data["email"]
        if email:
            self._user = user_by_email(email)
        return email

    def clean_phone(self) -> str:
        """Find who confirmed the number."""
        phone: str = self.cleaned_data["phone"]
        if phone:
            self._user = user_by_phone(phone)
        return phone


class OurSignUp:
    """What both ways of signing up share."""

    cleaned_data: dict[str, Any]
    errors: dict[str, Any]
    account_already_exists: bool
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the address be a number instead; allauth itself knows no either-or."""
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for one address."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        require_one_address(cleaned, self.errors)
        return cleaned

    def validate_unique_email(self, value: str) -> str:
        """Note whether somebody has confirmed the address; they will be told, the one who asks will not."""
        self.account_already_exists = user_by_email(value) is not None
        return value

    def save(self, request: HttpRequest) -> User:
        """Let the person arrive."""
        newcomer = sign_up(
            Act(SYSTEM, at=clock.now()),
            language=get_language() or "ja",
            display_name=self.cleaned_data.get("display_name", ""),
            email=self.cleaned_data.get("email") or None,
            phone=self.cleaned_data.get("phone") or None,
            is_guest=bool(self.cleaned_data.get("is_guest")),
        )
        return user_of(newcomer.user_id)


class SignUp(OurSignUp, SignupInput):
    """Signs up by a code."""


class PasskeySignUp(OurSignUp, SignupWebAuthnInput):
    """Signs up by a code and then a passkey."""
