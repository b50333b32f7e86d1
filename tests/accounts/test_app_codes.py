"""An authenticator app: a second way to level 2, shown after a code sign-in; a code is good once and not to be guessed."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from accounts.gateways.demo_post import letters
from kernel import clock
from tests.accounts.authenticator import Authenticator
from tests.accounts.phones import App, Browser

pytestmark = pytest.mark.django_db

APP = "account/authenticators/totp"
SHOW = "auth/2fa/reauthenticate"
HANAKO = "hanako@example.com"


def code(secret, step=0):
    """Return what the app shows, some steps of thirty seconds from now."""
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30 + step))


def set_up(phone):
    """Set up an app and return its secret."""
    offered = phone.get(APP)
    assert offered.status_code == 404
    secret = offered.json()["meta"]["secret"]
    assert phone.post(APP, {"code": code(secret)}).status_code == 200
    return secret


def authentication_level(phone):
    return phone.ask("GET", "/api/v1/accounts/id").json()["authentication_level"]


@pytest.fixture
def hanako(browser):
    browser.sign_up(email=HANAKO)
    return browser


def test_hanako_sets_up_an_app_and_steps_up_elsewhere(hanako):
    offered = hanako.get(APP).json()["meta"]
    assert offered["totp_url"].startswith("otpauth://totp/")
    assert "issuer=%E4%BA%BA%E5%90%89%E5%B8%82" in offered["totp_url"]
    secret = set_up(hanako)
    assert authentication_level(hanako) == 2

    for elsewhere in (Browser(), App()):
        assert elsewhere.sign_in(email=HANAKO).status_code == 200
        assert authentication_level(elsewhere) == 1
        step = -1 if isinstance(elsewhere, App) else 1
        assert elsewhere.post(SHOW, {"code": code(secret, step)}).status_code == 200
        assert authentication_level(elsewhere) == 2


def test_a_code_is_good_once_in_all_its_ninety_seconds(hanako):
    secret = set_up(hanako)
    thief = Browser()
    thief.sign_in(email=HANAKO)

    used = code(secret, 1)
    assert hanako.post(SHOW, {"code": used}).status_code == 200
    hanako_has = authentication_level(hanako)
    answer = thief.post(SHOW, {"code": used})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "incorrect_code")
    assert (hanako_has, authentication_level(thief)) == (2, 1)


def test_nobody_guesses_six_digits(hanako, real_limits):
    secret = set_up(hanako)
    thief = Browser()
    thief.sign_in(email=HANAKO)
    right = {code(secret, step) for step in (-1, 0, 1)}
    wrong = [guess for guess in (f"{number:06}" for number in range(20)) if guess not in right]

    answers = [thief.post(SHOW, {"code": guess}).status_code for guess in wrong[:6]]

    assert answers == [400, 400, 400, 400, 429, 429]  # setting it up was the first try of the minute
    assert thief.post(SHOW, {"code": code(secret, 1)}).status_code == 429
    assert authentication_level(thief) == 1


@pytest.mark.parametrize("wrong", ["", "12", "abcdef", "１２３４５６７", None, 1, [], {"a": 1}, "9" * 500])
def test_whatever_is_typed_is_a_refusal_and_never_a_500(hanako, wrong):
    set_up(hanako)
    assert hanako.post(SHOW, {"code": wrong}).status_code == 400


def test_without_an_app_no_code_is_right(hanako):
    assert hanako.post(SHOW, {"code": "123456"}).status_code == 400
    assert authentication_level(hanako) == 1


def test_an_app_is_taken_away_by_another_second_factor_alone(hanako):
    secret = set_up(hanako)
    thief = Browser()
    thief.sign_in(email=HANAKO)
    assert thief.ask("DELETE", APP).json()["code"] == "step_up_required"
    assert thief.post(APP, {"code": code(secret)}).json()["code"] == "app_already"

    assert thief.post(SHOW, {"code": code(secret, 1)}).status_code == 200
    assert thief.ask("DELETE", APP).status_code == 200
    assert hanako.ask("GET", "/api/v1/accounts/id").json()["has_app"] is False


def test_with_an_app_lost_a_passkey_takes_it_away(hanako):
    set_up(hanako)
    keys, device = "account/authenticators/webauthn", Authenticator()
    options = hanako.get(f"{keys}?passwordless").json()["data"]["creation_options"]["publicKey"]
    assert hanako.post(keys, {"name": "x", "credential": device.make(options)}).status_code == 200

    elsewhere = App()
    request = elsewhere.get("auth/webauthn/login").json()["data"]["request_options"]["publicKey"]
    elsewhere.post("auth/webauthn/login", {"credential": device.answer(request)})
    assert elsewhere.ask("DELETE", APP).status_code == 200


def test_a_sign_in_of_an_hour_ago_shows_a_fresh_code_again(hanako, monkeypatch):
    """Who has neither passkey nor app proves by a letter, in this sign-in alone, five tries at the most."""
    proofs = "/api/v1/accounts/code_proofs"
    before = len(hanako.get("auth/session").json()["data"]["methods"])
    assert hanako.ask("POST", proofs).status_code == 204
    [newest, *_] = letters(at=clock.now())
    other = Browser()
    other.sign_in(email=HANAKO)
    assert other.ask("PUT", proofs, {"code": newest.code}).json()["code"] == "code_wrong"
    assert hanako.ask("PUT", proofs, {"code": newest.code}).status_code == 204
    assert hanako.ask("PUT", proofs, {"code": newest.code}).json()["code"] == "code_wrong"
    assert len(hanako.get("auth/session").json()["data"]["methods"]) == before + 1

    hanako.ask("POST", proofs)
    right = letters(at=clock.now())[0].code
    wrong = next(guess for guess in ("000000", "000001") if guess != right)
    assert {hanako.ask("PUT", proofs, {"code": wrong}).status_code for _ in range(5)} == {422}
    assert hanako.ask("PUT", proofs, {"code": right}).status_code == 422
