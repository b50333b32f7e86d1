"""Introspection, revocation, machines, logout; and what happens when many ask at the same moment."""

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.idp.oidc.models import Token
from django.db import connection
from django.test import Client

from accounts.errors import RedirectRefused, ScopeRefused
from accounts.models import Connection
from accounts.services.partners import subjects, tokens
from accounts.services.partners.clients import disable_partner, register_partner
from accounts.services.partners.connecting import end_partner_tokens
from accounts.services.partners.subjects import pairwise_subject, unmask_subject
from kernel import clock
from kernel.models import AuditEntry
from kernel.principal import SYSTEM
from kernel.problems import NotAllowed, NotFound
from kernel.use_case import Act
from tests.accounts.openid.partner import TOKEN, Visitor, leads_to, partner, signed_in, userinfo
from tests.factories.people import employ, organisation, person

pytestmark = pytest.mark.django_db


def act(who=SYSTEM):
    return Act(who, at=clock.now())


def test_a_partner_asks_whether_its_token_is_good():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    said = library.introspect(given["access_token"])
    assert (said["active"], said["scope"], said["client_id"]) == (True, "openid profile", library.client_id)
    assert said["exp"] - said["iat"] == 600
    assert said["sub"] == userinfo(given["access_token"]).json()["sub"]
    assert library.introspect(given["refresh_token"])["token_type"] == "refresh_token"
    assert library.introspect("nonsense") == {"active": False}
    assert library.introspect(given["id_token"]) == {"active": False}


def test_other_organisations_learn_nothing_about_a_token():
    library, hanako, cinema = partner(), signed_in(), partner(name="映画館")
    token = library.redeem(hanako.connect(library)).json()["access_token"]
    assert cinema.introspect(token) == {"active": False}
    backend = partner("machine", organisation_id=library.organisation_id)
    assert backend.introspect(token)["active"] is True
    assert Client().post("/identity/o/introspect", {"token": token}).status_code in (400, 401)
    app = partner("native", organisation_id=library.organisation_id)
    assert app.ask("/identity/o/introspect", token=token).json() == {"active": False}


def test_a_revoked_refresh_token_takes_its_family_along():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    assert partner(name="ほか").ask("/identity/o/revoke", token=given["refresh_token"]).status_code == 200
    assert userinfo(given["access_token"]).status_code == 200  # not theirs to end
    assert library.ask("/identity/o/revoke", token=given["refresh_token"]).status_code == 200
    assert userinfo(given["access_token"]).status_code == 401
    assert library.refresh(given["refresh_token"]).json()["error"] == "invalid_grant"
    assert library.ask("/identity/o/revoke", token="unknown").status_code == 200
    assert library.ask("/identity/o/revoke").status_code == 400


def test_a_revoked_access_token_dies_alone():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    library.ask("/identity/o/revoke", token=given["access_token"], token_type_hint="access_token")
    assert userinfo(given["access_token"]).status_code == 401
    assert library.refresh(given["refresh_token"]).status_code == 200


def test_a_machine_signs_in_for_itself():
    machine = partner("machine", scopes=["data.read", "data.write"])
    answer = machine.ask(TOKEN, grant_type="client_credentials", scope="data.read")
    given = answer.json()
    assert (answer.status_code, given["scope"]) == (200, "data.read")
    assert "refresh_token" not in given
    assert "id_token" not in given
    said = machine.introspect(given["access_token"])
    assert (said["active"], "sub" in said) == (True, False)
    assert userinfo(given["access_token"]).status_code == 403
    assert (
        Client().get("/api/v1/accounts/me", headers={"authorization": f"Bearer {given['access_token']}"}).status_code
        == 401
    )
    assert machine.ask(TOKEN, grant_type="client_credentials", scope="openid").json()["error"] == "invalid_scope"
    assert machine.ask(TOKEN, grant_type="client_credentials", scope="other").json()["error"] == "invalid_scope"
    disable_partner(act(), client_id=machine.client_id, why="終了")
    assert machine.ask(TOKEN, grant_type="client_credentials").status_code == 401
    assert not Token.objects.exists()


def test_a_grant_that_is_not_offered_is_named_so():
    library = partner()
    for grant in ("password", "urn:ietf:params:oauth:grant-type:token-exchange", "implicit"):
        said = library.ask(TOKEN, grant_type=grant, username="hanako", password="a word")
        assert (said.status_code, said.json()["error"]) == (400, "unsupported_grant_type")
    assert library.ask(TOKEN).json()["error"] in ("invalid_request", "unsupported_grant_type")


