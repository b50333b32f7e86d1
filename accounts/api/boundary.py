"""The threshold of ``/_allauth/``: what django-allauth leaves open is closed here.

It keeps its own JSON for answers and for what a person typed wrongly; refusals that are ours (a flood, a body that is no
JSON, an address confirmed by somebody else a moment ago) are problem documents as everywhere in the city. Out of the box the
fourth telephone sign-up within a minute ends as a 500; here it is a 429 that says when to come back.
"""

import hashlib
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import structlog
from allauth.core.exceptions import RateLimited
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from redis.exceptions import LockError

from accounts.api.limits import limits_for
from accounts.gateways.limits import consume
from accounts.gateways.store import Unreachable, store
from kernel.problems import DomainError, NotAllowed, TooManyRequests, _
from kernel.web.doors import MOST_BYTES, BodyTooLarge, MalformedJson
from kernel.web.exceptions import problem

ROOT = "/_allauth/"
# Whether their work is done or only pretended depends on who is known here.
SECRETIVE = frozenset(
    {
        "auth/signup",
        "auth/webauthn/signup",
        "auth/code/request",
        "auth/code/resend",
        "auth/email/verify/resend",
        "auth/phone/verify/resend",
    }
)
# What the WebAuthn library raises over bytes that are no credential; it names no exception of its own for them.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, struct.error, UnsupportedAlgorithm)
_log = structlog.get_logger(__name__)


class SignInUnavailable(DomainError):
    """The store that limits sign-ins is away; nobody may guess codes without limits."""

    code = "sign_in_unavailable"
    status = 503
    title = _("ただいまサインインできません。しばらくしてからもう一度お試しください。")


class CredentialUnreadable(DomainError):
    """What the device sent is no passkey's answer."""

    code = "credential_unreadable"
    status = 400
    title = _("パスキーを確認できませんでした。もう一度お試しください。")


class CsrfFailed(NotAllowed):
    """The page is too old, or not ours."""

    code = "csrf_failed"
    title = _("ページを読み込み直してから、もう一度お試しください。")


class SignInBoundary:
    """Limits, orders and translates what passes through the sign-in doors; stands outside sessions, so that it sees them saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let one request through, or refuse it."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        try:
            return self._pass(request)
        except DomainError as refusal:
            return _refuse(request, refusal)
        except Unreachable:
            _log.exception("sign_in_without_store")
            return _refuse(request, SignInUnavailable(retry_after=5))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn what a door raised into a refusal; None lets a bug be a bug."""
        if not request.path_info.startswith(ROOT):
            return None
        refusal = _translated(error, _door(request))
        return _refuse(request, refusal) if refusal is not None else None

    def _pass(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        door, body = _door(request), _body(request)
        connection = truncate_ip(get_client_ip(request) or "unknown")
        wait_s = consume(limits_for(door, request.method or "GET", body, connection))
        if wait_s:
            raise TooManyRequests(retry_after=wait_s)
        with _one_at_a_time(request):
            response = self.get_response(request)
        if response.status_code == 429 and not response.has_header("Retry-After"):
            raise TooManyRequests(retry_after=60)
        if door in SECRETIVE and request.method == "POST":
            time.sleep(max(0.0, settings.SIGN_IN_ANSWER_AFTER_S - (time.monotonic() - began)))
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request without a good CSRF token."""
    return _refuse(request, CsrfFailed())


def _door(request: HttpRequest) -> str:
    """Return the address behind ``/_allauth/<client>/v1/``."""
    return request.path_info.removeprefix(ROOT).partition("/v1/")[2]


def _body(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent, empty for none; :raises MalformedJson: for anything else."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return {}
    if len(request.body) > MOST_BYTES:
        raise BodyTooLarge
    if not request.body:
        return {}
    try:
        return msgspec.json.decode(request.body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise MalformedJson from None


@contextmanager
def _one_at_a_time(request: HttpRequest) -> Iterator[None]:
    """Let one change at a time through for each session, for a session counts how often a code was tried.

    :raises TooManyRequests: where another one takes too long.
    """
    token = request.COOKIES.get(settings.SESSION_COOKIE_NAME) or request.headers.get("X-Session-Token") or ""
    if not token or request.method in ("GET", "HEAD", "OPTIONS"):
        yield
        return
    name = hashlib.sha256(token.encode()).hexdigest()
    lock = store().lock(f"machi:signing-in:{name}", timeout=30, blocking_timeout=5)
    if not lock.acquire():
        raise TooManyRequests(retry_after=5)
    try:
        yield
    finally:
        try:
            lock.release()
        except LockError:  # it ran out meanwhile
            _log.warning("sign_in_outlasted_lock")


def _translated(error: Exception, door: str) -> DomainError | None:
    if isinstance(error, DomainError):
        return error
    if isinstance(error, RateLimited):
        return TooManyRequests(retry_after=60)
    if isinstance(error, Unreachable):
        return SignInUnavailable(retry_after=5)
    if "webauthn" in door and isinstance(error, UNREADABLE):
        _log.warning("credential_unreadable", fault=type(error).__name__)
        return CredentialUnreadable()
    return None


def _refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """Render a refusal in the reader's language, which no middleware outside has set yet."""
    with translation.override(translation.get_language_from_request(request)):
        return problem(refusal)
