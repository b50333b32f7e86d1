"""Files from addresses that officers wrote down: asked for only where they changed, no longer than they may be, from public places.

Only http and https; the address that a name stands for is looked at and is the very one that is called, after every redirect anew;
addresses within the city's own network are called only where the city allows it.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

TIMEOUT_S, WHOLE_S = 20.0, 300.0
MOST_REDIRECTS = 5
PIECE = 64 * 1024
MOVED = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED, OK = 304, 200
NONE: Mapping[str, str] = {}


class FetchRefused(Exception):
    """Nothing was fetched; ``code`` is why, ``about`` what it concerns.

    ``address``: no http or https; ``private``: within a network that is not called; ``too_large``, ``too_slow``, ``redirects``;
    ``status``: another answer than the file; ``silent``: nobody answers.
    """

    def __init__(self, code: str, about: str = "") -> None:
        """Keep both."""
        super().__init__(f"{code}: {about}" if about else code)
        self.code, self.about = code, about


class Known(NamedTuple):
    """What was fetched before, as the other side marked it."""

    etag: str = ""
    modified: str = ""


class Fetched(NamedTuple):
    """What an address answers: ``content`` is None where nothing has changed since."""

    content: bytes | None
    known: Known


class Limits(NamedTuple):
    """How much is taken, and whether the city's own network is called."""

    most_bytes: int
    allows_private: bool = False
    whole_s: float = WHOLE_S


def fetch(url: str, known: Known, limits: Limits, more: Mapping[str, str] = NONE) -> Fetched:
    """Fetch a file; ``more`` are headers for the place that ``url`` names, and for no other. :raises FetchRefused:"""
    until = time.monotonic() + limits.whole_s
    named = place_of(url)
    for _hop in range(MOST_REDIRECTS + 1):
        is_there = (place_of(url).scheme, place_of(url).netloc) == (named.scheme, named.netloc)
        headers = _headers(known) | (dict(more) if is_there else {})
        connection, path = _connection(url, limits)
        with closing(connection), _asked(connection, path, headers) as answer:
            if answer.status not in MOVED:
                return _fetched(answer, known, limits, until)
            url = _moved(url, answer.getheader("Location") or "")
    raise FetchRefused("redirects", str(MOST_REDIRECTS))


def place_of(url: str) -> SplitResult:
    """Return the parts of an address that may be called; :raises FetchRefused: ``address``."""
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError:
        raise FetchRefused("address", url[:100]) from None
    bad = not url.isascii() or any(sign.isspace() or sign == "\\" or ord(sign) < 32 for sign in url)
    if bad or place.scheme not in ("http", "https") or not place.hostname or place.username is not None or port == 0:
        raise FetchRefused("address", url[:100])
    return place


def place_to_call(url: str, *, allows_private: bool) -> SplitResult:
    """Return the parts of an address that may be called, as far as can be told without asking what its name stands for.

    :raises FetchRefused: ``address``, or ``private`` where it is written as a number within a network that is not called, however
    that number is written, or as this very machine.
    """
    place = place_of(url)
    host = (place.hostname or "").rstrip(".")
    if allows_private:
        return place
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        found = []
    is_here = host == "localhost" or host.endswith(".localhost")
    if is_here or not all(_is_public(str(each[4][0])) for each in found):
        raise FetchRefused("private", host)
    return place


def _asked(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> http.client.HTTPResponse:
    """Ask, and return what comes before the content."""
    try:
        connection.connect()
        connection.request("GET", path, headers=dict(headers))
        return connection.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise FetchRefused("silent", type(fault).__name__) from None


def _moved(url: str, where: str) -> str:
    try:
        return urljoin(url, where)
    except ValueError:
        raise FetchRefused("address", where[:100]) from None


def _fetched(answer: http.client.HTTPResponse, known: Known, limits: Limits, until: float) -> Fetched:
    if answer.status == NOT_MODIFIED:
        return Fetched(None, known)
    if answer.status != OK:
        raise FetchRefused("status", str(answer.status))
    content = _read(answer, limits.most_bytes, until)
    return Fetched(
        content, Known((answer.getheader("ETag") or "")[:200], (answer.getheader("Last-Modified") or "")[:100])
    )


def _headers(known: Known) -> dict[str, str]:
    headers = {"User-Agent": "Machi", "Accept": "*/*", "Accept-Encoding": "identity"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


def _read(answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    announced = answer.getheader("Content-Length") or ""
    if announced.isdecimal() and int(announced) > most:
        raise FetchRefused("too_large", announced)
    content = bytearray()
    while piece := _piece(answer):
        content += piece
        if len(content) > most:
            raise FetchRefused("too_large", str(most))
        if time.monotonic() > until:
            raise FetchRefused("too_slow")
    if announced.isdecimal() and len(content) != int(announced):
        raise FetchRefused("silent", "IncompleteRead")
    return bytes(content)


def _piece(answer: http.client.HTTPResponse) -> bytes:
    """Return what has come by now, so that somebody who sends a byte a minute is noticed."""
    try:
        return answer.read1(PIECE)
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise FetchRefused("silent", type(fault).__name__) from None


def _connection(url: str, limits: Limits) -> tuple[http.client.HTTPConnection, str]:
    place = place_of(url)
    host, is_tls = place.hostname or "", place.scheme == "https"
    port = place.port or (443 if is_tls else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise FetchRefused("silent", type(fault).__name__) from None
    addresses = [str(each[4][0]) for each in found]
    if not limits.allows_private and not all(_is_public(address) for address in addresses):
        raise FetchRefused("private", host)
    path = f"{place.path or '/'}{'?' + place.query if place.query else ''}"
    kind = _PinnedTls if is_tls else _Pinned
    return kind(host, port, addresses[0]), path


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return found.is_global and inner.is_global and not inner.is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT_S)
        self._address = address

    def connect(self) -> None:
        """Connect to the address, whatever the name stands for by now."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)


class _PinnedTls(_Pinned):
    """The same with TLS, for the name."""

    default_port = 443

    def connect(self) -> None:
        """Connect to the address and ask for the name."""
        super().connect()
        try:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        except BaseException:
            self.sock.close()
            raise
