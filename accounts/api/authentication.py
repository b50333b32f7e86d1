"""How a request says who sends it: an app's bearer token, or the browser's cookie. Both stand on a live session."""

from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.userkit import user_id_to_str
from allauth.headless.tokens.strategies.jwt.internal import decode_token, get_token_session, validate_token_user
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from accounts.engine.authentications import authentications
from accounts.errors import NotDelegate
from accounts.models import User
from accounts.selectors.devices import device_by_token
from accounts.selectors.mandates import mandated
from accounts.selectors.principals import DevicePrincipal, ResidentPrincipal
from kernel import clock
from kernel.problems import NotSignedIn
from kernel.web import principal_of

FOR = "Machi-For"
DEVICE_HANDLE = "device:"
RECORDS = "account_authentication_methods"  # allauth's own list in the session: by what the person signed in
WHOSE = "account_authentication_methods_user"  # and whose list it is
MOST_RECORDS = 30


class DeviceUser:
    """A device where Django expects a user: signed in, and nobody's account."""

    is_authenticated = is_active = True
    is_anonymous = is_staff = False

    def __init__(self, principal: DevicePrincipal) -> None:
        """Stand for one device."""
        self.principal = principal
        self.pk = principal.actor


class BearerAuthentication(BaseAuthentication):
    """Takes ``Authorization: Bearer``: the token must be ours, and the session behind it must still live.

    One look at the session store and one query for the user. A sign-out, here or from another device, ends the token at once.
    A token without a dot is a device's; what partners hold opens nothing here.
    """

    def authenticate(self, request: Request) -> tuple[User | DeviceUser, dict[str, Any]] | None:
        """Return user and claims, None without a bearer token; :raises NotSignedIn: for a token that is not good any more."""
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        if "." not in token:
            return _device(token.strip())
        claims = decode_token(token.strip(), "access")
        session: SessionBase | None = get_token_session(claims) if claims else None
        user: User | None = validate_token_user(claims, session) if session is not None else None
        if session is None or user is None:
            raise NotSignedIn
        user.principal = _acting(request, principal_in(session, user))
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
            found[0].principal = _acting(request, principal_in(door.session, found[0]))
        return found


def principal_in(session: SessionBase, user: User) -> ResidentPrincipal:
    """Return who acts in this session, with what they have shown in it."""
    is_theirs = session.get(WHOSE) == user_id_to_str(user)
    records = session.get(RECORDS) if is_theirs else None
    shown = authentications(records if isinstance(records, list) else [], is_demo=settings.DEMO)
    return ResidentPrincipal(user, shown=shown)


def session_of(request: Request) -> SessionBase:
    """Return the session behind a request, the token's or the cookie's; :raises NotSignedIn: for a token whose session is over."""
    if not isinstance(request.auth, dict):
        cookie: SessionBase = request._request.session  # noqa: SLF001 - the session belongs to Django's own request
        return cookie
    behind_token: SessionBase | None = get_token_session(request.auth)
    if behind_token is None:
        raise NotSignedIn
    return behind_token


def person_of(request: Request) -> ResidentPrincipal:
    """Return who asks; on this floor a principal is always a person. :raises NotSignedIn: for a stranger."""
    return cast("ResidentPrincipal", principal_of(request))


def remember_session(request: Request) -> str:
    """Return the key of a stranger's session, made now where there is none, so that an answer finds back to this browser."""
    session = session_of(request)
    if session.session_key is None:
        session.create()
    session.modified = True
    return cast("str", session.session_key)


def record_shown(session: SessionBase, user_id: UUID, method: str) -> None:
    """Note in the session what its person has shown just now."""
    records = session.get(RECORDS) if session.get(WHOSE) == str(user_id) else None
    kept = records[1 - MOST_RECORDS :] if isinstance(records, list) else []
    session[RECORDS] = [*kept, {"method": method, "at": clock.now().timestamp()}]
    session[WHOSE] = str(user_id)
    session.save()


def sign_in_by(request: Request, user: User, method: str) -> None:
    """Open a browser's session for somebody whom another way than allauth's has made known."""
    door: HttpRequest = request._request  # noqa: SLF001 - the session belongs to Django's own request
    record_authentication(door, user, method)
    adapter = get_adapter()
    adapter.login(door, user)
    adapter.post_login(
        door,
        user,
        email_verification=None,
        signal_kwargs={"method": method},
        email=None,
        signup=False,
        redirect_url="/",
    )


def _acting(request: Request, principal: ResidentPrincipal) -> ResidentPrincipal:
    """Let the principal act for whom the header ``Machi-For`` names; the mandate is looked up in every request.

    :raises NotDelegate: where no mandate holds now.
    """
    named = request.headers.get(FOR)
    if named is None or named == str(principal.actor):
        return principal
    try:
        held = mandated(principal.actor, UUID(named), at=clock.now())
    except ValueError:
        held = None
    if held is None:
        raise NotDelegate
    principal.act_for(held)
    return principal


def _device(token: str) -> tuple[DeviceUser, dict[str, Any]]:
    """Return the device behind a token; :raises NotSignedIn: for any other token, and once the device has ended."""
    principal = device_by_token(token, at=clock.now())
    if principal is None:
        raise NotSignedIn
    return DeviceUser(principal), {"sid": f"{DEVICE_HANDLE}{principal.actor}"}
