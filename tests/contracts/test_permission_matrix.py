"""Who may call what: every door of the city, tried by everybody, allowed and refused alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from accounts.engine.resident_numbers import shown
from accounts.models import Export
from accounts.notifications import notify
from accounts.selectors import principal_of
from accounts.selectors.partners import OWN_DEVICES, connections_of
from accounts.services.devices import approve_device, ask_for_device
from accounts.services.exports import request_export
from accounts.services.partners.connecting import Asked, Proof, connect_partner
from kernel import clock, contributions
from kernel.log import growth
from kernel.log.heads import sign_days
from kernel.use_case import Act
from tests.accounts.openid.partner import partner
from tests.contracts.matrix import MATRIX
from tests.wallet.callers import Caller, City, Shop, act
from wallet import services

WALLET = "api/v1/wallet/"
ACCOUNTS = "api/v1/accounts/"
POINT = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"
"""The generator of P-256: a key as good as any."""
BROWSER = {"endpoint": "https://push.example.com/wp/1", "keys": {"p256dh": POINT, "auth": "A" * 22}}
LOG = ".well-known/machi/log/"
OPEN = "200 200 200 200 200 200 200 200"
OWN = "401 200 200 200 200 200 200 200"
OWN_NEW = "401 201 201 201 201 201 201 201"
TILL = "401 404 404 200 200 404 404 404"
TILL_NEW = "401 404 404 201 201 404 404 404"
WHO = ("nobody", "hanako", "taro", "cashier", "manager", "stranger", "officer", "administrator")
"""Hanako pays at the shop where cashier and manager work; taro is another resident, the stranger manages another shop."""

ROWS: dict[tuple[str, str], str] = {
    ("GET", "api/schema/"): OPEN,
    ("GET", "api/v1/accounts/connections"): OWN,
    ("DELETE", "api/v1/accounts/connections/<uuid:connection_id>"): "401 204 404 404 404 404 404 404",
    ("GET", LOG + "consistency"): OPEN,
    ("GET", LOG + "heads"): OPEN,
    ("GET", LOG + "heads/<str:day>"): OPEN,
    ("GET", LOG + "keys"): OPEN,
    ("GET", "api/v1/accounts/accesses"): OWN,
    ("GET", "api/v1/accounts/accesses/<uuid:access_id>/proof"): "401 200 404 404 404 404 404 404",
    ("GET", "api/v1/accounts/demo_codes"): OPEN,
    ("GET", "api/v1/accounts/demo_personas"): OPEN,
    ("POST", "api/v1/accounts/device_requests/look"): OWN,
    ("POST", "api/v1/accounts/device_requests/approve"): "401 403 403 403 201 403 403 403",
    ("POST", "api/v1/accounts/device_requests/deny"): "401 204 204 204 204 204 204 204",
    ("GET", "api/v1/accounts/devices"): OWN,
    ("GET", "api/v1/accounts/devices/here"): "401 404 404 404 404 404 404 404",
    ("GET", "api/v1/accounts/devices/here/board"): "401 404 404 404 404 404 404 404",
    ("GET", "api/v1/accounts/public_notices"): OPEN,
    ("DELETE", "api/v1/accounts/devices/<uuid:device_id>"): "401 404 404 404 204 404 404 404",
    ("POST", "api/v1/accounts/card/start"): OWN,
    ("POST", "api/v1/accounts/card/finish"): "409 409 409 409 409 409 409 409",
    ("GET", "api/v1/accounts/card/keys"): OPEN,
    ("POST", "api/v1/accounts/code_proofs"): "401 204 204 204 204 204 204 204",
    ("PUT", "api/v1/accounts/code_proofs"): "401 422 422 422 422 422 422 422",
    ("POST", "api/v1/accounts/counter_codes"): OWN_NEW,
    ("GET", "api/v1/accounts/id"): OWN,
    ("GET", "api/v1/accounts/id/verifications"): OWN,
    ("POST", "api/v1/accounts/upgrade"): "401 409 409 409 409 409 409 409",
    ("GET", "api/v1/accounts/me"): OWN,
    ("PATCH", "api/v1/accounts/me"): OWN,
    ("GET", ACCOUNTS + "messages"): OWN,
    ("GET", ACCOUNTS + "messages/unread"): OWN,
    ("POST", ACCOUNTS + "messages/read_all"): OWN,
    ("GET", ACCOUNTS + "messages/<uuid:message_id>"): "401 200 404 404 404 404 404 404",
    ("POST", ACCOUNTS + "messages/<uuid:message_id>/read"): "401 200 404 404 404 404 404 404",
    ("GET", ACCOUNTS + "message_settings"): OWN,
    ("PUT", ACCOUNTS + "message_settings"): OWN,
    ("POST", ACCOUNTS + "message_settings/line"): OWN,
    ("DELETE", ACCOUNTS + "message_settings/line"): OWN,
    ("POST", ACCOUNTS + "push_subscriptions"): OWN_NEW,
    ("DELETE", ACCOUNTS + "push_subscriptions"): "401 204 204 204 204 204 204 204",
    ("GET", ACCOUNTS + "push_key"): OWN,
    ("GET", ACCOUNTS + "home"): OWN,
    ("PUT", ACCOUNTS + "home/choices"): "401 204 204 204 204 204 204 204",
    ("GET", "api/v1/accounts/closing"): OWN,
    (
        "POST",
        "api/v1/accounts/closing",
    ): "401 409 409 409 409 409 409 409",  # coins are left, which the body does not name
    ("POST", "api/v1/accounts/residents/<str:number>/closing/look"): "401 403 403 403 403 403 200 403",
    ("POST", "api/v1/accounts/residents/<str:number>/closing"): "401 403 403 403 403 403 409 403",
    ("GET", "api/v1/accounts/exports"): OWN,
    ("POST", "api/v1/accounts/exports"): "401 202 202 202 202 202 202 202",
    ("GET", "api/v1/accounts/exports/<uuid:export_id>"): "401 200 404 404 404 404 404 404",
    ("POST", "api/v1/accounts/exports/<uuid:export_id>/download"): "401 409 404 404 404 404 404 404",  # not made yet
    ("GET", "api/v1/accounts/exports/file/<str:token>"): "401 410 410 410 410 410 410 410",
    (
        "POST",
        "api/v1/accounts/device_credential",
    ): "401 422 422 422 422 422 422 422",  # no phone's key stands behind the body
    ("POST", "api/v1/realtime/tickets"): OWN_NEW,
    ("GET", WALLET + "coin"): OPEN,
    ("GET", WALLET + "balance"): OWN,
    ("GET", WALLET + "history"): OWN,
    ("POST", WALLET + "codes/read"): OWN,
    ("POST", WALLET + "customer_codes"): OWN_NEW,
    ("POST", WALLET + "payments"): OWN_NEW,
    ("GET", WALLET + "payments/<uuid:payment_id>"): "401 200 404 200 200 404 404 404",
    ("POST", WALLET + "payments/<uuid:payment_id>/refunds"): TILL_NEW,
    ("POST", WALLET + "payments/<uuid:payment_id>/void"): TILL_NEW,
    ("GET", WALLET + "shops"): OWN,
    ("GET", WALLET + "shops/<uuid:shop_id>/code"): TILL,
    ("POST", WALLET + "shops/<uuid:shop_id>/charges"): TILL_NEW,
    ("GET", WALLET + "shops/<uuid:shop_id>/payments"): TILL,
    ("POST", WALLET + "shops/<uuid:shop_id>/payments"): TILL_NEW,
    ("POST", WALLET + "shops/<uuid:shop_id>/top_ups"): TILL_NEW,
    ("GET", WALLET + "shops/<uuid:shop_id>/holds"): TILL,
    ("POST", WALLET + "shops/<uuid:shop_id>/holds"): TILL_NEW,
    ("GET", WALLET + "charges/<uuid:charge_id>"): TILL,
    ("POST", WALLET + "charges/<uuid:charge_id>/cancel"): TILL,
    ("POST", WALLET + "top_ups"): "401 403 403 403 403 403 201 403",
    ("GET", WALLET + "holds/<uuid:hold_id>"): TILL,
    ("POST", WALLET + "holds/<uuid:hold_id>/capture"): TILL_NEW,
    ("POST", WALLET + "holds/<uuid:hold_id>/release"): TILL_NEW,
} | MATRIX.rows


@dataclass
class World:
    """The people of the table, and fresh things for each of them to try."""

    people: dict[str, Caller]
    shop: Shop

    @classmethod
    def built(cls, city: City) -> "World":
        shop, other = city.shop(), city.shop(name="例の店", name_en="Rei")
        officer, administrator = city.city_office()
        people = {
            "nobody": Caller(), "hanako": city.resident(), "taro": city.resident(), "cashier": shop.cashier,
            "manager": shop.manager, "stranger": other.manager, "officer": officer, "administrator": administrator,
        }  # fmt: skip
        for person in people.values():
            if person.token:
                account = services.open_account(act(), resident_id=person.resident_id).id
                services.issue_coins(act(), account_id=account, amount=50_000)
        return cls(people, shop)

    def intend(self, who: str) -> Act:
        return Act(principal_of(self.people[who].resident_id), at=clock.now(), key=act().key)

    def customer_code(self) -> str:
        return services.issue_customer_code(self.intend("hanako")).code

    def payment(self) -> str:
        return str(services.pay_at_once(self.intend("hanako"), code=self.shop.code, amount=100).id)

    def charge(self) -> str:
        return str(services.create_charge(self.intend("cashier"), shop_id=self.shop.id, amount=100).id)

    def hold(self) -> str:
        asked = {"shop_id": self.shop.id, "customer_code": self.customer_code(), "amount": 100}
        return str(services.hold(self.intend("cashier"), **asked).id)

    def user_code(self) -> str:
        """Let a till wait at Hanako's shop."""
        return ask_for_device(act(), client_id=OWN_DEVICES, kind="till").user_code

    def device(self) -> str:
        place = {"organisation_id": self.shop.organisation_id, "label": "レジ"}
        return str(approve_device(self.intend("manager"), user_code=self.user_code(), **place).id)

    def connection(self) -> str:
        """Connect Hanako with a service."""
        service, principal = partner(), principal_of(self.people["hanako"].resident_id)
        asked = Asked(service.client_id, service.redirect_uri, ["openid"], "c" * 43, None)
        proof = Proof(level=1, methods=["otp"], at=clock.now())
        connect_partner(self.intend("hanako"), user_id=principal.user_id, asked=asked, proof=proof, classes=[])
        return str(connections_of(principal.actor).latest("at").pk)

    def message(self) -> str:
        """Tell Hanako something."""
        told, about = self.people["hanako"].resident_id, {"organisation": "見本商店"}
        notify(act(), to=told, message="accounts.role_given", values=about, dedupe=act().key)
        inbox = self.people["hanako"].get("/api/v1/accounts/messages").json()
        return inbox["results"][0]["id"]

    def access(self) -> str:
        """Let Hanako look at herself, and the log be sealed and signed."""
        seen = self.people["hanako"].ask("GET", "/api/v1/accounts/accesses").json()["results"][0]["id"]
        growth.seal_and_grow()
        sign_days(growth.WITH_TREE[0], at=clock.now())
        return str(seen)

    def head(self) -> str:
        """Let the day's head be signed."""
        sign_days(growth.WITH_TREE[0], at=clock.now())
        return str(clock.jst_date(clock.now()))

    def copy(self) -> str:
        row = Export.objects.filter(resident_id=self.people["hanako"].resident_id).first()
        return str(row.pk if row else request_export(self.intend("hanako")).id)

    def address(self, route: str) -> str:
        """Fill the address with things of Hanako's and of her shop's."""
        made: dict[str, Callable[[], str]] = {
            "<uuid:access_id>": self.access,
            "<str:day>": self.head,
            "<uuid:payment_id>": self.payment,
            "<uuid:message_id>": self.message,
            "<uuid:charge_id>": self.charge,
            "<uuid:connection_id>": self.connection,
            "<uuid:device_id>": self.device,
            "<uuid:hold_id>": self.hold,
            "<uuid:shop_id>": lambda: str(self.shop.id),
            "<str:number>": lambda: shown(self.people["hanako"].resident_id),
            "<uuid:export_id>": self.copy,
            "<str:token>": lambda: "made-up.token",
        }
        made |= {part: partial(make, self) for part, make in MATRIX.made.items()}
        address = "/" + route
        for part, make in made.items():
            address = address.replace(part, make()) if part in address else address
        return address + ("?first=0&second=0" if route.endswith("consistency") else "")

    def body(self, method: str, route: str) -> Any:
        """Return a body that would do, if one may."""
        address = route.removeprefix(WALLET)
        if method == "GET":
            return None
        if (method, route) in MATRIX.bodies:
            return MATRIX.bodies[method, route](self)
        if address in ("top_ups", *(f"shops/<uuid:shop_id>/{deed}" for deed in ("payments", "top_ups", "holds"))):
            return {"customer_code": self.customer_code(), "amount": 100}
        if "device_requests" in address:
            code = {"user_code": self.user_code()}
            place = {"organisation_id": str(self.shop.organisation_id), "label": "レジ"}
            return code | place if address.endswith("approve") else code
        return {
            "api/v1/accounts/card/start": {"purpose": "raise"},
            "api/v1/accounts/card/finish": {"state": "another's"},
            "api/v1/accounts/code_proofs": {"code": "000000"},
            "api/v1/accounts/upgrade": {"display_name": "見本"},
            "api/v1/accounts/me": {"display_name": "見本"},
            "api/v1/accounts/closing": {"gives_up": {}},
            "api/v1/accounts/residents/<str:number>/closing": {"gives_up": {}, "why": "届け出"},
            "api/v1/accounts/residents/<str:number>/closing/look": {"why": "届け出"},
            "api/v1/accounts/device_credential": {"proof": "x"},
            "api/v1/realtime/tickets": {"feeds": ["wallet.mine"]},
            ACCOUNTS + "message_settings": {"choices": {"city": ["push"]}},
            ACCOUNTS + "push_subscriptions": BROWSER if method == "POST" else {"endpoint": BROWSER["endpoint"]},
            ACCOUNTS + "home/choices": {"pinned": [], "hidden": []},
            "codes/read": {"payload": self.shop.code},
            "payments": {"code": self.shop.code, "amount": 100},
        }.get(address, {"amount": 100} if address.endswith(("refunds", "charges", "capture")) else {})


