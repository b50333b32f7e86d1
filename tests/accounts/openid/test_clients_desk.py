"""Officers register partner services in the admin: secrets are seen once, every deed has a reason, nobody else comes near."""

import re

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.contrib import admin

from accounts.models import Organisation, Partner
from kernel.models import AuditEntry
from tests.accounts.openid.partner import Partner as Service
from tests.accounts.openid.partner import Visitor, partner, signed_in, userinfo
from tests.factories.people import employ, organisation, person, show_second_factor

pytestmark = pytest.mark.django_db
ADD = "/admin/accounts/partner/add/"


@pytest.fixture
def desk(db):
    """Give a desk for each role, signed in."""
    office, desks = organisation("city", "人吉市", "Hitoyoshi"), {}
    for role in ("officer", "administrator"):
        employ(person(role, email=f"{role}@example.com"), office, f"city.{role}")
        browser = Visitor()
        browser.sign_in(email=f"{role}@example.com")
        desks[role] = show_second_factor(browser.client)
    return desks


def send(client, path, **fields):
    client.get(path)
    return client.post(path, fields, headers={"X-CSRFToken": client.cookies["csrftoken"].value})


def form(**changed):
    return {
        "organisation": organisation("partner", "くま川サービス", "Kumagawa"), "kind": "web", "name": "図書館",
        "name_en": "Library", "contacts": "desk@example.jp", "scopes": ["profile"], "machine_scopes": "",
        "redirect_uris": "https://library.example.jp/cb", "logout_uris": "", "why": "協定 第3号",
    } | changed  # fmt: skip


def test_an_officer_registers_a_service_and_sees_its_secret_once(desk):
    page = send(desk["officer"], ADD, **form())
    service = Partner.objects.get()
    words = page.content.decode()
    secret = re.findall(r"<code>([^<]+)</code>", words)[1]

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert re.findall(r"<code>([^<]+)</code>", words)[0] == service.pk
    assert secret not in OAuthClient.objects.get(pk=service.pk).secret
    assert service.client.get_scopes() == ["openid", "profile"]
    assert secret not in desk["officer"].get(f"/admin/accounts/partner/{service.pk}/change/").content.decode()
    row = AuditEntry.objects.get(action="accounts.register_partner")
    assert (row.why, row.what["client"]) == ("協定 第3号", service.pk)

    library = Service(service.pk, secret, service.organisation_id, "https://library.example.jp/cb")
    assert library.redeem(signed_in().connect(library)).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uris": "http://evil.example/cb"}, {"redirect_uris": ""}, {"scopes": ["root"]}, {"why": ""},
        {"redirect_uris": "https://*.example.jp/cb"}, {"kind": "machine", "scopes": [], "machine_scopes": "profile"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_registered(desk, changed):
    assert send(desk["officer"], ADD, **form(**changed)).status_code in (200, 302)
    assert not Partner.objects.exists()


def test_a_new_secret_and_the_end_of_a_service(desk):
    library, hanako = partner(), signed_in()
    token = library.redeem(hanako.connect(library)).json()["access_token"]
    path = f"/admin/accounts/partner/{library.client_id}/change/"

    assert send(desk["officer"], path, new_secret="on", why="").status_code == 200  # without a reason nothing happens
    assert "何をするかを選んでください" in send(desk["officer"], path, why="理由だけ").content.decode()
    assert library.introspect(token)["active"] is True
    page = send(desk["officer"], path, new_secret="on", why="定期の入れ替え").content.decode()
    renewed = Service(
        library.client_id, re.search(r"<code>([^<]+)</code>", page)[1], library.organisation_id, library.redirect_uri
    )
    assert library.ask("/identity/o/introspect", token=token).status_code == 401
    assert renewed.introspect(token)["active"] is True

    assert send(desk["officer"], path, stops="on", why="契約終了").status_code == 302
    assert userinfo(token).status_code == 401
    assert renewed.ask("/identity/o/introspect", token=token).status_code == 401
    stopped = desk["officer"].get(path).content.decode()
    assert 'name="new_secret"' not in stopped
    assert 'name="why"' not in stopped


def test_only_an_administrator_turns_a_number_back(desk):
    library, hanako = partner(), signed_in()
    token = library.redeem(hanako.connect(library)).json()["access_token"]
    number, path = userinfo(token).json()["sub"], f"/admin/accounts/partner/{library.client_id}/change/"

    send(desk["officer"], path, subject=number, why="調べたい")
    assert not AuditEntry.objects.filter(action="accounts.unmask_subject").exists()
    page = send(desk["administrator"], path, subject=number, why="事故対応 受付123").content.decode()
    assert str(hanako.person.resident_id) in page
    assert AuditEntry.objects.get(action="accounts.unmask_subject").subject == hanako.person.resident_id
    assert send(desk["administrator"], path, subject="x" * 43, why="試し").status_code == 200  # a sentence, not a fault


def test_the_desk_is_for_officers_and_tokens_have_no_page(desk):
    hanako = signed_in()
    assert hanako.open("/admin/accounts/partner/")["Location"].startswith("/admin/login/")
    assert not admin.site.is_registered(OAuthClient)
    assert not admin.site.is_registered(Token)
    assert desk["officer"].get("/admin/accounts/partner/").status_code == 200
    assert desk["officer"].get("/admin/allauth_idp_oidc/").status_code == 404
    assert Organisation.Kind.PARTNER == "partner"
