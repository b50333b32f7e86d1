"""A person arrives: by e-mail, by telephone, as a guest, and in the ways that do not work."""

import pytest
from django.db import connection

from accounts.models import PhoneNumber, Resident, User, token_for
from tests.accounts.phones import App, Browser, letter_count, newest_letter, pending

pytestmark = pytest.mark.django_db


def counts():
    """Return how many people, sign-ins and audit rows of sign-up there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_audit WHERE action = 'accounts.sign_up'")
        return Resident.objects.count(), User.objects.count(), cursor.fetchone()[0]


def test_hanako_signs_up_by_email_and_the_city_knows_her(browser):
    waiting = browser.post("auth/signup", {"email": "Hanako@Example.com", "display_name": "花子"})
    assert (waiting.status_code, pending(waiting)) == (401, "verify_email")
    letter = newest_letter()
    assert (letter.to, letter.channel, len(letter.code)) == ("hanako@example.com", "email", 6)
    assert letter.text.startswith(f"{letter.code} が人吉市の確認コードです")

    assert browser.confirm().status_code == 200

    me = browser.me().json()
    resident = Resident.objects.get()
    assert me == {
        "resident_id": str(resident.pk),
        "display_name": "花子",
        "language": "ja",
        "level": 1,
        "roles": ["resident"],
        "organisations": [],
        "email": "hanako@example.com",
        "phone": None,
    }
    assert browser.get("auth/session").json()["data"]["user"] == {"id": str(resident.pk), "has_usable_password": False}


def test_an_app_signs_up_by_telephone_and_holds_tokens(app):
    waiting = app.post("auth/signup", {"phone": "０９０－１２３４－５６７８"})
    assert (waiting.status_code, pending(waiting)) == (401, "verify_phone")
    letter = newest_letter()
    assert (letter.to, letter.channel) == ("+819012345678", "sms")
    assert letter.text.endswith(f"@localhost #{letter.code}")
    assert app.me().status_code == 401

    assert app.confirm().status_code == 200

    assert app.access
    assert app.refresh
    assert app.me().json()["phone"] == "+819012345678"
    assert app.me().json()["email"] is None


def test_a_guest_of_the_town_starts_at_level_0(browser):
    browser.sign_up(email="guest@example.com", is_guest=True)

    assert (browser.me().json()["level"], browser.me().json()["roles"]) == (0, ["tourist"])


def test_letters_speak_the_readers_language(db):
    browser = Browser(language="en")

    browser.sign_up(email="ann@example.com")

    assert "人吉" not in newest_letter().text.splitlines()[0]
    assert "Hitoyoshi" in newest_letter().text
    assert browser.me().json()["language"] == "en"


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({}, None, "required"),
        ({"email": "", "phone": ""}, None, "required"),
        ({"email": "a@example.com", "phone": "09012345678"}, None, "select_only_one"),
        ({"email": "no address"}, "email", "invalid"),
        ({"email": ["a@example.com"]}, "email", "invalid"),
        ({"phone": "0966-22-2111"}, "phone", "phone_without_sms"),
        ({"phone": "050-1234-5678"}, "phone", "phone_without_sms"),
        ({"phone": "12345"}, "phone", "invalid_phone"),
        ({"phone": "+81 90 1234"}, "phone", "invalid_phone"),
        ({"email": "a@example.com", "display_name": "長" * 61}, "display_name", "max_length"),
        ({"email": "a@example.com", "display_name": "\u202e子花"}, "display_name", "invalid"),
    ],
)
@pytest.mark.parametrize("door", ["auth/signup", "auth/webauthn/signup"])
def test_what_cannot_be_an_address_is_refused_with_words_and_leaves_nothing(browser, said, field, code, door):
    answer = browser.post(door, said)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error.get("param"), error["code"]) == (400, field, code)
    assert error["message"]
    assert counts() == (0, 0, 0)
    assert letter_count() == 0


@pytest.mark.parametrize(
    "said", [{}, {"email": "a@example.com", "phone": "09012345678"}, {"phone": "x"}, {"email": {}}]
)
def test_a_code_is_asked_for_at_exactly_one_address(browser, said):
    assert browser.post("auth/code/request", said).status_code == 400
    assert letter_count() == 0


@pytest.mark.parametrize("body", [b"{", b"[]", b'"a@example.com"', b"\xff", b'{"email": NaN}'])
def test_a_body_that_is_no_object_is_a_problem(db, body):
    app = App()

    answer = app.client.post("/_allauth/app/v1/auth/signup", body, "application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "malformed_json"


def test_a_city_without_sms_says_so(browser, settings):
    settings.DEMO = False

    [error] = browser.post("auth/signup", {"phone": "090-1234-5678"}).json()["errors"]

    assert (error["param"], error["code"]) == ("phone", "phone_not_offered")
    assert counts() == (0, 0, 0)


def test_who_never_confirmed_an_address_does_not_keep_it_from_its_owner(db):
    stranger, owner = Browser(), Browser()
    stranger.post("auth/signup", {"email": "hanako@example.com", "display_name": "stranger"})

    assert owner.sign_up(email="hanako@example.com", display_name="花子").status_code == 200

    assert owner.me().json()["display_name"] == "花子"
    assert Browser().sign_in(email="hanako@example.com").status_code == 200


def test_who_never_confirmed_a_number_does_not_keep_it_from_its_owner(db):
    stranger, owner = Browser(), Browser()
    stranger.post("auth/signup", {"phone": "09012345678"})
    strangers_code = newest_letter().code

    assert owner.sign_up(phone="+81 90-1234-5678").status_code == 200

    late = stranger.confirm(strangers_code)
    assert (late.status_code, late.json()["errors"][0]["code"]) == (400, "phone_taken")
    assert PhoneNumber.objects.get(is_verified=True).number == token_for("+819012345678")


def test_an_address_confirmed_first_by_another_is_refused(db):
    first, second = Browser(), Browser()
    first.post("auth/signup", {"email": "hanako@example.com"})
    first_code = newest_letter().code
    second.post("auth/signup", {"email": "hanako@example.com"})
    assert second.confirm().status_code == 200

    late = first.confirm(first_code)

    assert (late.status_code, late.json()["errors"][0]["code"]) == (400, "email_taken")
    assert first.me().status_code == 401


def test_signing_up_is_one_transaction(browser, monkeypatch):
    """Where the address cannot be written, there is no person either."""

    def fail(**_row):
        raise OSError

    monkeypatch.setattr("accounts.services.newcomers.EmailAddress.objects.create", fail)
    browser.client.raise_request_exception = False

    assert browser.post("auth/signup", {"email": "hanako@example.com"}).status_code == 500
    assert counts() == (0, 0, 0)


def test_there_is_no_password_to_ask_for(browser):
    browser.sign_up(email="hanako@example.com")

    for door in (
        "auth/login",
        "auth/password/request",
        "auth/password/reset",
        "account/password/change",
        "auth/reauthenticate",
    ):
        answer = browser.post(
            door, {"email": "hanako@example.com", "password": "x", "new_password": "correct horse battery"}
        )
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "password" not in {field.name for field in User._meta.get_fields()}
