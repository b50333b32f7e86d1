"""Web push (RFC 8030, 8291, 8292): one encrypted message to one browser, by way of its vendor's service.

The endpoint is whatever a browser told us, so this is the one place where a stranger chooses whom the city calls: https only, no
redirect, and the address that the name stands for is looked at before it is called, the very address that is called.
"""

import base64
import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Mapping
from email.utils import parseaddr
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from accounts.gateways.outcome import SENT, Fate, Outcome
from kernel import clock, signing
from kernel.keys import base64url

TIMEOUT_S = 10.0
MOST_BYTES = 3_993  # 4,096 less header, key and padding of aes128gcm (RFC 8291, 4)
MOST_ENDPOINT = 1_000
TOKEN_LIVES_S = 12 * 3_600  # at most 24 h (RFC 8292, 2)
TTL_S: Mapping[str, int] = {"normal": 24 * 3_600, "life": 72 * 3_600}


class Subscription(msgspec.Struct, frozen=True):
    """A browser's push subscription, as the browser gives it."""

    endpoint: str
    p256dh: str
    auth: str


class Push(NamedTuple):
    """What is sent: the payload for the service worker, a topic that replaces an undelivered message of the same name."""

    payload: bytes
    topic: str
    priority: str


class EndpointRefused(Exception):
    """The city calls no such address."""


def public_key() -> tuple[str, str]:
    """Return the city's key for pushes: its name, and the point that a browser takes as ``applicationServerKey``."""
    jwk = signing.public_keys("push")["keys"][0]
    point = b"\x04" + _unbase64(jwk["x"]) + _unbase64(jwk["y"])
    return jwk["kid"], base64url(point)


def checked(subscription: Subscription) -> Subscription:
    """Return what pushes can be sent to; :raises EndpointRefused: for another scheme, a bare address, or keys of another form.

    The name is not resolved here: what it stands for is looked at when it is called.
    """
    place = urlsplit(subscription.endpoint)
    if len(subscription.endpoint) > MOST_ENDPOINT or not subscription.endpoint.isascii() or not place.hostname:
        raise EndpointRefused("form")
    if place.username is not None or place.fragment or re.search(r"[\s\x00-\x20\\]", subscription.endpoint):
        raise EndpointRefused("form")
    try:
        is_loopback = settings.PUSH_TO_LOOPBACK and place.hostname == "127.0.0.1"
        if not is_loopback and (
            place.scheme != "https" or place.port not in (None, 443) or _is_address(place.hostname)
        ):
            raise EndpointRefused("place")
        key, secret = _unbase64(subscription.p256dh), _unbase64(subscription.auth)
    except ValueError:
        raise EndpointRefused("form") from None
    if len(key) != 65 or key[0] != 4 or len(secret) != 16 or not _is_on_curve(key):
        raise EndpointRefused("keys")
    return subscription


def vapid() -> Vapid02:
    """Return what signs for the city; asked for before the calls, which run in threads without a database."""
    return Vapid02(private_key=signing.key_in_use("push").private)


def send(subscription: Subscription, push: Push, signer: Vapid02) -> Outcome:
    """Encrypt and hand one message to the browser's service; the answer says what may be done next."""
    place = urlsplit(subscription.endpoint)
    claims: dict[str, str | int] = {
        "aud": f"{place.scheme}://{place.netloc}",
        "exp": int(clock.now().timestamp()) + TOKEN_LIVES_S,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    headers: dict[str, str | int | float] = {
        "Topic": push.topic,
        "Urgency": "high" if push.priority == "life" else "normal",
    }
    line = Line()
    try:
        answer: Any = webpush(
            {"endpoint": subscription.endpoint, "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth}},
            data=push.payload,
            vapid_private_key=signer, vapid_claims=claims, headers=headers, ttl=TTL_S[push.priority],
            timeout=TIMEOUT_S, requests_session=line,
        )  # fmt: skip
    except WebPushException as refusal:
        answer = refusal.response
    except EndpointRefused as refusal:
        return Outcome(Fate.REFUSED, f"endpoint_{refusal}")
    except (OSError, http.client.HTTPException) as fault:
        return Outcome(Fate.UNKNOWN if line.has_spoken else Fate.LATER, type(fault).__name__)
    return _outcome(answer)


class Heard(NamedTuple):
    """An answer in the shape that pywebpush reads."""

    status_code: int
    reason: str
    text: str
    headers: Mapping[str, str]


class Line:
    """One call to a push service, in place of a requests session: no redirect, no proxy, no private address."""

    def __init__(self) -> None:
        """Call nobody yet."""
        self.has_spoken = False

    def post(self, url: str, *, data: bytes, headers: Mapping[str, str], timeout: float) -> Heard:
        """Send; :raises EndpointRefused: before a word is said; :raises OSError: where nobody answers."""
        place = urlsplit(url)
        connection = _connection(place.hostname or "", place.port, timeout, is_plain=place.scheme == "http")
        path = f"{place.path or '/'}{'?' + place.query if place.query else ''}"
        try:
            connection.connect()
            self.has_spoken = True
            connection.request("POST", path, data, dict(headers))
            answer = connection.getresponse()
            text = answer.read(500).decode("utf-8", "replace")
            return Heard(answer.status, answer.reason, text, dict(answer.getheaders()))
        finally:
            connection.close()


def _connection(host: str, port: int | None, timeout: float, *, is_plain: bool) -> http.client.HTTPConnection:
    """Return a connection to the very address that was looked at, so that a name cannot stand for another one a moment later."""
    if is_plain:
        if not settings.PUSH_TO_LOOPBACK or host != "127.0.0.1":
            raise EndpointRefused("place")
        return http.client.HTTPConnection(host, port, timeout=timeout)
    found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or any(not _is_public(address) for address in addresses):
        raise EndpointRefused("private")
    return _Pinned(host, addresses[0], port or 443, timeout)


class _Pinned(http.client.HTTPSConnection):
    """TLS for a name, at an address that was checked."""

    def __init__(self, host: str, address: str, port: int, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address
        self._tls = ssl.create_default_context()

    def connect(self) -> None:
        """Connect to the address and ask for the name."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def _outcome(answer: Any) -> Outcome:
    if answer is None:
        return Outcome(Fate.REFUSED, "no_answer")
    status = int(answer.status_code)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return SENT
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Outcome(Fate.GONE, str(status))
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        asked = {name.lower(): value for name, value in answer.headers.items()}.get("retry-after", "")
        return Outcome(Fate.LATER, str(status), int(asked) if asked.isdecimal() else None)
    return Outcome(Fate.REFUSED, str(status))


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return found.is_global and inner.is_global and not inner.is_multicast


def _is_address(host: str) -> bool:
    """Tell whether a host is an address in figures, in any of the spellings that resolvers understand."""
    if ":" in host or re.fullmatch(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*\.?", host, re.IGNORECASE):
        return True
    return "." not in host.rstrip(".")


def _is_on_curve(key: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    except ValueError:
        return False
    return True


def _unbase64(text: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_-]*={0,2}", text):
        raise ValueError("not base64url")
    bare = text.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
