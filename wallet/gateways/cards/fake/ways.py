"""The ways to the fake vendor: as a WSGI application for a real server, and for a demo city in this process.

A server that asks itself over its own port can wait for itself for ever, and behind a proxy it may not know its own address; so
in a demo city the library's requests are handed over as bytes, to the same application.
"""

import io
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from stripe import HTTPClient

from wallet.gateways.cards.fake.vendor import FakeStripe


class FakeApplication:
    """The vendor's API as a WSGI application."""

    def __init__(self, vendor: FakeStripe) -> None:
        """Keep the vendor."""
        self.vendor = vendor

    def __call__(self, asked: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        length = int(asked.get("CONTENT_LENGTH") or 0)
        status, answer = self.vendor.ask(
            asked["REQUEST_METHOD"],
            asked["PATH_INFO"],
            asked.get("QUERY_STRING", ""),
            asked["wsgi.input"].read(length).decode() if length else "",
            bearer=asked.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer "),
            idempotency_key=asked.get("HTTP_IDEMPOTENCY_KEY"),
        )
        body = answer.encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Request-Id", "req_fake")]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]


class InThisProcess(HTTPClient):
    """The library's transport in a demo city."""

    name = "in_this_process"

    def __init__(self, vendor: FakeStripe) -> None:
        """Keep the application."""
        super().__init__()
        self._application = FakeApplication(vendor)

    def request(  # type: ignore[override]  # the library says text and takes bytes
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_more: Any
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Hand one request over and return the answer."""
        where = urlsplit(url)
        body = post_data.encode() if isinstance(post_data, str) else (post_data or b"")
        asked = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()} | {
            "REQUEST_METHOD": method.upper(), "PATH_INFO": where.path, "QUERY_STRING": where.query,
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body),
        }  # fmt: skip
        answered: list[Any] = []
        content = b"".join(self._application(asked, lambda *said: answered.extend(said)))
        return content, int(answered[0].split()[0]), dict(answered[1])

    def close(self) -> None:
        """Do nothing: nothing is open."""
