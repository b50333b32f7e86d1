"""The admin: staff come in by code and are sent back, everybody else is told; people cannot be searched there."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Membership, Organisation, Profile, Resident, User
from kernel import clock
from tests.accounts.phones import Browser
from tests.accounts.test_app_codes import SHOW, code, set_up
from tests.factories.people import employ, organisation, person, show_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db):
    """Give a city office with an officer and an administrator."""
    office = organisation("city", "人吉市", "Hitoyoshi")
    for role in ("officer", "administrator"):
        employ(person(role, email=f"{role}@example.com"), office, f"city.{role}")
    return office


def come_in(role):
    """Sign somebody in by code and a second factor, and return their browser."""
    browser = Browser()
    browser.sign_in(email=f"{role}@example.com")
    return show_second_factor(browser.client)


def send(client, path, **fields):
    """Send a form as a page would."""
    client.get(path)
    return client.post(path, fields, headers={"X-CSRFToken": client.cookies["csrftoken"].value})


def test_a_stranger_is_sent_to_sign_in_and_back(db):
    first = Client().get("/admin/accounts/organisation/")
    assert (first.status_code, first["Location"]) == (302, "/admin/login/?next=/admin/accounts/organisation/")
    second = Client().get(first["Location"])
    assert (second.status_code, second["Location"]) == (302, "/sign-in?next=/admin/accounts/organisation/")


def test_the_entrance_never_sends_anybody_elsewhere(city):
    for wanted in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert Client().get("/admin/login/", {"next": wanted})["Location"] == "/sign-in?next=/admin/"
        assert come_in("officer").get("/admin/login/", {"next": wanted})["Location"] == "/admin/"


def test_staff_come_in_by_code_and_a_second_factor(city):
    for role in ("officer", "administrator"):
        client = come_in(role)
        assert client.get("/admin/login/?next=/admin/")["Location"] == "/admin/"
        assert client.get("/admin/").status_code == 200
        assert client.get("/admin/accounts/organisation/").status_code == 200


def test_the_first_page_leads_to_the_desks_that_are_ones_own(city):
    seen = {role: come_in(role).get("/admin/").content.decode() for role in ("officer", "administrator")}

    entries = {role: page.partition("<main>")[2].partition("</main>")[0] for role, page in seen.items()}
    assert 'href="/admin/freezes/"' in entries["officer"]
    assert 'href="/admin/freezes/"' not in entries["administrator"]
    assert 'href="/admin/premium/"' in entries["administrator"]
    assert 'href="/admin/premium/"' not in entries["officer"]


def test_residents_and_cashiers_do_not_come_in(city):
    employ(person(email="cashier@example.com"), organisation(), "merchant.cashier")
    client = come_in("cashier")

    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_an_administrator_registers_a_shop_and_appoints_a_cashier(city):
    client, cashier = come_in("administrator"), person()

    assert (
        send(client, "/admin/accounts/organisation/add/", name="新しい店", name_en="New", kind="merchant").status_code
        == 302
    )
    shop = Organisation.objects.get(name="新しい店")
    appointed = send(
        client, "/admin/accounts/membership/add/",
        organisation=shop.pk, role="merchant.cashier", resident_key=cashier.resident_id, why="採用",
    )  # fmt: skip

    assert appointed.status_code == 302
    assert cashier.principal.roles == ["resident", "merchant.cashier"]
    assert client.get("/admin/accounts/membership/").status_code == 200
    membership = Membership.objects.get(resident_id=cashier.resident_id)
    assert client.get(f"/admin/accounts/membership/{membership.pk}/change/").status_code == 200
    send(client, "/admin/accounts/membership/", action="end", _selected_action=membership.pk)
    assert cashier.principal.roles == ["resident"]


def test_a_refusal_is_a_sentence_and_changes_nothing(city):
    client, who = come_in("administrator"), person()

    refused = send(
        client, "/admin/accounts/membership/add/",
        organisation=city, role="driver", resident_key=who.resident_id, why="間違い",
    )  # fmt: skip

    page = refused.content.decode()
    assert refused.status_code == 200
    assert "その役割を選べません" in page
    assert 'value="間違い"' in page  # what was typed stays
    assert who.principal.roles == ["resident"]


def test_an_officer_looks_and_changes_nothing(city):
    client = come_in("officer")

    assert client.get("/admin/accounts/organisation/add/").status_code == 403
    assert client.get("/admin/accounts/membership/add/").status_code == 403
    send(client, "/admin/accounts/organisation/", action="close", _selected_action=city)
    assert Organisation.objects.get(pk=city).closed_at is None


def test_nobodys_person_is_registered_or_searched_in_the_admin():
    registered = {model._meta.label for model in admin.site._registry}

    personal = {model._meta.label for model in (Resident, User, Profile)}
    personal |= {
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
        "accounts.PhoneNumber",
        "auth.Group",
    }
    assert registered.isdisjoint(personal)
    assert "accounts.Membership" in registered
    assert not admin.site._registry[Membership].search_fields


def test_staff_have_no_flag_to_be_set(city):
    cashier = person()
    assert "is_staff" not in {field.name for field in User._meta.get_fields()}
    user = User.objects.get(pk=cashier.user_id)
    user.principal = cashier.principal
    assert (user.is_staff, user.has_perm("accounts.view_organisation"), user.has_module_perms("accounts")) == (
        False,
    ) * 3


def test_a_new_city_gets_its_first_administrator_from_the_command_line(capsys):
    person(email="first@example.com")
    with pytest.raises(CommandError, match="sign up"):
        call_command("appoint_administrator", "nobody@example.com")

    call_command("appoint_administrator", "First@example.com")

    assert come_in("first").get("/admin/").status_code == 200
    assert Organisation.objects.get(kind="city").name == "人吉市"
    with pytest.raises(CommandError, match="already"):
        call_command("appoint_administrator", "first@example.com")


MORE = "/step-up?authentication=2&max_age=1800&next=/admin/accounts/organisation/"
SHOPS = "/admin/accounts/organisation/"


def test_a_code_alone_opens_nothing_of_the_staffs(city):
    browser = Browser()
    browser.sign_in(email="officer@example.com")

    assert browser.client.get(SHOPS)["Location"] == f"/admin/login/?next={SHOPS}"
    assert browser.client.get(f"/admin/login/?next={SHOPS}")["Location"] == MORE

    set_up(browser)
    assert browser.client.get(f"/admin/login/?next={SHOPS}")["Location"] == SHOPS
    assert browser.client.get(SHOPS).status_code == 200


def later(monkeypatch, minutes):
    at = clock.now() + timedelta(minutes=minutes)
    monkeypatch.setattr("accounts.api.staff.clock.now", lambda: at)


def test_a_desk_that_was_left_for_half_an_hour_is_closed(city, monkeypatch):
    client = come_in("officer")
    assert client.get(SHOPS).status_code == 200
    with monkeypatch.context() as clockwork:
        later(clockwork, 29)
        assert client.get(SHOPS).status_code == 200
    with monkeypatch.context() as clockwork:
        later(clockwork, 58)
        assert client.get(SHOPS).status_code == 200
    with monkeypatch.context() as clockwork:
        later(clockwork, 89)
        assert client.get(SHOPS).status_code == 302
        assert client.get(f"/admin/login/?next={SHOPS}")["Location"] == MORE


def test_the_longest_day_ends_after_twelve_hours(city, monkeypatch):
    client = come_in("officer")
    for minutes in range(0, 720, 25):
        with monkeypatch.context() as clockwork:
            later(clockwork, minutes)
            assert client.get(SHOPS).status_code == 200, minutes
    with monkeypatch.context() as clockwork:
        later(clockwork, 721)
        assert client.get(SHOPS).status_code == 302


def test_the_second_factor_opens_a_closed_desk_again(city, monkeypatch):
    browser = Browser()
    browser.sign_in(email="officer@example.com")
    secret = set_up(browser)
    session = browser.client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": clock.now().timestamp() - 2_000}]
    session.save()
    assert browser.client.get(SHOPS).status_code == 302

    assert browser.post(SHOW, {"code": code(secret, 1)}).status_code == 200
    assert browser.client.get(SHOPS).status_code == 200
