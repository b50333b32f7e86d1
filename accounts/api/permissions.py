"""Who may do what cannot be undone: those who showed a moment ago who they are."""

from allauth.headless.tokens.strategies.jwt.internal import get_token_session
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from rest_framework.request import Request

from accounts.api.authentication import RECORDS
from accounts.selectors.sign_ins import session_named
from kernel import clock
from kernel.problems import StepUpRequired


def require_fresh(request: Request) -> None:
    """Pass whoever signed in, or showed their passkey again, within the last five minutes; :raises StepUpRequired: for others."""
    shown_at = max((record["at"] for record in _session(request).get(RECORDS, [])), default=0)
    if clock.now().timestamp() - shown_at > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        raise StepUpRequired(within=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def session_row(request: Request) -> str:
    """Return the row key of the session behind a request."""
    return session_named(_session(request).session_key or "")


def _session(request: Request) -> SessionBase:
    """Return the session behind a request: of an app's token, or of a browser's cookie."""
    found: SessionBase | None = get_token_session(request.auth) if isinstance(request.auth, dict) else None
    if found is not None:
        return found
    session: SessionBase = request._request.session  # noqa: SLF001 - Django's own request
    return session
