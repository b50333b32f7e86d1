"""A phone's credential for a night without a database: good for two things, for seven days, on one phone."""

import json
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from accounts.models import NightCredential
from accounts.selectors import night
from accounts.selectors.night import NightRefused, carrier_of, city_keys, read_credential, read_night_message
from accounts.services import closing
from accounts.services.night import audience
from kernel import clock, signing
from kernel.use_case import Act
from tests.accounts.phones import App, Browser
from tests.factories.people import person

DOOR = "/api/v1/accounts/device_credential"
EMAIL = "mihon.hanako@example.com"
WEEK = timedelta(days=7)


class Phone:
    """A telephone with a key that never leaves it."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.jwk = {
            name: ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)[name] for name in ("kty", "crv", "x", "y")
        }

    def sign(self, body, kind, **header):
        content = json.dumps(body).encode()
        return jwt.api_jws.encode(content, self.key, "ES256", headers={"typ": kind, "jwk": self.jwk, **header})

    def proof(self, at=None, to=None):
        return self.sign({"aud": to or audience(), "iat": int((at or clock.now()).timestamp())}, night.PROOF_TYPE)

    def say(self, credential, body):
        return self.sign(body, night.MESSAGE_TYPE, credential=credential)


def wish(client, proof):
    return client.ask("POST", DOOR, {"proof": proof})


@pytest.fixture
def hanako(db, valkey, settings, tmp_path):
    """Hanako in her app."""
    settings.MACHI_HOME = tmp_path
    app = App()
    app.who = person("見本花子", email=EMAIL)
    app.sign_in(email=EMAIL)
    return app


def test_a_phone_reports_safe_without_a_database(hanako, django_assert_num_queries):
    phone, now = Phone(), clock.now()
    given = wish(hanako, phone.proof())
    assert given.status_code == 201
    credential, keys = given.json()["credential"], city_keys()

    with django_assert_num_queries(0):
        said = read_night_message(
            phone.say(credential, {"safe": True}), scope="safety.report", public_keys=keys, at=now + timedelta(days=6)
        )

    assert json.loads(said.body) == {"safe": True}
    assert said.claims.scope == "safety.report shelter.check_in"
    assert said.claims.exp - said.claims.iat == pytest.approx(WEEK.total_seconds(), abs=1)
    assert carrier_of(said.claims) == hanako.who.resident_id
    assert str(hanako.who.resident_id) not in str(jwt.decode(credential, options={"verify_signature": False}))
    assert jwt.get_unverified_header(credential)["typ"] == "machi-night+jwt"


def test_it_is_good_for_nothing_else(hanako):
    credential = wish(hanako, Phone().proof()).json()["credential"]

    stranger = App()
    stranger.access = credential
    assert stranger.me().status_code == 401
    assert stranger.post("tokens/refresh", {"refresh_token": credential}).status_code == 400
    for purpose in ("log", "consent", "openid"):
        with pytest.raises(signing.SignatureInvalid):
            signing.verify(purpose, credential, typ=night.TYPE)
    with pytest.raises(NightRefused):
        read_night_message(Phone().say(credential, {}), scope="wallet.pay", public_keys=city_keys(), at=clock.now())


def test_what_is_forged_changed_old_or_anothers_is_refused(hanako):
    phone, thief, now = Phone(), Phone(), clock.now()
    credential, keys = wish(hanako, phone.proof()).json()["credential"], city_keys()
    head, body, signature = phone.say(credential, {"safe": True}).split(".")
    other = signing.sign("log", b"{}", typ=night.TYPE)
    claims = json.loads(jwt.api_jws.decode(credential, options={"verify_signature": False}))
    named = {"typ": night.TYPE, "kid": keys[0]["kid"]}
    longer = json.dumps(claims | {"exp": claims["exp"] + 9}).encode()
    own_make = jwt.api_jws.encode(longer, thief.key, "ES256", headers=named)
    unsigned = jwt.api_jws.encode(b"{}", "", "none", headers=named)

    for message in (
        f"{head}.{body[:-2]}.{signature}", f"{head}.{body}.", "", "a.b.c", "é",
        thief.say(credential, {}), phone.say(other, {}), phone.say(own_make, {}), phone.say(unsigned, {}), phone.say(None, {}),
        phone.sign({}, night.PROOF_TYPE, credential=credential),
        phone.sign({}, night.MESSAGE_TYPE, credential=credential, jwk=None),
        phone.sign({}, night.MESSAGE_TYPE, credential=credential, jwk=phone.jwk | {"x": "AA"}),
    ):  # fmt: skip
        with pytest.raises(NightRefused):
            read_night_message(message, scope="safety.report", public_keys=keys, at=now)
    good = phone.say(credential, {})
    for moment in (now + WEEK + timedelta(seconds=1), now - timedelta(minutes=6)):
        with pytest.raises(NightRefused):
            read_night_message(good, scope="safety.report", public_keys=keys, at=moment)
    with pytest.raises(NightRefused):
        read_credential(credential, public_keys=[], at=now)


def test_a_proof_must_be_of_this_moment_for_this_address(hanako):
    phone, now = Phone(), clock.now()
    for proof in (
        phone.proof(at=now - timedelta(minutes=6)), phone.proof(at=now + timedelta(minutes=6)), phone.proof(to="https://evil.example"),
        phone.sign({}, night.PROOF_TYPE), phone.sign({"aud": audience(), "iat": "x"}, night.PROOF_TYPE),
        phone.sign({"aud": audience(), "iat": 10**18}, night.PROOF_TYPE), phone.sign([], night.PROOF_TYPE),
        phone.sign({"aud": audience(), "iat": 1}, "JWT"), "x", phone.proof()[:-4] + "AAAA",
    ):  # fmt: skip
        refused = wish(hanako, proof)
        assert (refused.status_code, refused.json()["code"]) == (422, "device_proof_refused")
    assert wish(hanako, "").status_code == 422
    assert wish(hanako, "x" * 3000).status_code == 422
    assert wish(Browser(), phone.proof()).status_code == 401
    assert not NightCredential.objects.exists()


def test_renewed_it_keeps_its_pseudonym_and_an_eleventh_phone_takes_the_place_of_the_first(hanako):
    phone = Phone()
    first, again = (wish(hanako, phone.proof()).json()["credential"] for _time in range(2))
    subject = [
        json.loads(jwt.api_jws.decode(each, options={"verify_signature": False}))["sub"] for each in (first, again)
    ]
    assert subject[0] == subject[1]

    for _more in range(10):
        wish(hanako, Phone().proof())

    assert NightCredential.objects.count() == 10
    assert carrier_of(read_credential(first, public_keys=city_keys(), at=clock.now())) is None


def test_signed_out_elsewhere_or_closed_it_is_nobodys(hanako):
    claims = [
        read_credential(wish(client, Phone().proof()).json()["credential"], public_keys=city_keys(), at=clock.now())
        for client in (hanako, _also(App()))
    ]
    browser = _also(Browser())
    rows = [each["id"] for each in browser.get("auth/sessions").json()["data"] if not each["is_current"]]

    browser.ask("DELETE", "auth/sessions", {"sessions": rows[:1]})
    assert [carrier_of(each) for each in claims] == [hanako.who.resident_id, None]
    closing.close_my_account(Act(hanako.who.principal, at=clock.now(), key="0123456789"), gives_up={})
    assert [carrier_of(each) for each in claims] == [None, None]


def _also(client):
    client.sign_in(email=EMAIL)
    return client