def test_what_a_partner_holds_opens_nothing_of_the_city():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    for token in (given["access_token"], given["refresh_token"], given["id_token"]):
        answer = Client().get("/api/v1/accounts/me", headers={"authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_userinfo_takes_the_token_from_the_header_alone():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    token = given["access_token"]
    assert Client().get(f"/identity/o/userinfo?access_token={token}").status_code == 401
    assert Client().post("/identity/o/userinfo", {"access_token": token}).status_code == 401
    bare = Client().get("/identity/o/userinfo")
    assert (bare.status_code, bare["WWW-Authenticate"]) == (401, "Bearer")
    for wrong in (given["refresh_token"], given["id_token"], "", "x", "\u00e9"):
        assert userinfo(wrong).status_code == 401
    answer = userinfo(token)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.has_header("Access-Control-Allow-Origin")


@pytest.mark.postgres
@pytest.mark.slow  # twenty exchanges at once, in threads with connections of their own
@pytest.mark.parametrize("kind", ["code", "refresh"])
def test_of_many_at_once_one_at_most_gets_tokens_and_nothing_of_it_lives(committed_db, kind):
    library, hanako = partner(), signed_in()
    code = hanako.connect(library)
    first = library.redeem(code).json() if kind == "refresh" else {}

    def ask(_number):
        try:
            answer = library.redeem(code) if kind == "code" else library.refresh(first["refresh_token"])
            return answer.status_code, answer.json()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(ask, range(20)))

    given = [body for status, body in answers if status == 200]
    assert {status for status, _body in answers} <= {200, 400}
    assert len(given) <= 1
    assert all(userinfo(body["access_token"]).status_code == 401 for body in [*given, *filter(None, [first])])
    assert not Token.objects.filter(type__in=["at", "rt"]).exists()


def test_only_with_a_reason_and_the_right_a_number_is_turned_back():
    library, hanako = partner(), signed_in()
    token = library.redeem(hanako.connect(library)).json()["access_token"]
    number = userinfo(token).json()["sub"]
    office = organisation("city", "人吉市", "Hitoyoshi")
    officer, administrator = person("職員"), person("管理")
    employ(officer, office, "city.officer")
    employ(administrator, office, "city.administrator")
    asked = {"organisation_id": library.organisation_id, "subject": number, "why": "事故対応 受付123"}

    with pytest.raises(NotAllowed):
        unmask_subject(act(officer.principal), **asked)
    with pytest.raises(NotFound):
        unmask_subject(
            act(administrator.principal), **asked | {"organisation_id": partner(name="ほか").organisation_id}
        )
    assert not AuditEntry.objects.filter(action="accounts.unmask_subject").exists()

    found = unmask_subject(act(administrator.principal), **asked)
    assert found.resident_id == hanako.person.resident_id
    row = AuditEntry.objects.get(action="accounts.unmask_subject")
    assert (row.actor, row.subject, row.why) == (
        administrator.resident_id,
        hanako.person.resident_id,
        "事故対応 受付123",
    )


def test_a_number_outlives_the_process_and_is_no_ones_elsewhere():
    where, who = organisation(), person().resident_id
    before = pairwise_subject(where, who)
    subjects._known.clear()
    assert pairwise_subject(where, who) == before
    assert len(before) == 43
    assert pairwise_subject(organisation(), who) != before


@pytest.mark.parametrize(
    ("kind", "address", "is_good"),
    [
        ("web", "https://a.example.jp/cb", True), ("web", "https://a.example.jp/cb?x=1", True),
        ("web", "http://a.example.jp/cb", False), ("web", "https://*.example.jp/cb", False),
        ("web", "https://a.example.jp/cb#f", False), ("web", "https://a.example.jp/../cb", False),
        ("web", "https://user@a.example.jp/cb", False), ("web", "https://localhost/cb", False),
        ("web", "https://a.example.jp/c b", False), ("web", "https://a.example.jp\\@evil.example/cb", False),
        ("web", "javascript:alert(1)", False), ("web", "jp.example.app:/cb", False), ("web", "https://a.example.jp/\ncb", False),
        ("native", "jp.example.app:/cb", True), ("native", "myapp:/cb", False), ("native", "http://127.0.0.1:4711/cb", True),
        ("native", "http://[::1]/cb", True), ("native", "javascript:/alert", False), ("native", "data.x:text", False),
        ("machine", "https://a.example.jp/cb", False),
    ],
)  # fmt: skip
def test_an_address_is_registered_only_if_it_can_be_compared(settings, kind, address, is_good):
    settings.DEMO = False
    wanted = {
        "organisation_id": organisation(), "kind": kind, "name": "試", "name_en": "T", "contacts": "c", "why": "w",
        "scopes": ["data.read"] if kind == "machine" else ["openid"], "redirect_uris": [address], "logout_uris": [],
    }  # fmt: skip
    if is_good:
        assert register_partner(act(), **wanted).client_id
        return
    with pytest.raises(RedirectRefused):
        register_partner(act(), **wanted)


@pytest.mark.parametrize(
    ("kind", "scopes"),
    [("web", ["data.read"]), ("machine", ["profile"]), ("machine", []), ("machine", ["a b"]), ("device", ["openid"])],
)
def test_a_kind_of_service_has_its_own_scopes(kind, scopes):
    with pytest.raises(ScopeRefused):
        partner(kind, scopes=scopes or [""])


def test_a_partner_cannot_sign_anybody_out_by_a_link():
    library, hanako = partner(logout_uris=["https://library.example.jp/bye"]), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    link = f"/identity/o/logout?id_token_hint={given['id_token']}&post_logout_redirect_uri=https://library.example.jp/bye&state=s1"

    page = hanako.open(link)
    assert page.status_code == 200
    assert "サインアウトしますか" in page.content.decode()
    assert hanako.me().status_code == 200
    form = {
        "answer": "leave",
        "id_token_hint": given["id_token"],
        "state": "s1",
        "post_logout_redirect_uri": "https://library.example.jp/bye",
    }
    assert hanako.client.post("/identity/o/logout", form | {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert hanako.me().status_code == 200

    token = hanako.client.cookies["csrftoken"].value
    gone = hanako.client.post("/identity/o/logout", form | {"csrfmiddlewaretoken": token})
    assert leads_to(gone) == "https://library.example.jp/bye?state=s1"
    assert hanako.me().status_code == 401
    assert userinfo(given["access_token"]).status_code == 401
    assert Connection.objects.get().ended_at is None


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "https://library.example.jp/bye/", "//evil.example", "javascript:x"]
)
def test_logging_out_leads_nowhere_else(address):
    library = partner(logout_uris=["https://library.example.jp/bye"])
    for named in ({"client_id": library.client_id}, {}):
        gone = Client().get("/identity/o/logout", {"post_logout_redirect_uri": address, **named})
        assert (gone.status_code, gone["Location"]) == (303, "/")
    known = {"post_logout_redirect_uri": "https://library.example.jp/bye", "client_id": library.client_id}
    assert Client().get("/identity/o/logout", known)["Location"] == "https://library.example.jp/bye"


def test_strange_bytes_are_refused_and_never_a_fault():
    library, visitor = partner(), Visitor()
    for query in ("%00", "client_id=%ff%fe", "client_id[]=1", "=&=&", "client_id=" + "9" * 5000, "scope=%F0%28%8C%28"):
        assert visitor.client.get(f"/identity/o/authorize?{query}").status_code == 400
    for path in ("token", "revoke", "introspect", "device_authorization"):
        for body, kind in (
            (b"\x00\xff", "application/x-www-form-urlencoded"),
            (b"{}", "application/json"),
            (b"a=1&a=2", "text/plain"),
        ):
            assert 400 <= Client().post(f"/identity/o/{path}", body, kind).status_code < 500
        assert Client().get(f"/identity/o/{path}").status_code == 405
    for header in (
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"a").decode(),
        "Basic " + base64.b64encode(b"\xff:\0").decode(),
    ):
        answer = Client().post(
            TOKEN,
            "grant_type=authorization_code&code=x",
            "application/x-www-form-urlencoded",
            headers={"authorization": header},
        )
        assert answer.status_code in (400, 401), header
    assert library.redeem("\ud800".encode("utf-8", "surrogatepass").decode("latin-1")).status_code == 400


