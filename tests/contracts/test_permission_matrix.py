"""Who may call what: every door of the city, tried by everybody, allowed and refused alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from accounts.selectors import principal_of
from kernel import clock, contributions
from kernel.use_case import Act
from tests.wallet.callers import Caller, City, Shop, act
from wallet import services

WALLET = "api/v1/wallet/"
OPEN = "200 200 200 200 200 200 200 200"
OWN = "401 200 200 200 200 200 200 200"
OWN_NEW = "401 201 201 201 201 201 201 201"
TILL = "401 404 404 200 200 404 404 404"
TILL_NEW = "401 404 404 201 201 404 404 404"
WHO = ("nobody", "hanako", "taro", "cashier", "manager", "stranger", "officer", "administrator")
"""Hanako pays at the shop where cashier and manager work; taro is another resident, the stranger manages another shop."""

ROWS: dict[tuple[str, str], str] = {
    ("GET", "api/schema/"): OPEN,
    ("GET", "api/v1/accounts/demo_codes"): OPEN,
    ("GET", "api/v1/accounts/demo_personas"): OPEN,
    ("GET", "api/v1/accounts/me"): OWN,
    ("PATCH", "api/v1/accounts/me"): OWN,
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
}


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

    def address(self, route: str) -> str:
        """Fill the address with things of Hanako's and of her shop's."""
        made: dict[str, Callable[[], str]] = {
            "<uuid:payment_id>": self.payment,
            "<uuid:charge_id>": self.charge,
            "<uuid:hold_id>": self.hold,
            "<uuid:shop_id>": lambda: str(self.shop.id),
        }
        for part, make in made.items():
            if part in route:
                return "/" + route.replace(part, make())
        return "/" + route

    def body(self, method: str, route: str) -> Any:
        """Return a body that would do, if one may."""
        address = route.removeprefix(WALLET)
        if method == "GET":
            return None
        if address in ("top_ups", *(f"shops/<uuid:shop_id>/{deed}" for deed in ("payments", "top_ups", "holds"))):
            return {"customer_code": self.customer_code(), "amount": 100}
        return {
            "api/v1/accounts/me": {"display_name": "見本"},
            "api/v1/realtime/tickets": {"feeds": ["wallet.mine"]},
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
