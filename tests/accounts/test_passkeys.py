"""Passkeys: a way in of its own, good on this city's pages alone."""

import copy
from datetime import UTC, datetime

import pytest

from accounts.api.authentication import BearerAuthentication
from accounts.models import User
from tests.accounts.authenticator import PRESENT, Authenticator, encode
from tests.accounts.phones import App, Browser, pending

pytestmark = pytest.mark.django_db

KEYS = "account/authenticators/webauthn"
HANAKO = "hanako@example.com"


def add(phone, device, name="花子の電話"):
    """Add a passkey for whoever is signed in."""
    options = phone.get(f"{KEYS}?passwordless").json()["data"]["creation_options"]["publicKey"]
    return phone.post(KEYS, {"name": name, "credential": device.make(options)})


def challenge(phone, door="auth/webauthn/login"):
    return phone.get(door).json()["data"]["request_options"]["publicKey"]


def sign_in_by(device):
    """Sign in with an app that has never been seen, and return what it was answered."""
    app = App()
    return app.post("auth/webauthn/login", {"credential": device.answer(challenge(app))})


@pytest.fixture
def hanako(browser):
    browser.sign_up(email=HANAKO)
    return browser


@pytest.fixture
def device(hanako):
    """Give Hanako's telephone, which holds a passkey of hers."""
    device = Authenticator()
    assert add(hanako, device).status_code == 200
    return device


def test_hanako_adds_a_passkey_and_signs_in_with_it_elsewhere(hanako):
    device = Authenticator()
    options = hanako.get(f"{KEYS}?passwordless").json()["data"]["creation_options"]["publicKey"]
    assert options["rp"] == {"id": "localhost", "name": "人吉市"}
    assert options["user"]["name"] == HANAKO
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    added = hanako.post(KEYS, {"name": "花子の電話", "credential": device.make(options)}).json()["data"]
    assert (added["type"], added["name"], added["is_passwordless"]) == ("webauthn", "花子の電話", True)

    app = App()
    answer = app.post("auth/webauthn/login", {"credential": device.answer(challenge(app))})

    assert answer.status_code == 200
    assert app.me().json()["email"] == HANAKO
    assert answer.json()["data"]["methods"][0]["method"] == "mfa"


def test_a_passkey_is_authentication_level_2_and_a_code_is_1(hanako, device, rf):
    app, other = App(), App()
    app.post("auth/webauthn/login", {"credential": device.answer(challenge(app))})
    other.sign_in(email=HANAKO)

    levels = []
    for phone in (app, other):
        user, _claims = BearerAuthentication().authenticate(rf.get("/", headers=phone.headers()))
        levels.append(user.principal.authentication_level)
    assert levels == [2, 1]


def test_a_code_still_signs_in_who_has_a_passkey(hanako, device):
    elsewhere = Browser()

    assert elsewhere.sign_in(email=HANAKO).status_code == 200
    assert elsewhere.me().status_code == 200


def test_taro_signs_up_with_a_passkey(app):
    waiting = app.post("auth/webauthn/signup", {"email": "taro@example.com", "display_name": "太郎"})
    assert pending(waiting) == "verify_email"
    confirmed = app.confirm()
    assert (confirmed.status_code, pending(confirmed)) == (401, "mfa_signup_webauthn")
    options = app.get("auth/webauthn/signup").json()["data"]["creation_options"]["publicKey"]
    device = Authenticator()

    answer = app.ask("PUT", "auth/webauthn/signup", {"name": "太郎の電話", "credential": device.make(options)})

    assert answer.status_code == 200
    assert app.me().json()["display_name"] == "太郎"
    elsewhere = App()
    assert elsewhere.post("auth/webauthn/login", {"credential": device.answer(challenge(elsewhere))}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:8000",
        "https://evil.example",
        "http://localhost:9999",
        "https://shop.localhost:8000",
        "http://localhost.evil.example",
        "https://localhost.evil.example",
    ],
)
def test_a_passkey_answers_on_pages_of_this_city_alone(hanako, device, origin):
    device.origin = origin
    app = App()

    answer = app.post("auth/webauthn/login", {"credential": device.answer(challenge(app))})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "incorrect_code")
    assert app.me().status_code == 401


def test_an_answer_is_good_once_and_for_its_own_challenge(hanako, device):
    app, thief = App(), App()
    answer = device.answer(challenge(app))
    challenge(thief)
    assert thief.post("auth/webauthn/login", {"credential": answer}).status_code == 400
    assert app.post("auth/webauthn/login", {"credential": answer}).status_code == 200
    app.ask("DELETE", "auth/session")

    replay = App()
    challenge(replay)
    assert replay.post("auth/webauthn/login", {"credential": answer}).status_code == 400


def test_a_passkey_that_counts_back_is_a_copy_and_its_owner_is_told(hanako, device):
    copy_of_it = copy.copy(device)
    for _use in range(2):
        assert sign_in_by(device).status_code == 200

    refused = sign_in_by(copy_of_it)

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "passkey_copied")
    [told, *_rest] = hanako.ask("GET", "/api/v1/accounts/messages").json()["results"]
    assert (told["title"], told["link"]) == ("パスキーの写しが使われたおそれがあります", "/me/passkeys")
    assert sign_in_by(device).status_code == 200


def test_a_passkey_that_never_counts_is_no_copy(hanako, device):
    device.step = 0
    for _use in range(2):
        assert sign_in_by(device).status_code == 200


