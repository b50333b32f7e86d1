"""What only a demo city does: enrol many people at once, and open a session without asking who it is for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.headless.tokens.strategies.jwt.internal import create_token, session_key_to_sid
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.engine.authentications import DEMO
from accounts.errors import OnlyInDemo
from accounts.gateways.sessions import SessionStore
from accounts.models import User
from accounts.services.newcomers import sign_up
from kernel.use_case import Act, use_case

TOKEN_LIVES = timedelta(hours=12)


class Arrival(msgspec.Struct, frozen=True):
    """A made-up person who arrives."""

    display_name: str
    email: str
    is_guest: bool
    language: str = "ja"


@use_case("accounts.enrol_demo_people")
def enrol(act: Act, *, arrivals: Sequence[Arrival]) -> None:
    """Let made-up people arrive, their addresses taken as confirmed. :raises OnlyInDemo: in a real city."""
    _require_demo()
    for arrival in arrivals:
        sign_up(
            act,
            language=arrival.language,
            display_name=arrival.display_name,
            email=arrival.email,
            is_guest=arrival.is_guest,
            is_verified=True,
        )
    act.audit(what={"people": len(arrivals)})


@use_case("accounts.give_demo_apps")
def give_apps(act: Act, *, user_ids: Sequence[UUID]) -> None:
    """Give made-up people an authenticator app each; the demo city's page shows its codes. Who has one keeps it.

    :raises OnlyInDemo: in a real city.
    """
    _require_demo()
    for user_id in user_ids:
        if not Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(User.objects.get(pk=user_id), generate_totp_secret())
    act.audit(what={"people": len(user_ids)})


def open_demo_session(user: User, *, at: datetime) -> str:
    """Sign a made-up person in and return a bearer token that is good for twelve hours. :raises OnlyInDemo: in a real city."""
    _require_demo()
    session = SessionStore()
    session[SESSION_KEY] = user_id_to_str(user)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": DEMO, "at": at.timestamp()}]
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.set_expiry(TOKEN_LIVES)
    session.save()
    UserSession.objects.create(
        user=user,
        ip="127.0.0.1",
        user_agent="demo_tokens",
        session_key=session.session_key,
        created_at=at,
        last_seen_at=at,
    )
    sid = session_key_to_sid(session.session_key)
    token, _claims = create_token(
        "access", sub=user_id_to_str(user), sid=sid, expires_in=int(TOKEN_LIVES.total_seconds())
    )
    return str(token)


def _require_demo() -> None:
    if not settings.DEMO:
        raise OnlyInDemo
