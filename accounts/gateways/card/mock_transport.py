"""The way to the demo city's own card provider: requests are answered in this process, as the provider's addresses answer them.

A server that asks itself over its own port can wait for itself for ever, and behind a proxy it may not know its own address.
"""

import json
from collections.abc import Mapping
from http.client import responses
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from requests.adapters import BaseAdapter

from accounts.gateways.card.mock_provider import MockProvider


class MockTransport(BaseAdapter):
    """Hands each request to the provider and its answer back, as bytes both ways."""

    def __init__(self, provider: MockProvider) -> None:
        """Keep the provider."""
        super().__init__()
        self.provider = provider

    def send(self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        """Answer one request."""
        path = urlsplit(str(request.url)).path.removeprefix(urlsplit(self.provider.issuer).path)
        status, body = self._answer(path, request)
        answer = requests.Response()
        answer.status_code, answer.reason = status, responses[status]
        answer.headers["Content-Type"] = "application/json"
        answer._content = json.dumps(body).encode()  # noqa: SLF001 - there is no other way to fill one
        answer.url, answer.request = str(request.url), request
        return answer

    def _answer(self, path: str, request: requests.PreparedRequest) -> tuple[int, Mapping[str, Any]]:
        if path == "/.well-known/openid-configuration":
            return 200, self.provider.metadata()
        if path == "/keys":
            return 200, self.provider.keys()
        if path == "/userinfo":
            return self.provider.userinfo(str(request.headers.get("Authorization", "")))
        if path == "/token":
            body = request.body.decode() if isinstance(request.body, bytes) else str(request.body or "")
            return self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        return 404, {"error": "not_found"}

    def close(self) -> None:
        """Do nothing: nothing is open."""
