"""A request as DRF's views get it, without an address or an app behind it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from kernel.ids import new_id


class Caller:
    """Somebody signed in, with the rights that the test gives."""

    is_authenticated = True
    account_level, authentication_level, language, scopes = 1, 1, "ja", None
    account_level_since = None
    shown_at: datetime | None = None

    def __init__(self, *rights: str) -> None:
        self.rights = rights
        self.actor = self.subject = new_id()

    @property
    def principal(self) -> "Caller":
        return self

    def authenticated_at(self, level):
        return self.shown_at if level <= self.authentication_level else None

    def may(self, right, within=None):
        return right in self.rights


@pytest.fixture
def caller() -> type[Caller]:
    return Caller


@pytest.fixture
def posted() -> Callable[..., Request]:
    def make(body: bytes | str = b"{}", user: Any = None, **headers: str) -> Request:
        data = body.encode() if isinstance(body, str) else body
        request = Request(APIRequestFactory().post("/", data, content_type="application/json", headers=headers))
        if user is not None:
            request.user = user
        return request

    return make


@pytest.fixture
def got() -> Callable[..., Request]:
    return lambda **query: Request(APIRequestFactory().get("/", query))
