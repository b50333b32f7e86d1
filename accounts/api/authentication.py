"""How a request says who sends it: an app's bearer token, or the browser's cookie. Both stand on a live session."""

from typing import Any

from allauth.headless.tokens.strategies.jwt.internal import decode_token, get_token_session, validate_token_user
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from accounts.models import User
from accounts.selectors.principals import CODE, PASSKEY, ResidentPrincipal
from kernel.problems import NotSignedIn

RECORDS = "account_authentication_methods"  # allauth's own list in the session: by what the person signed in


class BearerAuthentication(BaseAuthentication):
    """Takes ``Authorization: Bearer``: the token must be ours, and the session behind it must still live.

    One look at the session store and one query for the user. A sign-out, here or from another device, ends the token at once.
    """

    def authenticate(self, request: Request) -> tuple[User, dict[str, Any]] | None:
        """Return user and claims, None without a bearer token; :raises NotSignedIn: for a token that is not good any more."""
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        claims = decode_token(token.strip(), "access")
        session: SessionBase | None = get_token_session(claims) if claims else None
        user: User | None = validate_token_user(claims, session) if session is not None else None
        if session is None or user is None:
            raise NotSignedIn
        user.principal = ResidentPrincipal(user, authentication_level=level_of(session))
        return user, claims

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme in a 401."""
        return "Bearer"


class CookieAuthentication(SessionAuthentication):
    """Takes the browser's session cookie, with its CSRF token where something is to be changed."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Return the user of the cookie's session, or None."""
        found: tuple[User, None] | None = super().authenticate(request)
        if found is not None:
            door: HttpRequest = request._request  # noqa: SLF001 - the session belongs to Django's own request
            found[0].principal = ResidentPrincipal(found[0], authentication_level=level_of(door.session))
        return found


def level_of(session: SessionBase) -> int:
    """Return the authentication level of a session: 2 with a passkey, else 1."""
    records = session.get(RECORDS, [])
    return PASSKEY if any(record.get("method") == "mfa" for record in records) else CODE
