"""What a partner reads of a person follows the live grants at the moment of reading; the person sees what that is, and ends it."""

import psycopg
import pytest
from django.test import Client

from accounts.engine.scopes import CLASS_OF
from accounts.models import Agreement
from accounts.selectors.partner_claims import READERS
from accounts.services.consents import withdraw_consent
from kernel import clock
from kernel.use_case import Act
from tests.accounts.openid.partner import back, partner, signed_in, userinfo
from tests.factories.people import show_papers

pytestmark = pytest.mark.django_db


@pytest.mark.postgres
def test_userinfo_follows_the_grants_at_the_moment_of_reading(committed_db):
    library, hanako = partner(), signed_in()
    whole = {"name": "見本 花子", "email": "hanako@example.com", "email_verified": True}
    code = hanako.connect(library, scope="openid profile email phone")
    token = library.redeem(code).json()["access_token"]
    assert {name: value for name, value in userinfo(token).json().items() if name != "sub"} == whole
    agreement = Agreement.objects.get(recipient_id=library.organisation_id)

    def take_back(*classes):
        intent = Act(hanako.person.principal, at=clock.now())
        withdraw_consent(intent, agreement_id=agreement.pk, classes=list(classes))

    take_back("profile")
    assert sorted(userinfo(token).json()) == ["email", "email_verified", "sub"]
    take_back("contacts")
    assert sorted(userinfo(token).json()) == ["sub"]
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        log = owner.execute(
            "SELECT purpose, classes, ground, recipient FROM kernel_access_log WHERE actor = %s ORDER BY recorded_at, classes",
            [library.organisation_id],
        ).fetchall()
    assert log == [
        ("openid.userinfo", [data_class], "grant", library.organisation_id)
        for data_class in ("contacts", "profile", "contacts")
    ]


PAPERS = {
    "birthdate": "1988-04-02", "gender": "female", "address": {"formatted": "熊本県人吉市見本町1番地1"},
}  # fmt: skip
OF_PAPERS = "openid birthdate address gender"


def test_what_stands_in_the_papers_is_read_by_a_live_grant_alone():
    library, hanako = partner(scopes=["openid", *PAPERS]), signed_in()
    show_papers(hanako.person)
    address = library.request(scope=OF_PAPERS)
    assert "生年月日" in hanako.words(address)

    refused = library.redeem(back(hanako.answer(address, classes=()))["code"]).json()["access_token"]
    assert sorted(userinfo(refused).json()) == ["sub"]

    granted = library.redeem(back(hanako.answer(library.request(scope=OF_PAPERS), classes=["identity"]))["code"]).json()
    token = granted["access_token"]
    assert {name: value for name, value in userinfo(token).json().items() if name != "sub"} == PAPERS

    agreement = Agreement.objects.get(recipient_id=library.organisation_id)
    withdraw_consent(Act(hanako.person.principal, at=clock.now()), agreement_id=agreement.pk, classes=["identity"])
    assert sorted(userinfo(token).json()) == ["sub"]


def test_each_scope_gives_its_own_claim_and_papers_that_nobody_saw_none():
    library, hanako = partner(scopes=["openid", *PAPERS]), signed_in()
    given = library.redeem(back(hanako.answer(library.request(scope=OF_PAPERS), classes=["identity"]))["code"]).json()
    assert sorted(userinfo(given["access_token"]).json()) == ["sub"]
    show_papers(hanako.person, gender="")
    assert sorted(userinfo(given["access_token"]).json()) == ["address", "birthdate", "sub"]
    less = library.refresh(given["refresh_token"], scope="openid birthdate").json()
    assert {name: value for name, value in userinfo(less["access_token"]).json().items() if name != "sub"} == {
        "birthdate": "1988-04-02"
    }


def test_discovery_lists_what_can_be_read_and_nothing_else():
    said = Client().get("/.well-known/openid-configuration").json()
    assert said["scopes_supported"] == ["openid", "profile", "email", "phone", "birthdate", "address", "gender"]
    assert READERS.keys() == CLASS_OF.keys()
    library, hanako = partner(scopes=said["scopes_supported"]), signed_in()
    show_papers(hanako.person)
    asked = " ".join(said["scopes_supported"])
    answer = hanako.answer(library.request(scope=asked), classes=["profile", "contacts", "identity"])
    told = userinfo(library.redeem(back(answer)["code"]).json()["access_token"]).json()
    assert told.keys() <= set(said["claims_supported"])
    assert {"name", "email", "birthdate", "address", "gender"} <= told.keys()


def test_a_person_sees_what_they_are_connected_to_and_ends_it():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library, scope="openid profile email")).json()
    code = hanako.connect(library, scope="openid")

    (row,) = hanako.get("/api/v1/accounts/connections").json()["results"]
    assert (row["name"], row["organisation"], row["classes"]) == (
        "くま川図書館",
        "くま川サービス",
        ["contacts", "profile"],
    )
    assert [(each["data_class"]["name"], each["data_class"]["words"]) for each in row["reads"]] == [
        ("contacts", "メールアドレスや電話番号"),
        ("profile", "呼び名"),
    ]
    agreement = {each["agreement_id"] for each in row["reads"]}.pop()
    taken = hanako.ask("POST", f"/api/v1/accounts/agreements/{agreement}/withdrawal", {"classes": ["contacts"]})
    assert taken.status_code == 200
    (row,) = hanako.get("/api/v1/accounts/connections").json()["results"]
    assert [each["data_class"]["name"] for each in row["reads"]] == ["profile"], "as it is now, not as it was asked"
    assert row["classes"] == ["contacts", "profile"]
    assert sorted(userinfo(given["access_token"]).json()) == ["name", "sub"]
    taro = signed_in("見本 太郎", "taro@example.com")
    assert taro.get("/api/v1/accounts/connections").json()["results"] == []
    assert taro.ask("DELETE", f"/api/v1/accounts/connections/{row['id']}").status_code == 404
    assert userinfo(given["access_token"]).status_code == 200

    assert hanako.ask("DELETE", f"/api/v1/accounts/connections/{row['id']}").status_code == 204
    assert userinfo(given["access_token"]).status_code == 401
    assert library.redeem(code).json()["error"] == "invalid_grant"
    assert hanako.get("/api/v1/accounts/connections").json()["results"] == []
    assert hanako.ask("DELETE", f"/api/v1/accounts/connections/{row['id']}").status_code == 404
    assert back(hanako.open(library.request(prompt="none", scope="openid")))["error"] == "consent_required"
