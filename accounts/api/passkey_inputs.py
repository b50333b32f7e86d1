"""What is kept of a new passkey: the fields of a credential, in their right shapes, and no more.

allauth keeps whatever JSON was sent, and stumbles over it at every later look.
"""

from typing import Any

import msgspec
from allauth.headless.mfa.inputs import AddWebAuthnInput, CreateWebAuthnInput
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.selectors.sign_ins import passkey_count

MOST_PASSKEYS = 20
UNREADABLE = _("パスキーを確認できませんでした。もう一度お試しください。")
TOO_MANY = _("パスキーは20個まで登録できます。")


class Response(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the authenticator answered, as base64url."""

    clientDataJSON: str  # noqa: N815 - the standard's name
    attestationObject: str  # noqa: N815
    transports: list[str] = []


class CredentialProperties(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether the passkey can be found without a name."""

    rk: bool | None = None


class Extensions(msgspec.Struct, frozen=True, omit_defaults=True):
    """The one extension that is asked for."""

    credProps: CredentialProperties = CredentialProperties()  # noqa: N815


class NewCredential(msgspec.Struct, frozen=True):
    """``PublicKeyCredential.toJSON()`` after ``navigator.credentials.create`` (WebAuthn Level 3, 5.1)."""

    id: str
    rawId: str  # noqa: N815
    response: Response
    type: str
    clientExtensionResults: Extensions = Extensions()  # noqa: N815


class OurPasskey:
    """What both ways of adding a passkey share."""

    cleaned_data: dict[str, Any]
    fields: dict[str, forms.Field]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound the name."""
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(required=False, max_length=100)

    def clean_credential(self) -> dict[str, Any]:
        """Keep what belongs to a credential; :raises ValidationError: for anything else, or one too many."""
        try:
            credential = msgspec.convert(self.cleaned_data["credential"], NewCredential)
        except msgspec.ValidationError:
            raise ValidationError(UNREADABLE, code="incorrect_code") from None
        if passkey_count(self.user.pk) >= MOST_PASSKEYS:
            raise ValidationError(TOO_MANY, code="too_many_passkeys")
        kept: dict[str, Any] = msgspec.to_builtins(credential)
        return kept


class AddPasskey(OurPasskey, AddWebAuthnInput):
    """Adds a passkey to a sign-in."""


class FirstPasskey(OurPasskey, CreateWebAuthnInput):
    """Ends a sign-up by a passkey."""
