"""People at the wallet's doors: each signed in with a bearer token of their own, each asking over HTTP."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from django.test import Client

from accounts.models import User
from accounts.services import appoint, found_organisation, sign_up
from accounts.services.demo_city import open_demo_session
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from wallet import services

ROOT = "/api/v1/wallet/"
_numbers = count(1)


@dataclass
class Caller:
    """One person's phone or till. Without a token nobody is signed in."""

    token: str = ""
    resident_id: UUID | None = None
    account: UUID | None = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = "",
        language: str = "ja",
        raw: bytes | None = None,
    ):
        """Send one request; ``key`` is fresh unless given, None sends none. Bytes are sent as they are."""
        headers = {"Accept-Language": language}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key is not None:
            headers["Idempotency-Key"] = key or f"call-{next(_numbers):08}"
        data = body if isinstance(body, bytes) else raw or (b"" if body is None else json.dumps(body).encode())
        address = path if path.startswith("/") else ROOT + path
        return self.client.generic(method, address, data, "application/json", headers=headers)

    def get(self, path: str, **options: Any):
        return self.ask("GET", path, key=None, **options)

    def post(self, path: str, body: Any = None, **options: Any):
        return self.ask("POST", path, body, **options)

    def balance(self) -> int:
        """Return what may be spent."""
        return self.get("balance").json()["available"]

    def code(self) -> str:
        """Draw one's own code."""
        return self.post("customer_codes").json()["code"]


@dataclass
class Shop:
    """A shop, its counter's code, and who works there."""

    id: UUID
    organisation_id: UUID
    account: UUID
    code: str
    manager: Caller
    cashier: Caller


class City:
    """A city with as many people as a story needs, one call a fact."""

    def resident(self, yen: int = 0, language: str = "ja") -> Caller:
        """Let somebody sign up, with so many paid yen; with none, not even an account."""
        person = self._sign_in(language)
        if yen:
            person.account = services.open_account(act(), resident_id=person.resident_id).id
            services.issue_coins(act(), account_id=person.account, amount=yen)
        return person

    def shop(self, name: str = "見本食堂", name_en: str = "Mihon Shokudo") -> Shop:
        """Register a merchant with one shop, a manager and a cashier."""
        organisation = found_organisation(act(), name=name, name_en=name_en, kind="merchant").id
        opened = services.open_shop(
            act(), organisation_id=organisation, name=name, name_en=name_en, trade="5812", district="九日町"
        )
        code = services.issue_shop_code(act(), shop_id=opened.id).code
        manager, cashier = self.member(organisation, "merchant.manager"), self.member(organisation, "merchant.cashier")
        return Shop(opened.id, organisation, opened.account_id, code, manager, cashier)

    def city_office(self) -> tuple[Caller, Caller]:
        """Register the city office and return an officer and an administrator."""
        office = found_organisation(act(), name="見本市", name_en="Mihon City", kind="city").id
        return self.member(office, "city.officer"), self.member(office, "city.administrator")

    def member(self, organisation_id: UUID, role: str) -> Caller:
        """Let a new person work there."""
        person = self._sign_in("ja")
        appoint(act(), organisation_id=organisation_id, resident_id=person.resident_id, role=role)
        return person

    def _sign_in(self, language: str) -> Caller:
        newcomer = sign_up(act(), language=language, email=f"caller{next(_numbers)}@machi.example", is_verified=True)
        token = open_demo_session(User.objects.get(pk=newcomer.user_id), at=clock.now())
        return Caller(token=token, resident_id=newcomer.resident_id)


def act() -> Act:
    """Intend something on behalf of the city's own machinery, now."""
    return Act(SYSTEM, at=clock.now(), key=f"city-{next(_numbers):08}")
