"""The My Number card: from a demo city's provider to level 3, and every answer that proves nothing refused."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from accounts.gateways.card import mock_provider
from accounts.gateways.card.mock_provider import CLIENT_ID, MockProvider
from accounts.gateways.store import store
from accounts.models import Card, Identity, User
from accounts.selectors import ResidentPrincipal
from kernel import clock
from kernel.access import OutsideAccess
from kernel.assurance import require
from kernel.problems import StepUpRequired
from tests.accounts.cards import CARD, begin, hand_in, lay_down, show
from tests.accounts.phones import App, Browser

pytestmark = pytest.mark.django_db

HANAKO = "hanako@example.com"


@pytest.fixture
def hanako(browser):
    browser.sign_up(email=HANAKO, display_name="花子")
    return browser


def my_id(phone):
    return phone.ask("GET", "/api/v1/accounts/id").json()


def level(phone):
    """Return account level, authentication level and whether a card stands for the account."""
    found = my_id(phone)
    return found["level"], found["authentication_level"], found["has_card"]


def test_hanako_lays_down_her_card_and_is_known_surely(hanako):
    assert level(hanako) == (1, 1, False)

    answer = show(hanako)

    assert (answer.status_code, answer.json()) == (200, {"purpose": "raise", "level": 3})
    found = my_id(hanako)
    assert (found["level"], found["authentication_level"], found["has_card"]) == (3, 3, True)
    assert {name: found["identity"][name] for name in ("name", "address", "birthdate", "gender", "source")} == {
        "name": "見本 花子",
        "address": "熊本県人吉市見本町1番地1",
        "birthdate": "1988-04-02",
        "gender": "female",
        "source": "card",
    }
    [step] = hanako.ask("GET", "/api/v1/accounts/id/verifications").json()["results"]
    assert (step["kind"], step["level_before"], step["level_after"], step["by_officer"]) == ("card", 1, 3, False)


def test_neither_pairwise_id_nor_name_stands_in_the_database_in_clear(hanako):
    show(hanako)
    ppid = mock_provider.ppid(mock_provider.holder_by_id("hanako"))

    with connection.cursor() as cursor:
        for table in (
            "accounts_card",
            "accounts_identity",
            "accounts_verification",
            "kernel_audit",
            "kernel_access_log",
        ):
            cursor.execute(f"SELECT has_table_privilege('{table}', 'SELECT')")
            if cursor.fetchone()[0]:
                cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
                kept = cursor.fetchone()[0]
                assert ppid not in kept
                assert ppid.encode().hex() not in kept
                assert "見本 花子" not in kept
    assert Card.objects.get().ppid_index != ppid


def test_she_signs_in_by_card_elsewhere(hanako):
    show(hanako)
    elsewhere = Browser()

    answer = show(elsewhere, purpose="sign_in")

    assert (answer.status_code, answer.json()) == (200, {"purpose": "sign_in", "level": 3})
    assert elsewhere.me().json()["display_name"] == "花子"
    assert level(elsewhere) == (3, 3, True)
    assert len(hanako.get("auth/sessions").json()["data"]) == 2


def test_a_card_that_nobody_has_shown_signs_nobody_in(browser):
    answer = show(browser, purpose="sign_in")

    assert (answer.status_code, answer.json()["code"]) == (404, "card_unknown")
    assert browser.me().status_code == 401


def test_an_app_lays_down_its_card_too(app):
    app.sign_up(email=HANAKO)

    assert show(app).json() == {"purpose": "raise", "level": 3}
    assert level(app) == (3, 3, True)


def test_one_card_is_one_person(hanako):
    show(hanako)
    taro = Browser()
    taro.sign_up(email="taro@example.com")

    answer = show(taro, "hanako")

    assert (answer.status_code, answer.json()["code"]) == (409, "card_of_another")
    assert "窓口" in answer.json()["title"]
    assert level(taro) == (1, 1, False)
    assert Card.objects.count() == 1


def test_another_card_is_not_taken_for_hers(hanako):
    show(hanako)
    other = show(hanako, "taro")

    assert (other.status_code, other.json()["code"]) == (409, "another_card")
    assert my_id(hanako)["identity"]["name"] == "見本 花子"


def test_a_card_of_yesterday_is_level_3_and_old(hanako):
    """A ten-minute-old sign-in cannot do a level-3 act."""
    show(hanako)
    shown_at = datetime.fromisoformat(my_id(hanako)["authenticated_at"])
    user = User.objects.get()
    who = ResidentPrincipal(user, shown={3: shown_at})
    require(who, at=shown_at + timedelta(minutes=5), account=3, authentication=3)
    with pytest.raises(StepUpRequired) as refused:
        require(who, at=shown_at + timedelta(minutes=10), account=3, authentication=3)
    assert refused.value.members["step_up"] == [{"way": "card", "start": CARD + "start", "set_up": None}]


def test_a_first_card_is_laid_down_by_who_has_just_shown_who_they_are(hanako, monkeypatch):
    late = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr("kernel.web.doors.clock.now", lambda: late)

    answer = hanako.ask("POST", CARD + "start", {"purpose": "raise"})

    assert (answer.status_code, answer.json()["code"]) == (401, "step_up_required")


def test_a_stranger_and_a_page_of_another_site_begin_nothing(browser, hanako):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(CARD + "start", {"purpose": "sign_in"}, content_type="application/json").status_code == 403
    other = Browser()
    assert other.ask("POST", CARD + "start", {"purpose": "raise"}).json()["code"] == "not_signed_in"
    assert hanako.ask("POST", CARD + "start", {"purpose": "all"}).status_code == 422


def refused(phone, said, code="card_answer_invalid"):
    """Hand an answer in and see it refused, and that nothing has changed."""
    answer = hand_in(phone, said)
    assert answer.json()["code"] == code, answer.content
    assert answer.status_code in (400, 409)
    assert (Card.objects.count(), level(phone)) == (0, (1, 1, False))


def test_a_tampered_state_is_refused(hanako):
    said = lay_down(hanako, begin(hanako))
    refused(hanako, said | {"state": said["state"][:-1] + "_"}, "card_flow_over")


def test_a_state_of_another_sign_in_is_refused(hanako):
    """The thief of an answer, and who slips Hanako an answer of their own, get nowhere."""
    thief = Browser()
    thief.sign_up(email="thief@example.com")
    refused(hanako, lay_down(thief, begin(thief), "taro"), "card_flow_over")
    refused(thief, lay_down(hanako, begin(hanako)), "card_flow_over")


def test_an_answer_is_good_once(hanako):
    said = lay_down(hanako, begin(hanako))
    assert hand_in(hanako, said).status_code == 200

    replay = hand_in(hanako, said)

    assert (replay.status_code, replay.json()["code"]) == (409, "card_flow_over")


def test_an_answer_after_ten_minutes_is_refused(hanako, valkey):
    said = lay_down(hanako, begin(hanako))
    [name] = store().keys("machi:card:*")
    assert 590 <= store().ttl(name) <= 600
    store().delete(name)  # what the store itself does then
    refused(hanako, said, "card_flow_over")


@pytest.mark.parametrize("wrong", ["", "https://evil.example"])
def test_another_providers_answer_is_refused(hanako, wrong):
    """Mix-up (RFC 9207): the answer names who gave it."""
    refused(hanako, lay_down(hanako, begin(hanako)) | {"iss": wrong})


def test_a_replayed_code_is_refused_and_takes_back_what_it_gave(hanako):
    first, second = lay_down(hanako, begin(hanako)), lay_down(hanako, begin(hanako))
    store().delete(mock_provider._name("code", first["code"]))
    refused(hanako, second | {"code": first["code"]})


def test_a_code_of_another_flow_is_refused(hanako):
    """PKCE: the code fits the verifier of its own flow alone."""
    taro = Browser()
    taro.sign_up(email="taro@example.com")
    stolen = lay_down(taro, begin(taro), "taro")["code"]
    refused(hanako, lay_down(hanako, begin(hanako)) | {"code": stolen})


def rewritten(monkeypatch, change, header=None, key=None):
    """Let the provider sign something else."""

    def id_token(self, holder_id, nonce, access_token):
        read = jwt.decode(honest(self, holder_id, nonce, access_token), mock_provider._key(), algorithms=["ES256"])
        return jwt.encode(
            read.header | (header or {}), change(read.claims), key or mock_provider._key(), ["ES256", "HS256"]
        )

    honest = MockProvider.id_token
    monkeypatch.setattr(MockProvider, "id_token", id_token)


CHANGES = {
    "nonce of another flow": {"nonce": "another"},
    "audience of another client": {"aud": "another-client"},
    "audience of several": {"aud": [CLIENT_ID, "another-client"]},
    "authorized for another": {"azp": "another-client"},
    "another issuer": {"iss": "https://evil.example"},
    "run out": {"exp": 1_700_000_000},
    "made long ago": {"iat": 1_700_000_000},
    "made for another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "somebody else": {"sub": "somebody-else"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_id_token_that_says_something_else_is_refused(hanako, monkeypatch, change):
    rewritten(monkeypatch, lambda claims: claims | change)
    refused(hanako, lay_down(hanako, begin(hanako)))


@pytest.mark.parametrize("missing", ["nonce", "aud", "iss", "exp", "iat", "sub"])
def test_an_id_token_that_leaves_something_out_is_refused(hanako, monkeypatch, missing):
    rewritten(monkeypatch, lambda claims: {name: value for name, value in claims.items() if name != missing})
    refused(hanako, lay_down(hanako, begin(hanako)))


def test_an_id_token_of_another_key_is_refused(hanako, monkeypatch):
    rewritten(monkeypatch, lambda claims: claims, key=ECKey.import_key(ec.generate_private_key(ec.SECP256R1())))
    refused(hanako, lay_down(hanako, begin(hanako)))


def test_an_id_token_signed_with_the_public_key_as_secret_is_refused(hanako, monkeypatch):
    secret = OctKey.import_key(json.dumps(MockProvider().keys()["keys"][0]))
    rewritten(monkeypatch, lambda claims: claims, header={"alg": "HS256"}, key=secret)
    refused(hanako, lay_down(hanako, begin(hanako)))


def test_an_id_token_that_nobody_signed_is_refused(hanako, monkeypatch):
    honest = MockProvider.id_token

    def unsigned(self, *given):
        _header, claims, _signature = honest(self, *given).split(".")
        return "eyJhbGciOiJub25lIn0." + claims + "."

    monkeypatch.setattr(MockProvider, "id_token", unsigned)
    refused(hanako, lay_down(hanako, begin(hanako)))


def test_userinfo_that_speaks_of_somebody_else_is_refused(hanako, monkeypatch):
    honest = MockProvider.userinfo
    monkeypatch.setattr(
        MockProvider, "userinfo", lambda self, token: (200, honest(self, token)[1] | {"sub": "somebody-else"})
    )
    refused(hanako, lay_down(hanako, begin(hanako)))


@pytest.mark.parametrize(
    "wrong", [{"name": None}, {"name": ""}, {"name": 1}, {"name": "x" * 201}, {"birthdate": {}}, {"address": []}]
)
def test_userinfo_of_another_shape_is_refused(hanako, monkeypatch, wrong):
    honest = MockProvider.userinfo
    monkeypatch.setattr(MockProvider, "userinfo", lambda self, token: (200, honest(self, token)[1] | wrong))
    refused(hanako, lay_down(hanako, begin(hanako)))


def test_a_12_digit_number_is_ignored_as_a_claim_and_refused_inside_one(hanako, monkeypatch):
    honest, added = MockProvider.userinfo, {"individual_number": "123456789018"}
    monkeypatch.setattr(MockProvider, "userinfo", lambda self, token: (200, honest(self, token)[1] | added))
    assert show(hanako).status_code == 200
    assert "123456789018" not in json.dumps(my_id(hanako))

    added |= {"address": "熊本県人吉市 1234-5678-9018"}
    answer = show(hanako)
    assert (answer.status_code, answer.json()["code"]) == (422, "my_number_not_kept")
    assert my_id(hanako)["identity"]["address"] == "熊本県人吉市見本町1番地1"


@pytest.mark.parametrize("error", ["access_denied", "card_locked", "card_expired", "temporarily_unavailable"])
def test_who_breaks_off_is_told_and_nothing_has_changed(hanako, error):
    said = lay_down(hanako, begin(hanako), error=error)
    assert "code" not in said
    answer = hand_in(hanako, said)
    assert (answer.status_code, answer.json()["code"], answer.json()["reason"]) == (409, "card_not_read", error)
    assert level(hanako) == (1, 1, False)


def test_a_wrong_pin_goes_nowhere(hanako):
    page = urlsplit(begin(hanako))
    answer = hanako.client.post(
        f"{page.path}?{page.query}", {"holder": "hanako", "pin": "0000"}, headers=hanako.headers()
    )
    assert answer.status_code == 422
    assert "暗証番号が違います" in answer.content.decode()


def test_what_the_city_sends_along(hanako):
    query = parse_qs(urlsplit(begin(hanako)).query)
    assert query["scope"] == ["openid name address birthdate gender sign"]
    assert (query["response_type"], query["code_challenge_method"]) == (["code"], ["S256"])
    assert min(len(query[name][0]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_nobody_else_reads_who_hanako_is(hanako):
    show(hanako)
    with pytest.raises(OutsideAccess):
        Identity.objects.count()
    taro = App()
    taro.sign_up(email="taro@example.com")
    assert my_id(taro)["identity"] is None
    assert taro.ask("GET", "/api/v1/accounts/id/verifications").json()["results"] == []


def test_the_level_is_as_old_as_its_last_check(hanako):
    show(hanako)
    since = datetime.fromisoformat(my_id(hanako)["level_since"])
    assert abs((clock.now() - since).total_seconds()) < 60
    assert since.tzinfo == UTC