def test_a_passkey_asks_who_holds_it(hanako, device):
    """Without a finger or a number, whoever holds the telephone could sign in."""
    device.flags = PRESENT
    app = App()

    assert app.post("auth/webauthn/login", {"credential": device.answer(challenge(app))}).status_code == 400


def test_anothers_name_on_my_passkey_is_refused(hanako, device):
    other = Browser()
    other.sign_up(email="taro@example.com")
    taro = User.objects.get(resident_id=other.me().json()["resident_id"])
    device.user_handle = encode(taro.pk.hex.encode())
    app = App()

    assert app.post("auth/webauthn/login", {"credential": device.answer(challenge(app))}).status_code == 400
    assert app.me().status_code == 401


def damaged(credential):
    """Yield credentials that are broken in every place."""
    for wrong in (None, 1, "x", [], {}, "é", {"response": []}):
        yield wrong
    for field in list(credential):
        for wrong in (None, "x", []):
            yield credential | {field: wrong}
    for field in list(credential["response"]):
        for wrong in (None, "x", {"a": 1}, encode(bytes(range(200, 256)) * 4)):
            broken = copy.deepcopy(credential)
            broken["response"][field] = wrong
            yield broken
        broken = copy.deepcopy(credential)
        del broken["response"][field]
        yield broken


def test_whatever_a_device_sends_to_sign_in_is_a_refusal_and_never_a_500(hanako, device, settings):
    """Forty damaged credentials are sent, one after the other: a second or two."""
    settings.SIGN_IN_LIMITS_TIMES = 1000
    for wrong in damaged(device.answer(challenge(App()))):
        app = App()
        challenge(app)
        answer = app.post("auth/webauthn/login", {"credential": wrong})
        assert answer.status_code == 400, (wrong, answer.content)


def test_whatever_a_device_sends_as_a_new_passkey_is_never_a_500(hanako, settings):
    """Thirty damaged credentials are sent, one after the other: a second or two."""
    settings.SIGN_IN_LIMITS_TIMES = 1000
    count, kinds = None, set()
    number = 0
    while count is None or number < count:
        options = hanako.get(f"{KEYS}?passwordless").json()["data"]["creation_options"]["publicKey"]
        broken = list(damaged(Authenticator().make(options)))
        count = len(broken)
        answer = hanako.post(KEYS, {"name": "x", "credential": broken[number]})
        assert answer.status_code in (200, 400), (broken[number], answer.content)
        kinds.add(answer.status_code)
        number += 1
    assert 400 in kinds
    assert hanako.get("account/authenticators").status_code == 200


def test_changing_passkeys_later_asks_for_the_passkey_again(hanako, device, monkeypatch):
    [kept] = hanako.get("account/authenticators").json()["data"]
    elsewhere = Browser()
    elsewhere.sign_in(email=HANAKO)
    at = elsewhere.get("auth/session").json()["data"]["methods"][-1]["at"]
    monkeypatch.setattr("accounts.api.adapters.clock.now", lambda: datetime.fromtimestamp(at + 301, UTC))

    refused = elsewhere.ask("DELETE", KEYS, {"authenticators": [kept["id"]]})
    assert (refused.status_code, refused.json()["code"]) == (401, "step_up_required")
    assert refused.json()["needs"] == {"account_level": 0, "authentication_level": 2, "max_age": 300}
    first = refused.json()["step_up"][0]
    assert first == {"way": "passkey", "start": "/_allauth/browser/v1/auth/webauthn/reauthenticate", "set_up": None}

    monkeypatch.undo()
    proof = device.answer(challenge(elsewhere, "auth/webauthn/reauthenticate"))
    assert elsewhere.post("auth/webauthn/reauthenticate", {"credential": proof}).status_code == 200
    assert elsewhere.ask("DELETE", KEYS, {"authenticators": [kept["id"]]}).status_code == 200
    assert elsewhere.get("account/authenticators").json()["data"] == []


def test_a_passkey_is_renamed(hanako, device):
    [kept] = hanako.get("account/authenticators").json()["data"]

    assert hanako.ask("PUT", KEYS, {"id": kept["id"], "name": "新しい名前"}).status_code == 200
    assert hanako.get("account/authenticators").json()["data"][0]["name"] == "新しい名前"


def test_a_stolen_sign_in_of_yesterday_adds_no_passkey(browser, monkeypatch):
    """Who has neither passkey nor app shows a fresh code first; allauth by itself would let them pass for a month."""
    browser.sign_up(email=HANAKO)
    at = browser.get("auth/session").json()["data"]["methods"][-1]["at"]
    monkeypatch.setattr("accounts.api.adapters.clock.now", lambda: datetime.fromtimestamp(at + 301, UTC))

    refused = browser.get(f"{KEYS}?passwordless")

    assert (refused.status_code, refused.json()["code"]) == (401, "step_up_required")
    assert [way["way"] for way in refused.json()["step_up"]] == ["code", "passkey", "totp", "card"]
    assert browser.get("account/authenticators").json()["data"] == []


def test_a_code_alone_removes_no_passkey(hanako, device):
    """Whoever reads Hanako's letters must not take away what protects her from just that."""
    [kept] = hanako.get("account/authenticators").json()["data"]
    thief = Browser()
    thief.sign_in(email=HANAKO)

    assert thief.ask("DELETE", KEYS, {"authenticators": [kept["id"]]}).json()["code"] == "step_up_required"
    assert len(hanako.get("account/authenticators").json()["data"]) == 1
