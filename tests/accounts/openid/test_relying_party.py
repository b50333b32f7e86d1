"""A relying party that others wrote, Authlib's, goes the whole way by nothing but the city's discovery document."""

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.accounts.openid.partner import back, leads_to, partner, signed_in


@pytest.fixture
def city(live_server, settings):
    """Serve the city on a port, under that address."""
    settings.PUBLIC_URL = live_server.url.replace("127.0.0.1", "localhost")
    return settings.PUBLIC_URL


def relying_party(city, service, method="client_secret_basic"):
    """Return what discovery says, and Authlib's client for it."""
    said = requests.get(f"{city}/.well-known/openid-configuration", timeout=10).json()
    assert said["issuer"] == city
    return said, OAuth2Session(
        client_id=service.client_id, client_secret=service.secret, redirect_uri=service.redirect_uri,
        token_endpoint_auth_method=method, code_challenge_method="S256", scope="openid profile",
        token_endpoint=said["token_endpoint"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "method"), [("web", "client_secret_basic"), ("web", "client_secret_post"), ("native", "none")]
)
def test_authlib_signs_a_person_in(city, kind, method):
    service, hanako = partner(kind), signed_in()
    said, client = relying_party(city, service, method)
    verifier, nonce = generate_token(48), generate_token(16)

    address, state = client.create_authorization_url(
        said["authorization_endpoint"], nonce=nonce, code_verifier=verifier, prompt="consent", max_age=600
    )
    answer = hanako.answer(address.removeprefix(city))
    assert back(answer)["iss"] == said["issuer"]
    tokens = client.fetch_token(
        said["token_endpoint"], authorization_response=leads_to(answer), state=state, code_verifier=verifier
    )
    keys = KeySet.import_key_set(client.get(said["jwks_uri"], withhold_token=True).json())
    wanted = {
        "iss": {"essential": True, "value": said["issuer"]},
        "aud": {"essential": True, "value": service.client_id},
    }
    known = {"nonce": nonce, "client_id": service.client_id, "access_token": tokens["access_token"], "max_age": 600}
    token = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"])
    claims = CodeIDToken(token.claims, token.header, wanted, known)
    claims.validate(leeway=5)
    assert client.get(said["userinfo_endpoint"]).json() == {"sub": claims["sub"], "name": "見本 花子"}

    old = tokens["access_token"]
    client.refresh_token(said["token_endpoint"], refresh_token=tokens["refresh_token"])
    assert client.token["access_token"] != old
    if kind == "web":
        assert client.introspect_token(said["introspection_endpoint"], token=client.token["access_token"]).json()[
            "active"
        ]
    assert client.revoke_token(said["revocation_endpoint"], token=client.token["refresh_token"]).status_code == 200
    assert client.get(said["userinfo_endpoint"]).status_code == 401


def test_authlibs_machine_signs_in_for_itself(city):
    machine = partner("machine")
    said, client = relying_party(city, machine)
    tokens = client.fetch_token(said["token_endpoint"], grant_type="client_credentials", scope="data.read")
    assert (tokens["scope"], tokens["expires_in"]) == ("data.read", 600)
