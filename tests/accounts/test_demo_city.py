"""The demo city's people and what only a demo city shows."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.demo.consents import seed_consents
from accounts.demo.families import seed_families
from accounts.demo.names import NAMES
from accounts.demo.organisations import DEPARTMENTS, MERCHANTS, PARTNERS, seed_organisations
from accounts.demo.partners import ASSOCIATION, LIBRARY, seed_partners
from accounts.demo.people import people, seed_people
from accounts.gateways.demo_post import Letter, put
from accounts.models import Connection, Department, Grant, Mandate, Membership, Organisation, Resident
from accounts.selectors.personas import PERSONAS, seeded_personas
from accounts.selectors.principals import principal_of
from accounts.services.consents import withdraw_consent
from kernel import clock
from kernel.use_case import Act
from tests.accounts.phones import Browser
from tests.factories.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(db, monkeypatch):
    """Let the personas and three residents move in."""
    monkeypatch.setattr("accounts.demo.people.NAMES", NAMES[:3])
    seed_people()
    seed_organisations()


@pytest.fixture
def real(settings):
    settings.DEMO = False


def test_the_city_is_made_once_however_often_it_is_asked(db):
    """Two hundred people take a second or two to move in."""
    for _ in range(2):
        seed_people()
        seed_organisations()
        seed_families()
        seed_consents()
        seed_partners()

    assert Resident.objects.count() == len(people()) == 210
    assert len(set(NAMES)) == 200
    assert Organisation.objects.count() == len(MERCHANTS) + len(PARTNERS) + 3
    assert Membership.objects.count() == 6
    assert [each.department.name for each in Membership.objects.filter(role="city.officer")] == ["市民課", "市民課"]
    assert Department.objects.count() == len(DEPARTMENTS)
    assert (Mandate.objects.count(), Grant.objects.count(), Connection.objects.count()) == (2, 3, 1)


def test_hanako_finds_the_library_what_it_may_read_and_that_it_did(city):
    seed_partners()
    hanako = next(each for each in seeded_personas() if each.persona.email == "hanako@machi.example")
    client = Person(hanako.resident_id, hanako.user_id).client()
    (row,) = client.get("/api/v1/accounts/connections").json()["results"]
    assert (row["name"], [each["data_class"]["name"] for each in row["reads"]]) == (LIBRARY[0], ["contacts", "profile"])
    looks = client.get("/api/v1/accounts/accesses?by=partner").json()["results"]
    assert [each["who"]["name"] for each in looks] == [ASSOCIATION[0]]


def test_a_mother_finds_her_child_and_her_consent(db):
    seed_people()
    seed_organisations()
    seed_families()
    seed_consents()
    hanako = Person(*next((who.resident_id, who.user_id) for who in seeded_personas() if "花子" in who.persona.name))
    family = hanako.client().get("/api/v1/accounts/family").json()
    assert [(row["name"], row["role"], row["scopes"]) for row in family["i_act_for"]] == [
        ("見本 桃子", "parent", ["accounts", "wallet"])
    ]
    (consent,) = hanako.client().get("/api/v1/accounts/consents").json()["results"]
    assert (consent["state"], consent["recipient"]["name"]) == ("standing", "見本ポイント協会")


def test_what_people_decided_stays_theirs_when_the_city_is_made_again(db):
    seed_people()
    seed_organisations()
    seed_families()
    seed_consents()
    hanako = next(who for who in seeded_personas() if "花子" in who.persona.name)
    grant = Grant.objects.get()
    withdraw_consent(Act(principal_of(hanako.resident_id), at=clock.now()), agreement_id=grant.agreement_id)
    seed_consents()
    assert Grant.objects.filter(withdrawn_at=None).count() == 0


def test_a_persona_signs_in_with_the_code_on_the_demo_page(city):
    browser = Browser()
    browser.post("auth/code/request", {"email": "cashier@machi.example"})

    [code] = Client().get("/api/v1/accounts/demo_codes").json()["codes"]
    assert (code["to"], code["channel"]) == ("cashier@machi.example", "email")
    page = Client().get("/demo/").content.decode()
    assert code["code"] in page
    assert all(persona.email in page and persona.name in page for persona in PERSONAS)

    assert browser.confirm(code["code"]).status_code == 200
    me = browser.me().json()
    assert me["roles"] == ["resident", "merchant.cashier"]
    assert [place["name"] for place in me["organisations"]] == ["まちの茶屋 見本"]


def test_each_persona_has_the_role_it_shows(city):
    shown = Client().get("/api/v1/accounts/demo_personas").json()["personas"]

    assert [person["role"] for person in shown] == [persona.role for persona in PERSONAS]
    assert {
        "resident",
        "tourist",
        "merchant.manager",
        "merchant.cashier",
        "driver",
        "city.officer",
        "city.administrator",
    } == {person["role"] for person in shown}


def test_demo_tokens_prints_a_token_that_works_for_every_persona(city, capsys):
    call_command("demo_tokens", "--json")

    people = json.loads(capsys.readouterr().out)
    assert [person["email"] for person in people] == [persona.email for persona in PERSONAS]
    for person in people:
        client = Client(headers={"authorization": f"Bearer {person['token']}"})
        me = client.get("/api/v1/accounts/me").json()
        assert me["resident_id"] == person["resident_id"]
        assert person["role"] in me["roles"]


def test_demo_tokens_for_many_residents(city, capsys):
    call_command("demo_tokens", "--json", "--residents", "5")

    assert len({person["token"] for person in json.loads(capsys.readouterr().out)}) == 5


def test_the_terminal_learns_who_can_sign_in_without_any_address_to_open(city, capsys):
    call_command("demo_personas")

    told = capsys.readouterr().out
    assert all(persona.email in told for persona in PERSONAS)
    assert "http" not in told


@pytest.mark.parametrize("command", ["demo_tokens", "demo_personas", "demo_city"])
def test_a_real_city_hands_out_nothing(city, real, command):
    with pytest.raises(CommandError, match="real city"):
        call_command(command)


def test_an_empty_demo_city_says_what_to_do(db):
    with pytest.raises(CommandError, match="demo_city"):
        call_command("demo_tokens")


@pytest.mark.parametrize("address", ["/api/v1/accounts/demo_codes", "/api/v1/accounts/demo_personas", "/demo/"])
def test_a_real_city_has_no_demo_doors(real, db, address):
    assert Client().get(address).status_code == 404


def test_a_real_city_keeps_no_letter(real, valkey):
    with pytest.raises(RuntimeError):
        put(Letter(to="a@example.com", channel="email", code="123456", text="", sent_at=clock.now()))
    assert valkey.keys("*letters*") == []


def test_the_demo_page_obeys_the_policy(city):
    page = Client().get("/demo/")

    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "<script" not in page.content.decode()
    assert "style=" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"
