"""allauth's tables, fitted so that nothing personal and no key lies in them in clear.

- ``EmailAddress.email`` holds a token (:mod:`accounts.models.contact`).
- ``UserSession`` holds the session's row key, which opens nothing, a device by its short name, and no network address.
- ``Authenticator.data`` (passkeys, TOTP secrets) is sealed by the city's key.

The library's own columns stay as they are; constraints of ours in the database refuse what is not sealed.
"""

import hashlib
from typing import Any

import msgspec
from allauth.account.internal import userkit
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models

from accounts.engine.devices import device_name
from accounts.models.contact import token_for
from accounts.models.fields import AsInMigrations
from kernel import keys

AUTHENTICATOR_PLACE = "accounts.authenticator"
ROW_KEY_SIGNS = 40
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nobody listens there


class RowKey(str):
    """The key of a session's row: a hash of the session key, which only the person's device knows."""

    __slots__ = ()


def row_key(session_key: str) -> RowKey:
    """Return the row key of a session key; one that came out of the database stands for itself.

    A session key is drawn from 165 bits, so a plain hash cannot be turned back.
    """
    if isinstance(session_key, RowKey):
        return session_key
    digest = hashlib.sha256(b"machi session row\0" + session_key.encode()).digest()
    return RowKey(keys.base64url(digest)[:ROW_KEY_SIGNS])


class TokenEmailField(AsInMigrations, models.EmailField):  # type: ignore[type-arg]
    """Addresses by their tokens."""

    def get_prep_value(self, value: Any) -> Any:
        """Turn an address into its token."""
        return value if value is None else token_for(str(value))


class RowKeyField(AsInMigrations, models.CharField):  # type: ignore[type-arg]
    """Sessions by the keys of their rows."""

    def get_prep_value(self, value: Any) -> Any:
        """Turn a session key into its row key."""
        return value if value is None else row_key(value)

    def from_db_value(self, value: Any, *_rest: Any) -> Any:
        """Say that it is one already."""
        return value if value is None else RowKey(value)


class DeviceNameField(AsInMigrations, models.CharField):  # type: ignore[type-arg]
    """Devices by the short names people know them by: a browser's full description tells too much about its owner."""

    def get_prep_value(self, value: Any) -> Any:
        """Shorten what a browser says of itself."""
        return value if value is None else device_name(str(value))


class WithheldAddressField(AsInMigrations, models.GenericIPAddressField):  # type: ignore[type-arg]
    """From where somebody signed in is not kept: the list of devices works without it."""

    def get_prep_value(self, value: Any) -> Any:
        """Forget the address."""
        return NO_ADDRESS


class SealedJSONField(AsInMigrations, models.JSONField):
    """Whatever the library keeps, sealed by the city's key: it reads its rows before it knows for whom."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal the value."""
        return value if value is None else seal_authenticator(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open the value."""
        kept = super().from_db_value(value, expression, connection)
        return kept if kept is None else _open_authenticator(kept)


def seal_authenticator(data: Any) -> dict[str, str]:
    """Return what stands in the column in place of ``data``."""
    return {"sealed": keys.base64url(keys.seal_message(msgspec.json.encode(data), AUTHENTICATOR_PLACE))}


def _open_authenticator(kept: dict[str, str]) -> Any:
    return msgspec.json.decode(keys.unseal_message(keys.from_base64url(kept["sealed"]), AUTHENTICATOR_PLACE))


FITTED: tuple[tuple[type[models.Model], str, "type[models.Field[Any, Any]]"], ...] = (
    (EmailAddress, "email", TokenEmailField),
    (UserSession, "session_key", RowKeyField),
    (UserSession, "user_agent", DeviceNameField),
    (UserSession, "ip", WithheldAddressField),
    (Authenticator, "data", SealedJSONField),
)


def _fit() -> None:
    """Fit the library's models, when this module is imported: the app does so as soon as all models are there."""
    for model, name, kind in FITTED:
        model._meta.get_field(name).__class__ = kind  # noqa: SLF001 - Django offers no way to swap another app's field
    UserSession.is_current = _is_current
    UserSession.purge = _purge
    userkit.unicode_ci_compare = _is_same_address


def _is_current(device: UserSession) -> bool:
    here = context.request.session.session_key
    return here is not None and device.session_key == row_key(here)


def _purge(device: UserSession) -> bool:
    """Remove the device where its session has ended. The library would read the session, which only its owner's device can open."""
    ended = not Session.objects.filter(pk=row_key(device.session_key)).exists()
    if ended:
        device.delete()
    return ended


def _is_same_address(one: str, other: str) -> bool:
    return token_for(one) == token_for(other)


_fit()
