"""A till without anybody's e-mail: the shop's manager lets it in, it charges, and it is ended within the second."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from accounts.api.live import LiveSignIns
from accounts.models import Device, DeviceRequest
from accounts.selectors import principal_of
from accounts.selectors.devices import device_principal
from accounts.selectors.partners import OWN_DEVICES
from accounts.services import close_organisation
from accounts.services.partners.clients import disable_partner
from kernel import clock
from kernel.models import AuditEntry
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed
from kernel.use_case import Act
from kernel.web import SignedIn
from tests.accounts.openid.partner import partner
from tests.wallet.callers import Caller, City
from wallet.services import refund_payment

ASK, TOKEN = "/identity/o/device_authorization", "/identity/o/token"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
LOOK, APPROVE, DENY = (f"/api/v1/accounts/device_requests/{deed}" for deed in ("look", "approve", "deny"))
DEVICES = "/api/v1/accounts/devices"


@pytest.fixture
def city(committed_db):
    return City()


@pytest.fixture
def shop(city):
    return city.shop()


def post(path, **form):
    return Client().post(
        path, form and "&".join(f"{k}={v}" for k, v in form.items()), "application/x-www-form-urlencoded"
    )


def waiting(kind="till", client_id=OWN_DEVICES):
    answer = post(ASK, client_id=client_id, device_kind=kind)
    assert answer.status_code == 200, answer.content
    return answer.json()


def poll(asked, **changed):
    """Ask what became of a device; the clock of the wait is set back so that no test has to sleep."""
    DeviceRequest.objects.update(polled_at=None)
    return post(
        TOKEN, **({"grant_type": GRANT, "client_id": OWN_DEVICES, "device_code": asked["device_code"]} | changed)
    )


def let_in(manager, shop, kind="till", label="レジ1"):
    """Take a device the whole way and return it as a caller."""
    asked = waiting(kind)
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": label}
    approved = manager.post(APPROVE, body)
    assert approved.status_code == 201, approved.content
    given = poll(asked).json()
    return Caller(token=given["access_token"]), approved.json(), given


def test_a_till_is_let_in_by_the_manager_and_charges(city, shop):
    asked = waiting()
    assert (asked["expires_in"], asked["interval"]) == (900, 5)
    assert asked["verification_uri_complete"].endswith(f"/device?code={asked['user_code']}")
    assert asked["device_code"] not in str(list(DeviceRequest.objects.values()))
    assert asked["user_code"].replace("-", "") not in str(list(DeviceRequest.objects.values()))
    assert poll(asked).json()["error"] == "authorization_pending"

    seen = shop.manager.post(LOOK, {"user_code": asked["user_code"].lower().replace("-", " ")}).json()
    assert (seen["kind"], [place["id"] for place in seen["places"]]) == ("till", [str(shop.organisation_id)])
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "入口のレジ"}
    assert shop.manager.post(APPROVE, body).status_code == 201
    given = poll(asked).json()
    assert (given["scope"], given["expires_in"], "id_token" in given) == ("device", 43_200, False)

    till = Caller(token=given["access_token"])
    here = till.get(f"{DEVICES}/here").json()
    assert (here["label"], here["organisation"], here["kind"]) == ("入口のレジ", "見本食堂", "till")
    assert [each["id"] for each in till.get("shops").json()["results"]] == [str(shop.id)]
    hanako = city.resident(yen=1_000)
    paid = till.post(f"shops/{shop.id}/payments", {"customer_code": hanako.code(), "amount": 300})
    assert paid.status_code == 201, paid.content
    assert hanako.balance() == 700
    row = AuditEntry.objects.filter(action__startswith="wallet.charge_customer").latest("recorded_at")
    assert row.actor == Device.objects.get().pk
    assert Device.objects.get().approved_by_id == shop.manager.resident_id
    assert till.post(f"payments/{paid.json()['id']}/void", {}).status_code == 201
    assert hanako.balance() == 1_000


def test_a_refund_after_the_day_wants_a_person(city, shop):
    till, device, _given = let_in(shop.manager, shop)
    hanako = city.resident(yen=1_000)
    paid = till.post(f"shops/{shop.id}/payments", {"customer_code": hanako.code(), "amount": 300}).json()["id"]
    tomorrow, asked = clock.now() + timedelta(days=1), {"payment_id": UUID(paid), "amount": 100}
    assert till.post(f"payments/{paid}/refunds", {"amount": 100}).status_code == 201

    with pytest.raises(NotAllowed):
        refund_payment(Act(device_principal(UUID(device["id"])), at=tomorrow, key="refund-by-till"), **asked)
    assert hanako.balance() == 800
    refund_payment(Act(principal_of(shop.cashier.resident_id), at=tomorrow, key="refund-by-cashier"), **asked)
    assert hanako.balance() == 900


def test_the_codes_are_good_once(shop):
    asked = waiting()
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "レジ"}
    assert shop.manager.post(APPROVE, body).status_code == 201
    assert shop.manager.post(APPROVE, body).json()["code"] == "device_code_unknown"
    assert shop.manager.post(LOOK, {"user_code": asked["user_code"]}).status_code == 404
    assert poll(asked).status_code == 200
    assert poll(asked).json()["error"] == "invalid_grant"


def test_of_twenty_polls_at_once_one_gets_the_tokens(shop):
    asked = waiting()
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "レジ"}
    shop.manager.post(APPROVE, body)

    def ask(_number):
        try:
            return post(TOKEN, grant_type=GRANT, client_id=OWN_DEVICES, device_code=asked["device_code"]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        statuses = sorted(threads.map(ask, range(20)))
    assert statuses == [200] + [400] * 19


def test_who_is_not_the_manager_lets_no_till_in(city, shop):
    other, (officer, _administrator) = city.shop(name="例の店"), city.city_office()
    asked = waiting()
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "レジ"}
    for who in (shop.cashier, other.manager, officer, city.resident()):
        assert who.post(APPROVE, body).status_code == 403
        assert who.post(LOOK, {"user_code": asked["user_code"]}).json()["places"] in (
            [], [{"id": str(other.organisation_id), "name": "例の店", "name_en": "Mihon Shokudo"}],
        )  # fmt: skip
    assert Caller().post(APPROVE, body).status_code == 401
    assert not Device.objects.exists()
    assert poll(asked).json()["error"] == "authorization_pending"


def test_a_kiosk_is_the_citys_matter(city, shop):
    officer, _administrator = city.city_office()
    asked = waiting("kiosk")
    (place,) = officer.post(LOOK, {"user_code": asked["user_code"]}).json()["places"]
    wrong = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "案内"}
    assert officer.post(APPROVE, wrong).json()["code"] == "device_of_another_kind"
    assert officer.post(APPROVE, wrong | {"organisation_id": place["id"]}).status_code == 201
    kiosk = Caller(token=poll(asked).json()["access_token"])
    assert kiosk.get(f"{DEVICES}/here").json()["kind"] == "kiosk"
    assert kiosk.get("shops").json()["results"] == []
    assert kiosk.post(f"shops/{shop.id}/charges", {"amount": 1}).status_code == 404


def test_a_device_is_sent_away(shop):
    asked = waiting()
    assert shop.manager.post(DENY, {"user_code": asked["user_code"]}).status_code == 204
    assert poll(asked).json()["error"] == "access_denied"
    assert shop.manager.post(LOOK, {"user_code": asked["user_code"]}).status_code == 404


def test_a_code_runs_out_after_a_quarter_of_an_hour(shop):
    asked = waiting()
    DeviceRequest.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert poll(asked).json()["error"] == "expired_token"
    assert shop.manager.post(LOOK, {"user_code": asked["user_code"]}).json()["code"] == "device_code_unknown"


def test_who_polls_too_fast_must_slow_down(committed_db):
    asked = waiting()
    form = {"grant_type": GRANT, "client_id": OWN_DEVICES, "device_code": asked["device_code"]}
    assert post(TOKEN, **form).json()["error"] == "authorization_pending"
    assert post(TOKEN, **form).json()["error"] == "slow_down"
    assert DeviceRequest.objects.get().interval_s == 10
    DeviceRequest.objects.update(polled_at=clock.now() - timedelta(seconds=6))
    assert post(TOKEN, **form).json()["error"] == "slow_down"
    DeviceRequest.objects.update(polled_at=clock.now() - timedelta(seconds=16))
    assert post(TOKEN, **form).json()["error"] == "authorization_pending"


def test_codes_cannot_be_guessed_by_trying(shop):
    answers = [shop.manager.post(LOOK, {"user_code": "BCDF-GHJK"}) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429] * 2
    assert int(answers[-1]["Retry-After"]) > 0
    assert (
        shop.manager.post(APPROVE, {"user_code": "x", "organisation_id": str(shop.id), "label": "x"}).status_code == 429
    )


def test_an_ended_till_is_dead_at_once(city, shop):
    till, device, given = let_in(shop.manager, shop)
    handle = f"device:{device['id']}"
    assert LiveSignIns().principal(handle).actor == Device.objects.get().pk
    assert till.post("/api/v1/realtime/tickets", {"feeds": [f"wallet.shop:{shop.id}"]}, key=None).status_code == 201
    assert [row["label"] for row in shop.manager.get(DEVICES).json()["results"]] == ["レジ1"]
    for stranger in (shop.cashier, city.shop(name="例の店").manager, city.resident()):
        assert stranger.get(DEVICES).json()["results"] == []
        assert stranger.ask("DELETE", f"{DEVICES}/{device['id']}").status_code == 404

    assert shop.manager.ask("DELETE", f"{DEVICES}/{device['id']}").status_code == 204

    assert till.get("shops").status_code == 401
    assert LiveSignIns().principal(handle) is None
    refreshed = post(TOKEN, grant_type="refresh_token", client_id=OWN_DEVICES, refresh_token=given["refresh_token"])
    assert refreshed.json()["error"] == "invalid_grant"
    assert shop.manager.get(DEVICES).json()["results"] == []


def test_a_tills_tokens_change_hands_once(shop):
    _till, _device, given = let_in(shop.manager, shop)
    form = {"grant_type": "refresh_token", "client_id": OWN_DEVICES}
    renewed = post(TOKEN, **form, refresh_token=given["refresh_token"]).json()
    assert (renewed["scope"], renewed["expires_in"], "id_token" in renewed) == ("device", 43_200, False)
    assert Caller(token=renewed["access_token"]).get("shops").status_code == 200
    assert post(TOKEN, **form, refresh_token=given["refresh_token"]).json()["error"] == "invalid_grant"
    assert Caller(token=renewed["access_token"]).get("shops").status_code == 401


def test_a_closed_shop_takes_its_tills_along(shop):
    till, _device, _given = let_in(shop.manager, shop)
    close_organisation(Act(SYSTEM, at=clock.now()), organisation_id=shop.organisation_id)
    assert till.get("shops").status_code == 401


def test_a_makers_till_asks_as_a_service_of_its_own(shop):
    maker = partner("device", name="レジメーカー")
    asked = waiting(client_id=maker.client_id)
    seen = shop.manager.post(LOOK, {"user_code": asked["user_code"]}).json()
    assert seen["service"] == "レジメーカー"
    body = {"user_code": asked["user_code"], "organisation_id": str(shop.organisation_id), "label": "新型"}
    assert shop.manager.post(APPROVE, body).status_code == 201
    assert poll(asked).json()["error"] == "invalid_grant"  # another client's code
    given = poll(asked, client_id=maker.client_id).json()
    till = Caller(token=given["access_token"])
    assert till.get("shops").status_code == 200
    disable_partner(Act(SYSTEM, at=clock.now()), client_id=maker.client_id, why="終了")
    assert till.get("shops").status_code == 401
    assert Device.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 401), ({"client_id": "x"}, 401), ({"client_id": OWN_DEVICES, "device_kind": "server"}, 400),
        ({"client_id": OWN_DEVICES, "scope": "openid"}, 400), ({"client_id": "%00"}, 400),
    ],
)  # fmt: skip
def test_who_may_not_ask_is_refused(committed_db, form, status):
    assert post(ASK, **form).status_code == status
    web = partner()
    assert post(ASK, client_id=web.client_id).status_code == 401
    app = partner("native")
    assert post(ASK, client_id=app.client_id).json()["error"] == "unauthorized_client"
    assert not DeviceRequest.objects.exists()


def doors(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and issubclass(getattr(pattern.callback, "cls", object), APIView):
            yield route, pattern.callback.cls


def test_a_device_stays_outside_every_door_that_is_a_persons(shop):
    till, _device, _given = let_in(shop.manager, shop)
    tried = []
    for route, door in doors():
        if not any(issubclass(each, SignedIn) for each in door.permission_classes):
            continue
        filled = {"<day:day>": "2026-11-03"}
        parts = (filled.get(part, str(shop.id) if part.startswith("<") else part) for part in route.split("/"))
        path = "/" + "/".join(parts)
        for method in ("get", "post", "patch", "put", "delete"):
            if hasattr(door, method):
                answer = till.ask(method.upper(), path, {} if method != "get" else None)
                assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), (method, route)
                tried.append(route)
    assert len(tried) > 10
    assert "api/v1/wallet/balance" in tried
