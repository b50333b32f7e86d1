"""More ways to reach a person: a second address, another number, each confirmed before it counts."""

import pytest

from accounts.models import PhoneNumber
from tests.accounts.authenticator import Authenticator
from tests.accounts.phones import App, Browser, newest_letter
from tests.factories.people import person

pytestmark = pytest.mark.django_db

HANAKO = "hanako@example.com"


@pytest.fixture
def hanako(db):
    person(email=HANAKO)
    browser = Browser()
    browser.sign_in(email=HANAKO)
    return browser


def test_hanako_adds_a_number_and_signs_in_by_it(hanako):
    assert hanako.post("account/phone", {"phone": "090-1234-5678"}).status_code == 202
    assert hanako.me().json()["phone"] is None
    assert hanako.post("auth/phone/verify", {"code": newest_letter().code}).status_code == 200

    assert hanako.me().json()["phone"] == "+819012345678"
    elsewhere = App()
    assert elsewhere.sign_in(phone="09012345678").status_code == 200
    assert elsewhere.me().json()["email"] == HANAKO


def test_a_number_changes_only_once_the_new_one_is_confirmed(hanako):
    for number in ("090-1234-5678", "080-1111-2222"):
        hanako.post("account/phone", {"phone": number})
        assert hanako.get("account/phone").json()["data"] != [{"phone": "+818011112222", "verified": True}]
        hanako.post("auth/phone/verify", {"code": newest_letter().code})

    assert hanako.get("account/phone").json()["data"] == [{"phone": "+818011112222", "verified": True}]
    Browser().post("auth/code/request", {"phone": "090-1234-5678"})
    assert newest_letter().code == ""
    assert PhoneNumber.objects.count() == 1


def test_anothers_number_is_answered_alike_and_never_becomes_mine(hanako):
    person(phone="+819012345678")

    assert hanako.post("account/phone", {"phone": "090-1234-5678"}).status_code == 202
    refused = hanako.post("auth/phone/verify", {"code": newest_letter().code})

    assert refused.json()["errors"][0]["code"] == "phone_taken"
    assert hanako.me().json()["phone"] is None


def test_hanako_adds_a_second_address_also_with_a_passkey(hanako):
    options = hanako.get("account/authenticators/webauthn?passwordless").json()["data"]["creation_options"]["publicKey"]
    hanako.post("account/authenticators/webauthn", {"name": "x", "credential": Authenticator().make(options)})

    assert hanako.post("account/email", {"email": "second@example.com"}).status_code == 200
    assert hanako.post("auth/email/verify", {"key": newest_letter().code}).status_code == 200

    assert Browser().sign_in(email="second@example.com").status_code == 200
    assert hanako.me().json()["email"] == HANAKO
    addresses = hanako.get("account/email").json()["data"]
    assert [(one["email"], one["verified"], one["primary"]) for one in addresses] == [
        (HANAKO, True, True),
        ("second@example.com", True, False),
    ]
    assert hanako.ask("PATCH", "account/email", {"email": "second@example.com", "primary": True}).status_code == 200
    assert hanako.me().json()["email"] == "second@example.com"
    assert hanako.ask("DELETE", "account/email", {"email": HANAKO}).status_code == 200
    assert Browser().post("auth/code/request", {"email": HANAKO}).status_code == 401
    assert newest_letter().code == ""


def test_an_address_that_somebody_confirms_meanwhile_stays_theirs(hanako):
    hanako.post("account/email", {"email": "shared@example.com"})
    code = newest_letter().code
    person(email="shared@example.com")

    refused = hanako.post("auth/email/verify", {"key": code})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "email_taken")


def test_nobody_adds_addresses_without_end(hanako):
    for number in range(2):
        hanako.post("account/email", {"email": f"more{number}@example.com"})
        hanako.post("auth/email/verify", {"key": newest_letter().code})

    refused = hanako.post("account/email", {"email": "more3@example.com"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "max_email_addresses")


@pytest.mark.parametrize("door", ["account/email", "account/phone", "account/authenticators", "auth/sessions"])
def test_a_stranger_sees_nothing(browser, door):
    assert browser.get(door).status_code == 401
