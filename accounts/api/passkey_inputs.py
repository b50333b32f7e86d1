"""What comes from a passkey: made or shown on a page of this very city, kept in its right shapes, counted at each use.

allauth keeps whatever JSON was sent, takes a page of any port and every subdomain for the city's own, and does not count.
"""

from typing import Any

import msgspec
from allauth.headless.mfa.inputs import (
    AddWebAuthnInput,
    CreateWebAuthnInput,
    LoginWebAuthnInput,
    ReauthenticateWebAuthnInput,
)
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticatorData

from accounts.selectors.sign_ins import passkey_count
from accounts.services.passkeys import count_passkey
from kernel import clock, keys
from kernel.principal import SYSTEM
from kernel.use_case import Act

MOST_PASSKEYS = 20
UNREADABLE = _("パスキーを確認できませんでした。もう一度お試しください。")
COPIED = _("このパスキーは使えません。写しが作られたおそれがあります。別の方法でサインインし、登録し直してください。")
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


class ClientData(msgspec.Struct, frozen=True):
    """On which page it was made or shown (WebAuthn Level 3, 5.8.1); the browser writes it, and the passkey signs it."""

    origin: str


class ShownResponse(msgspec.Struct, frozen=True):
    """What a passkey answers when it is shown, as base64url."""

    clientDataJSON: str  # noqa: N815 - the standard's name
    authenticatorData: str  # noqa: N815


class ShownCredential(msgspec.Struct, frozen=True):
    """The part of ``PublicKeyCredential.toJSON()`` that is looked at beside the signature."""

    response: ShownResponse


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
        _require_our_page(credential.response.clientDataJSON)
        if passkey_count(self.user.pk) >= MOST_PASSKEYS:
            raise ValidationError(TOO_MANY, code="too_many_passkeys")
        kept: dict[str, Any] = msgspec.to_builtins(credential)
        return kept


class CountedPasskey:
    """What both ways of showing a passkey share."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered; :raises ValidationError: for another page's answer, and for a copy."""
        sent = self.cleaned_data["credential"]
        shown: Authenticator = super().clean_credential()  # type: ignore[misc]
        answered = msgspec.convert(sent, ShownCredential).response  # its shape is known: the signature was good
        _require_our_page(answered.clientDataJSON)
        count = AuthenticatorData(keys.from_base64url(answered.authenticatorData)).counter
        act, whose = Act(SYSTEM, at=clock.now()), shown.user.resident_id
        if not count_passkey(act, authenticator_id=shown.pk, resident_id=whose, count=count):
            raise ValidationError(COPIED, code="passkey_copied")
        return shown


def _require_our_page(client_data: str) -> None:
    """Pass what comes from this city's own pages; :raises ValidationError: for any other, also of another port or a subdomain."""
    try:
        origin = msgspec.json.decode(keys.from_base64url(client_data), type=ClientData).origin
    except (msgspec.MsgspecError, ValueError):
        origin = ""
    if origin != settings.PUBLIC_URL:
        raise ValidationError(UNREADABLE, code="incorrect_code")


class ShownToSignIn(CountedPasskey, LoginWebAuthnInput):
    """Signs in by a passkey."""


class ShownAgain(CountedPasskey, ReauthenticateWebAuthnInput):
    """Shows once more who one is."""


class AddPasskey(OurPasskey, AddWebAuthnInput):
    """Adds a passkey to a sign-in."""


class FirstPasskey(OurPasskey, CreateWebAuthnInput):
    """Ends a sign-up by a passkey."""
