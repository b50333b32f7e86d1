"""Guests of the town: in by one tap, known by their device alone, and residents later under the same key."""

import pytest

from accounts.models import Resident, User
from kernel import clock
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.authenticator import Authenticator
from tests.accounts.phones import App, Browser, newest_letter
from wallet import services as wallet

pytestmark = pytest.mark.django_db

UPGRADE = "/api/v1/accounts/upgrade"


@pytest.fixture
def ayumi(browser):
    assert browser.post("auth/guest").status_code == 200
    return browser


def test_ayumi_is_in_by_one_tap_and_says_nothing_of_herself(ayumi):
    me = ayumi.me().json()
    assert (me["level"], me["roles"], me["email"], me["phone"], me["display_name"]) == (0, ["tourist"], None, None, "")
    assert len(ayumi.get("auth/sessions").json()["data"]) == 1


def test_an_app_gets_its_tokens(app):
    assert app.post("auth/guest").status_code == 200
    assert app.access
    assert app.me().json()["level"] == 0
    assert app.renew().status_code == 200


def test_a_passkey_keeps_the_account(ayumi):
    keys, device = "account/authenticators/webauthn", Authenticator()
    options = ayumi.get(f"{keys}?passwordless").json()["data"]["creation_options"]["publicKey"]
    assert ayumi.post(keys, {"name": "x", "credential": device.make(options)}).status_code == 200

    elsewhere = App()
    asked = elsewhere.get("auth/webauthn/login").json()["data"]["request_options"]["publicKey"]
    assert elsewhere.post("auth/webauthn/login", {"credential": device.answer(asked)}).status_code == 200
    assert elsewhere.me().json()["resident_id"] == ayumi.me().json()["resident_id"]


def test_who_is_in_already_stays_who_they_are(ayumi):
    before = ayumi.me().json()["resident_id"]
    assert ayumi.post("auth/guest").status_code == 409
    assert ayumi.me().json()["resident_id"] == before
    assert Resident.objects.count() == 1


def test_a_flood_of_guests_is_told_to_wait(real_limits, db):
    answers = [Browser().post("auth/guest").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert User.objects.count() == 10


def test_a_guest_becomes_a_resident_with_everything_she_bought(ayumi):
    before = ayumi.me().json()["resident_id"]
    account = wallet.open_account(Act(SYSTEM, at=clock.now()), resident_id=before).id
    wallet.issue_coins(Act(SYSTEM, at=clock.now(), key="gift-000001"), account_id=account, amount=3_000)
    balance = ayumi.ask("GET", "/api/v1/wallet/balance").json()

    first = ayumi.ask("POST", UPGRADE, {"display_name": "旅野 あゆみ"})
    assert (first.status_code, first.json()["code"]) == (409, "no_address")
    assert ayumi.post("account/email", {"email": "ayumi@example.com"}).status_code == 200
    assert ayumi.ask("POST", UPGRADE, {"display_name": "旅野 あゆみ"}).json()["code"] == "no_address"
    assert ayumi.post("auth/email/verify", {"key": newest_letter().code}).status_code == 200

    done = ayumi.ask("POST", UPGRADE, {"display_name": "旅野 あゆみ"})

    assert done.status_code == 200, done.content
    me = ayumi.me().json()
    assert (me["resident_id"], me["level"], me["roles"]) == (before, 1, ["resident"])
    assert (me["display_name"], me["email"]) == ("旅野 あゆみ", "ayumi@example.com")
    assert ayumi.ask("GET", "/api/v1/wallet/balance").json() == balance
    assert balance["available"] == 3_000
    [step] = ayumi.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]
    assert (step["kind"], step["level_before"], step["level_after"]) == ("upgrade", 0, 1)
    again = ayumi.ask("POST", UPGRADE, {"display_name": "x"})
    assert (again.status_code, again.json()["code"]) == (409, "resident_already")


@pytest.mark.parametrize("wrong", ["", "   ", "x" * 61, "a\nb", "\u202eabc", None, 1])
def test_a_name_that_is_none_is_refused(ayumi, wrong):
    assert ayumi.ask("POST", UPGRADE, {"display_name": wrong}).status_code == 422
    assert ayumi.me().json()["level"] == 0