def doors(patterns: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Walk every address of the city and yield method and route of what DRF answers."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and issubclass(getattr(pattern.callback, "cls", object), APIView):
            allowed = pattern.callback.cls.http_method_names
            yield from (
                (name.upper(), route) for name in allowed if name != "options" and hasattr(pattern.callback.cls, name)
            )


def test_every_door_stands_in_the_table_and_no_other() -> None:
    assert sorted(doors()) == sorted(ROWS)


@pytest.mark.slow  # every door, tried by eight people
def test_every_door_opens_to_those_of_the_table_alone(city) -> None:
    world = World.built(city)
    wrong = []
    for (method, route), statuses in ROWS.items():
        for who, expected in zip(WHO, statuses.split(), strict=True):
            answer = world.people[who].ask(method, world.address(route), world.body(method, route))
            if answer.status_code != int(expected):
                wrong.append((method, route, who, answer.status_code, expected))
            if answer.status_code >= 400:
                assert answer["Content-Type"] == "application/problem+json", (method, route, who)
    assert wrong == []


def test_who_works_there_without_the_right_is_told_so(city, monkeypatch) -> None:
    monkeypatch.setattr("kernel.contributions._registry", with_a_trainee())
    world = World.built(city)
    trainee = world.people["cashier"]
    assert trainee.get(f"shops/{world.shop.id}/payments").status_code == 200
    for path in (f"shops/{world.shop.id}/charges", f"payments/{world.payment()}/refunds"):
        answer = trainee.post(path, {"amount": 100})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def with_a_trainee() -> dict[str, Any]:
    """Return the contributions with a cashier who may only look."""
    rights = dict(contributions._registry["wallet"].rights) | {"merchant.cashier": frozenset({"wallet.see_till"})}
    return contributions._registry | {"wallet": replace(contributions._registry["wallet"], rights=rights)}


@pytest.fixture
def city(committed_db) -> City:
    """Build a city whose people ask over HTTP, in a database of its own."""
    return City()