def test_a_flood_of_one_connection_is_slowed_down(settings, monkeypatch):
    monkeypatch.setattr("accounts.api.openid.tokens.KNOCKS_A_MINUTE", 3)
    library = partner()
    answers = [library.redeem("x").status_code for _ in range(5)]
    assert answers == [400, 400, 400, 429, 429]
    assert settings.DEMO


def test_no_log_holds_what_opens_a_door(caplog):
    caplog.set_level("DEBUG")
    library, hanako = partner(), signed_in()
    code = hanako.connect(library)
    given = library.redeem(code).json()
    library.redeem("wrong-code-of-somebody")
    library.introspect(given["access_token"])
    library.refresh(given["refresh_token"])
    userinfo(given["access_token"])
    for value in (code, library.secret, given["access_token"], given["refresh_token"], given["id_token"]):
        assert value not in caplog.text


def test_what_was_taken_before_the_end_gets_nothing_after_it():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    taken = tokens.take_refresh_token(act(), client_id=library.client_id, refresh_token=given["refresh_token"])
    end_partner_tokens(act(), user_id=hanako.person.user_id)
    kept = tokens.keep_tokens(
        act(), family_id=taken.family_id, user_id=taken.user_id, scopes=["openid"], family_scopes=["openid"],
        access_token="a" * 43, refresh_token=None,
    )  # fmt: skip
    assert not kept.is_kept
    assert userinfo("a" * 43).status_code == 401
