"""How a live socket stays tied to the sign-in that opened it."""

from typing import Any
from uuid import UUID

from allauth.core.internal.sessionkit import get_session_user
from allauth.headless.internal.sessionkit import lookup_session
from allauth.headless.tokens.strategies.jwt.internal import session_key_from_sid, session_key_to_sid
from django.http import HttpRequest

from accounts.api.authentication import DEVICE_HANDLE, principal_in
from accounts.models import User
from accounts.selectors.devices import device_principal
from kernel.principal import Principal
from kernel.problems import NotSignedIn


class LiveSignIns:
    """The kernel's protocol: a handle names the session, sealed as it is in tokens, and is good while the session lives."""

    def handle(self, request: HttpRequest, auth: Any) -> str:
        """Name the session behind a request; :raises NotSignedIn: where there is none."""
        if isinstance(auth, dict):
            return str(auth["sid"])
        key = request.session.session_key
        if key is None:
            raise NotSignedIn
        return str(session_key_to_sid(key))

    def principal(self, handle: str) -> Principal | None:
        """Return who is signed in; None once signed out, here or from another device."""
        if handle.startswith(DEVICE_HANDLE):
            return device_principal(UUID(handle.removeprefix(DEVICE_HANDLE)))
        key = session_key_from_sid(handle)
        session = lookup_session(key) if key else None
        user: User | None = get_session_user(session) if session is not None else None
        if user is None or session is None:
            return None
        return principal_in(session, user)
