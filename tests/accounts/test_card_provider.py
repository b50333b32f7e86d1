"""The demo city's card provider believes nothing that the city does not prove, and exists in a demo city alone."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey

from accounts.gateways.card import mock_provider
from accounts.gateways.card.mock_provider import CLIENT_ID, MockProvider
from kernel import clock, signing
from tests.accounts.cards import CARD, begin, hand_in, lay_down
from tests.accounts.test_cards import HANAKO

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanako(browser):
    browser.sign_up(email=HANAKO, display_name="花子")
    return browser


def assertion(**change):
    """Sign as the city, with something changed."""
    now = int(clock.now().timestamp())
    issuer = MockProvider().issuer
    claims = {
        "iss": CLIENT_ID, "sub": CLIENT_ID, "aud": issuer + "/token", "iat": now, "exp": now + 60, "jti": clock.now().isoformat()
    }  # fmt: skip
    key = signing.key_in_use("card")
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims | change, ECKey.import_key(key.private))


def exchange(phone, said, **form):
    """Ask the provider's token address over HTTP."""
    body = {
        "grant_type": "authorization_code", "code": said["code"], "redirect_uri": "http://localhost:8000/card/return",
        "code_verifier": "wrong", "client_assertion_type": mock_provider.ASSERTION,
    }  # fmt: skip
    return phone.client.post("/demo/card/token", body | form)


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "https://evil.example/token"},
        {"iss": "another"},
        {"sub": "another"},
        {"exp": 1_700_000_000},
        {"exp": 4_000_000_000},
        {"jti": ""},
        {"jti": None},
    ],
)
def test_the_provider_refuses_an_assertion_that_proves_nothing(hanako, change):
    said = lay_down(hanako, begin(hanako))
    answer = exchange(hanako, said, client_assertion=assertion(**change))
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert hand_in(hanako, said).status_code == 200


def test_the_provider_refuses_a_replayed_assertion(hanako):
    once = assertion()
    said = lay_down(hanako, begin(hanako))
    assert exchange(hanako, said | {"code": "unknown"}, client_assertion=once).json() == {"error": "invalid_grant"}
    assert exchange(hanako, said, client_assertion=once).json() == {"error": "invalid_client"}
    assert exchange(hanako, said, client_assertion="").json() == {"error": "invalid_client"}


def test_the_provider_refuses_a_wrong_verifier_and_the_code_is_gone(hanako):
    said = lay_down(hanako, begin(hanako))
    assert exchange(hanako, said, client_assertion=assertion()).json() == {"error": "invalid_grant"}
    answer = hand_in(hanako, said)
    assert (answer.status_code, answer.json()["code"]) == (400, "card_answer_invalid")


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "http://localhost:8000/card/return/"},
        {"redirect_uri": "https://evil.example/card/return"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"response_type": "token"},
        {"client_id": "another"},
        {"scope": "name"},
        {"scope": "openid individual_number"},
        {"nonce": ""},
    ],
)
def test_the_provider_sends_nobody_back_for_a_request_that_is_not_the_citys(hanako, wrong):
    page = urlsplit(begin(hanako))
    query = {name: values[0] for name, values in parse_qs(page.query).items()} | wrong
    answer = hanako.client.get(page.path, query)
    assert answer.status_code == 400
    assert hanako.client.post(f"{page.path}?{page.query}&nonce=", {}, headers=hanako.headers()).status_code == 400


def test_in_a_real_city_there_is_no_mock_and_no_card_until_it_is_registered(hanako, settings):
    settings.DEMO = False
    for path in (".well-known/openid-configuration", "keys", "authorize", "userinfo"):
        assert hanako.client.get("/demo/card/" + path).status_code == 404
    assert hanako.client.post("/demo/card/token").status_code == 404
    answer = hanako.ask("POST", CARD + "start", {"purpose": "raise"})
    assert (answer.status_code, answer.json()["code"]) == (404, "card_not_offered")


def test_a_registered_city_asks_its_own_provider_alone(hanako, settings, monkeypatch):
    settings.CARD = {"issuer": "https://card.example", "client_id": "city"}
    assert hanako.client.get("/demo/card/keys").status_code == 404
    answer = hanako.ask("POST", CARD + "start", {"purpose": "raise"})
    assert (answer.status_code, answer.json()["code"]) == (503, "card_provider_away")
    assert answer["Retry-After"] == "10"


def test_the_city_publishes_its_keys_and_no_private_half(db):
    [key] = Client().get(CARD + "keys").json()["keys"]
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
    assert "d" not in key
