"""Coming back: the same answers for everybody, three tries for a code, tokens that live as long as their session."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy
from django.contrib.sessions.models import Session
from django.db import connection, connections
from rest_framework.request import Request

from accounts.api.authentication import BearerAuthentication
from accounts.api.tokens import TokenStrategy
from accounts.services.newcomers import sign_up
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.phones import SAFARI_ON_IPHONE, App, Browser, letter_count, newest_letter, pending

pytestmark = pytest.mark.django_db

HANAKO = "hanako@example.com"
HANAKOS_PHONE = "+819012345678"


@pytest.fixture
def hanako(db):
    """Give Hanako an account that she can reach by e-mail, and Taro one by telephone."""
    sign_up(Act(SYSTEM, at=clock.now()), language="ja", email=HANAKO, is_verified=True)
    return sign_up(Act(SYSTEM, at=clock.now()), language="ja", phone=HANAKOS_PHONE, is_verified=True)


@pytest.mark.parametrize("address", [{"email": HANAKO}, {"email": "HANAKO@EXAMPLE.COM"}, {"phone": "090-1234-5678"}])
@pytest.mark.parametrize("client", [Browser, App])
def test_a_code_signs_in(hanako, address, client):
    phone = client()

    assert phone.sign_in(**address).status_code == 200

    assert phone.me().status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT what->>'method' FROM kernel_audit WHERE action = 'accounts.sign_in'")
        assert cursor.fetchall() == [("code",)]


def transcript(client, door, address):
    """Ask at a door, look where one stands, try wrong codes to the end; return all that was answered, without the random token."""
    phone = client()
    answers = [phone.post(door, address), phone.get("auth/session")]
    waiting = pending(answers[0])
    confirm, field = {
        "login_by_code": ("auth/code/confirm", "code"),
        "verify_email": ("auth/email/verify", "key"),
        "verify_phone": ("auth/phone/verify", "code"),
    }[waiting]
    resend = confirm.replace("/confirm", "/resend") if "code/" in confirm else f"{confirm}/resend"
    answers += [phone.post(resend)]
    answers += [phone.post(confirm, {field: "000000"}) for _ in range(4)]
    answers += [phone.post(resend), phone.get("auth/session")]
    told = []
    for answer in answers:
        body = answer.json()
        (body.get("meta") or {}).pop("session_token", None)
        told.append((answer.status_code, body, sorted(answer.headers), sorted(answer.cookies)))
    return told


@pytest.mark.parametrize("client", [Browser, App])
@pytest.mark.parametrize("door", ["auth/signup", "auth/code/request", "auth/webauthn/signup"])
@pytest.mark.parametrize("kind", ["email", "phone"])
def test_known_and_unknown_addresses_answer_alike_to_the_last_wrong_code(hanako, monkeypatch, client, door, kind):
    monkeypatch.setattr("allauth.account.adapter.generate_user_code", lambda **_format: "123456")
    known = {"email": HANAKO, "phone": HANAKOS_PHONE}[kind]
    unknown = {"email": "nobody@example.com", "phone": "+819087654321"}[kind]

    assert transcript(client, door, {kind: known}) == transcript(client, door, {kind: unknown})


def test_known_and_unknown_addresses_take_the_same_time(hanako, settings, monkeypatch):
    """Whatever was done for one of them, both are answered when the same time has passed."""
    settings.SIGN_IN_ANSWER_AFTER_S = 60
    waited = []
    monkeypatch.setattr("accounts.api.boundary.time.sleep", waited.append)
    monkeypatch.setattr("accounts.api.boundary.time.monotonic", lambda: 7)
    for door in ("auth/signup", "auth/webauthn/signup", "auth/code/request"):
        for address in (HANAKO, "nobody@example.com"):
            phone = App()
            phone.post(door, {"email": address})
            phone.post("auth/code/resend" if "code" in door else "auth/email/verify/resend")
    assert waited == [60] * 12


def test_the_owner_of_an_unknown_or_taken_address_is_told_by_letter_and_gets_no_code(hanako):
    Browser().post("auth/code/request", {"email": "nobody@example.com"})
    assert (newest_letter().to, newest_letter().code) == ("nobody@example.com", "")
    assert "/sign-in" in newest_letter().text
    Browser().post("auth/signup", {"email": HANAKO})
    assert (newest_letter().to, newest_letter().code) == (HANAKO, "")
    Browser().post("auth/code/request", {"phone": "080-0000-0000"})
    assert (newest_letter().to, newest_letter().code) == ("+818000000000", "")
    Browser().post("auth/signup", {"phone": HANAKOS_PHONE})
    assert (newest_letter().to, newest_letter().code) == (HANAKOS_PHONE, "")


def test_the_third_wrong_code_ends_the_attempt(hanako, browser):
    browser.post("auth/code/request", {"email": HANAKO})
    right = newest_letter().code
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    answers = [browser.post("auth/code/confirm", {"code": wrong}) for _ in range(3)]

    assert [answer.json()["errors"][0]["code"] for answer in answers] == ["incorrect_code"] * 3
    assert browser.post("auth/code/confirm", {"code": right}).status_code == 409
    assert browser.me().status_code == 401


def test_a_code_is_good_for_ten_minutes(hanako, browser, monkeypatch):
    browser.post("auth/code/request", {"email": HANAKO})
    later = clock.now().timestamp() + 601
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)

    assert browser.post("auth/code/confirm", {"code": newest_letter().code}).status_code == 409


def test_a_new_code_replaces_the_old_one(hanako, browser):
    browser.post("auth/code/request", {"email": HANAKO})
    old = newest_letter().code
    assert browser.post("auth/code/resend").status_code == 200
    new = newest_letter().code
    assert letter_count() == 2

    if old != new:
        assert browser.post("auth/code/confirm", {"code": old}).status_code == 400
    assert browser.post("auth/code/confirm", {"code": new}).status_code == 200


def test_signing_out_kills_cookie_and_token_at_once(hanako):
    browser, app = Browser(), App()
    for phone in (browser, app):
        phone.sign_in(email=HANAKO)
        assert phone.me().status_code == 200

        assert phone.ask("DELETE", "auth/session").status_code == 401

        assert phone.me().status_code == 401
        assert phone.me()["WWW-Authenticate"] == "Bearer"
    assert app.renew().status_code == 410
    assert Session.objects.count() == 0


def test_a_token_is_ours_or_nothing(hanako, app):
    app.sign_in(email=HANAKO)
    good = app.access
    head, claims, signature = good.split(".")

    for token in (f"{head}.{claims}.", f"{head}.{claims}.{signature[::-1]}", app.refresh, "x", ""):
        app.access = token
        assert app.client.get("/api/v1/accounts/me", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert app.client.get("/api/v1/accounts/me", headers={"authorization": f"bearer {good}"}).status_code == 200


def test_refresh_tokens_change_hands_once(hanako, app):
    app.sign_in(email=HANAKO)
    first, first_access = app.refresh, app.access

    assert app.renew().status_code == 200
    assert first not in (app.refresh, None)
    assert first_access != app.access
    assert app.me().status_code == 200

    assert app.renew(first).status_code == 400
    assert app.renew().status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_one_refresh_token_at_once_one_gets_through():
    """A database of its own costs a second."""
    sign_up(Act(SYSTEM, at=clock.now()), language="ja", email=HANAKO, is_verified=True)
    app = App()
    app.sign_in(email=HANAKO)

    def use(_number):
        try:
            return App().post("tokens/refresh", {"refresh_token": app.refresh}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [200] + [400] * 7


def test_a_refresh_token_works_once_also_where_a_second_ends_between_two_uses(hanako, monkeypatch):
    """Two at once may each find the token unspent in the session; the counter alone tells them apart."""
    app = App()
    app.sign_in(email=HANAKO)
    monkeypatch.setattr(JWTTokenStrategy, "refresh_token", lambda _self, _token: ("access", "refresh"))
    assert TokenStrategy().refresh_token(app.refresh) == ("access", "refresh")
    time.sleep(1.05)
    assert TokenStrategy().refresh_token(app.refresh) is None


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_counted_one_by_one():
    """A database of its own costs a second."""
    sign_up(Act(SYSTEM, at=clock.now()), language="ja", email=HANAKO, is_verified=True)
    browser = Browser()
    browser.post("auth/code/request", {"email": HANAKO})
    right = int(newest_letter().code)
    headers = browser.headers()
    cookies = {name: morsel.value for name, morsel in browser.client.cookies.items()}

    def guess(number):
        try:
            one = Browser()
            one.client.cookies.load(cookies)
            code = f"{(right + 1 + number) % 1_000_000:06}"
            return one.post("auth/code/confirm", {"code": code}, **headers).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(guess, range(12)))
    assert answers == [400] * 3 + [409] * 9


def test_my_devices_are_listed_by_name_and_signed_out_elsewhere(hanako):
    here, there, app = Browser(), Browser(SAFARI_ON_IPHONE), App()
    for phone in (here, there, app):
        phone.sign_in(email=HANAKO)

    listed = here.get("auth/sessions").json()["data"]
    assert [(device["name"], device["is_current"]) for device in listed] == [
        ("iPhone", False),
        ("Safari · iPhone", False),
        ("Chrome · Android", True),
    ]

    gone = [device["id"] for device in listed if not device["is_current"]]
    left = here.ask("DELETE", "auth/sessions", {"sessions": gone}).json()["data"]

    assert [device["is_current"] for device in left] == [True]
    assert [phone.me().status_code for phone in (here, there, app)] == [200, 401, 401]
    assert app.renew().status_code == 410
    app.session_token = app.access = None
    assert app.renew().status_code == 400


def test_nobody_signs_out_anothers_device(hanako):
    hers, his = Browser(), Browser()
    hers.sign_in(email=HANAKO)
    his.sign_in(phone=HANAKOS_PHONE)
    [device] = hers.get("auth/sessions").json()["data"]

    assert his.ask("DELETE", "auth/sessions", {"sessions": [device["id"]]}).status_code == 400
    assert hers.me().status_code == 200


def test_the_list_of_devices_costs_the_same_for_one_and_many(hanako, django_assert_num_queries):
    browser = Browser()
    browser.sign_in(email=HANAKO)
    with django_assert_num_queries(2):
        browser.get("auth/sessions")
    for _ in range(5):
        Browser().sign_in(email=HANAKO)
    with django_assert_num_queries(2):
        assert len(browser.get("auth/sessions").json()["data"]) == 6


def test_a_signed_in_request_costs_one_query(hanako, app, django_assert_num_queries, rf):
    app.sign_in(email=HANAKO)
    asked = Request(rf.get("/", headers={"authorization": f"Bearer {app.access}"}))
    with django_assert_num_queries(1):
        user, _claims = BearerAuthentication().authenticate(asked)
        principal = user.principal
        assert (principal.subject, principal.account_level, principal.authentication_level) == (user.resident_id, 1, 1)


def test_changes_from_a_browser_need_the_page_of_the_city(hanako):
    browser = Browser()
    browser.sign_in(email=HANAKO)

    bare = browser.client.patch("/api/v1/accounts/me", b'{"language":"en"}', "application/json")
    assert bare.status_code == 403
    refused = browser.client.post("/_allauth/browser/v1/auth/code/request", b"{}", "application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert browser.me().json()["language"] == "ja"
