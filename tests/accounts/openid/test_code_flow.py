"""A partner signs a person in by this city's ID: the whole way, and every way to cheat on it."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.idp.oidc.models import Token
from django.conf import settings
from django.test import Client

from accounts.models import Connection, TokenFamily, User
from accounts.services.partners.clients import disable_partner, rotate_secret
from accounts.services.partners.connecting import end_partner_tokens
from kernel import clock, signing
from kernel.principal import SYSTEM
from kernel.use_case import Act
from tests.accounts.openid.partner import (
    AUTHORIZE,
    CHALLENGE,
    TOKEN,
    Visitor,
    back,
    leads_to,
    partner,
    signed_in,
    userinfo,
)

pytestmark = pytest.mark.django_db
ISSUER = settings.PUBLIC_URL


def act():
    return Act(SYSTEM, at=clock.now())


def claims_of(id_token, audience):
    """Check an ID token as a partner does, with what the city publishes."""
    keys = Client().get("/.well-known/jwks.json").json()["keys"]
    kid = jwt.get_unverified_header(id_token)["kid"]
    key = next(key for key in keys if key["kid"] == kid)
    return jwt.decode(id_token, jwt.PyJWK(key).key, ["RS256"], audience=audience, issuer=ISSUER)


def test_a_person_signs_in_at_a_partner():
    library, hanako = partner(), signed_in()

    stranger = Client().get(library.request())
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/sign-in?next=%2Fidentity%2Fo%2Fauthorize%3Fresponse_type%3Dcode")
    answer = back(hanako.answer(library.request()))
    tokens = library.redeem(answer["code"])

    assert {name: value for name, value in answer.items() if name != "code"} == {"state": "the-state", "iss": ISSUER}
    assert tokens.status_code == 200, tokens.content
    given = tokens.json()
    assert sorted(given) == ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"]
    assert (given["expires_in"], given["token_type"], given["scope"]) == (600, "Bearer", "openid profile")
    assert (tokens["Cache-Control"], tokens["Referrer-Policy"]) == ("no-store", "no-referrer")
    said = claims_of(given["id_token"], library.client_id)
    assert (said["nonce"], said["acr"], said["amr"]) == ("the-nonce", "urn:machi:authentication:1", ["otp"])
    assert said["exp"] - said["iat"] == 300
    assert 0 <= said["iat"] - said["auth_time"] < 60
    assert str(hanako.person.resident_id) not in given["id_token"] + said["sub"]
    assert userinfo(given["access_token"]).json() == {"sub": said["sub"], "name": "見本 花子"}


def test_nothing_that_opens_a_door_is_stored_as_it_is():
    library, hanako = partner(), signed_in()
    code = hanako.connect(library)
    assert code not in str(list(Token.objects.values()))
    given = library.redeem(code).json()
    stored = str(list(Token.objects.values())) + str(list(Token.objects.values("client__secret")))
    assert not [value for value in (given["access_token"], given["refresh_token"], library.secret) if value in stored]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid data.read"}, "invalid_scope"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "code id_token"}, "unauthorized_client"),
        ({"response_type": None}, "invalid_request"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"request": "e30."}, "request_not_supported"),
        ({"request_uri": "https://evil.example/r"}, "request_uri_not_supported"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "create"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"nonce": "n" * 3000}, "invalid_request"),
    ],
)
def test_a_request_that_is_not_ours_goes_back_as_an_error(changed, error):
    library, hanako = partner(), signed_in()
    answer = hanako.open(library.request(**changed))
    assert leads_to(answer).startswith("https://library.example.jp/cb?error=")
    told = back(answer)
    assert (told["error"], told["iss"], told["state"]) == (error, ISSUER, "the-state")
    assert "code" not in told
    assert not Connection.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://library.example.jp/cb/", "https://library.example.jp/CB", "https://library.example.jp/cb?a=1",
        "https://library.example.jp:443/cb", "https://library.example.jp/cb#x", "https://evil.example/cb",
        "https://library.example.jp.evil.example/cb", "https://library.example.jp/x/../cb", "//library.example.jp/cb",
        "https://library.example.jp@evil.example/cb", "javascript:alert(1)", "", "/cb", "https://library.example.jp/cb%00",
    ],
)  # fmt: skip
def test_an_address_that_is_not_the_registered_one_gets_nothing(address):
    library, hanako = partner(), signed_in()
    answer = hanako.open(library.request(redirect_uri=address))
    assert (answer.status_code, answer.get("Location")) == (400, None)
    assert "Referrer-Policy" in answer
    assert hanako.open(library.request(client_id="nobody")).status_code == 400
    assert hanako.open(library.request(client_id="a\0b")).status_code == 400
    assert hanako.open(library.request() + "&redirect_uri=https%3A%2F%2Fevil.example").status_code == 400


def test_a_code_is_good_once_and_its_second_use_ends_what_it_gave():
    library, hanako = partner(), signed_in()
    code = hanako.connect(library)
    given = library.redeem(code).json()
    assert userinfo(given["access_token"]).status_code == 200

    again = library.redeem(code)

    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert userinfo(given["access_token"]).status_code == 401
    assert library.refresh(given["refresh_token"]).json()["error"] == "invalid_grant"


def test_an_old_refresh_token_ends_the_family():
    library, hanako = partner(), signed_in()
    first = library.redeem(hanako.connect(library)).json()
    second = library.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert userinfo(second["access_token"]).status_code == 200

    stolen = library.refresh(first["refresh_token"])

    assert (stolen.status_code, stolen.json()["error"]) == (400, "invalid_grant")
    assert library.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert userinfo(second["access_token"]).status_code == 401
    assert TokenFamily.objects.filter(ended_at=None).count() == 0


def test_a_refresh_may_ask_for_less_and_never_for_more():
    library, hanako = partner(), signed_in()
    first = library.redeem(hanako.connect(library)).json()
    more = library.refresh(first["refresh_token"], scope="openid profile email")
    assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")
    less = library.refresh(first["refresh_token"], scope="openid").json()
    assert less["scope"] == "openid"
    assert library.refresh(less["refresh_token"]).json()["scope"] == "openid profile"


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"code_verifier": "another-verifier-that-is-long-enough-for-the-rule-0123456789"}, 400, "invalid_grant"),
        ({"code_verifier": None}, 400, "invalid_request"),
        ({"redirect_uri": "https://library.example.jp/other"}, 400, "invalid_grant"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials", "scope": "openid"}, 400, "unauthorized_client"),
        ({"grant_type": None}, 400, "unsupported_grant_type"),
        ({"code": "no-such-code"}, 400, "invalid_grant"),
        ({"code": "nul\0"}, 400, "invalid_request"),
    ],
)
def test_an_exchange_that_does_not_fit_gets_no_token(changed, status, error):
    library, hanako = partner(), signed_in()
    asked = {"code": hanako.connect(library)} | changed
    answer = library.redeem(**asked)
    assert answer.status_code == status
    assert answer.json()["error"] in (error, "unauthorized_client", "invalid_request")
    assert not Token.objects.filter(type__in=["at", "rt"]).exists()


def test_who_does_not_know_the_secret_is_no_client():
    library, hanako = partner(), signed_in()
    code = hanako.connect(library)
    for secret in ("", "wrong", "!", "sha256$"):
        forged = type(library)(library.client_id, secret or "x", library.organisation_id, library.redirect_uri)
        assert forged.redeem(code).status_code == 401
        assert (
            forged.ask(TOKEN, basic=False, grant_type="authorization_code", code=code, client_secret=secret).status_code
            == 401
        )
    both = library.ask(
        TOKEN, grant_type="authorization_code", code=code, client_id="other", client_secret=library.secret
    )
    assert both.status_code == 401
    in_the_address = Client().post(f"{TOKEN}?code={code}&client_secret={library.secret}&client_id={library.client_id}")
    assert in_the_address.status_code == 400
    assert library.redeem(code).status_code == 200


def test_a_new_secret_ends_the_old_one():
    library, hanako = partner(), signed_in()
    fresh = rotate_secret(act(), client_id=library.client_id, why="漏えいのおそれ")
    assert library.redeem(hanako.connect(library)).status_code == 401
    renewed = type(library)(library.client_id, fresh.secret, library.organisation_id, library.redirect_uri)
    assert renewed.redeem(hanako.connect(renewed)).status_code == 200


def test_another_partners_code_is_worth_nothing_and_dies():
    library, other, hanako = partner(), partner(name="ほか"), signed_in()
    code = hanako.connect(library)
    assert other.redeem(code).json()["error"] == "invalid_grant"
    assert library.redeem(code).json()["error"] == "invalid_grant"


def test_an_app_without_a_secret_needs_the_same_challenge():
    app, hanako = partner("native"), signed_in()
    answer = hanako.answer(app.request())
    assert answer["Location"].startswith("jp.example.library:/cb?code=")  # a scheme opens after the person's own press
    policy = hanako.open(app.request(prompt="consent"))["Content-Security-Policy"]
    assert "form-action 'self' jp.example.library:;" in policy
    given = app.redeem(back(answer)["code"])
    assert given.status_code == 200
    assert back(hanako.open(app.request(code_challenge=None, code_challenge_method=None)))["error"] == "invalid_request"


def test_a_no_goes_back_and_leaves_nothing():
    library, hanako = partner(), signed_in()
    told = back(hanako.answer(library.request(), answer="no"))
    assert told == {"error": "access_denied", "state": "the-state", "iss": ISSUER}
    assert not Connection.objects.exists()


def test_nobody_can_say_yes_for_another():
    library, hanako = partner(), signed_in()
    forged = hanako.client.post(library.request(), {"answer": "yes", "csrfmiddlewaretoken": "x" * 64})
    assert forged.status_code == 403
    from_elsewhere = hanako.client.post(
        library.request(), {"answer": "yes"}
    )  # a partner's form: asked anew, not answered
    assert (from_elsewhere.status_code, from_elsewhere["Location"][:22]) == (302, f"{AUTHORIZE}?")
    assert not Connection.objects.exists()


def test_the_question_says_who_reads_what_and_stays_out_of_stores():
    library, hanako = partner(), signed_in()
    words = hanako.words(library.request(scope="openid profile email"))
    for part in (
        "くま川図書館 にサインインしますか？",
        "運営：くま川サービス",
        "見本 花子 さん",
        "お名前",
        "メールアドレス",
    ):
        assert part in words
    page = hanako.open(library.request(scope="openid"))
    assert "お名前や連絡先は見せません" in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert "form-action 'self';" in policy
    assert "unsafe" not in policy
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    english = hanako.words(library.request(ui_locales="en ja"))
    assert "Kumagawa Library" in english


def test_without_asking_only_where_all_is_said():
    library, hanako = partner(), signed_in()
    silent = library.request(prompt="none", scope="openid")
    assert back(Visitor().open(silent))["error"] == "login_required"
    assert back(hanako.open(silent))["error"] == "consent_required"
    hanako.connect(library, scope="openid")
    assert "code" in back(hanako.open(silent))
    assert "code" in back(hanako.open(library.request(scope="openid")))  # asked once, not every time
    assert hanako.open(library.request(scope="openid", prompt="consent")).status_code == 200
    assert back(hanako.open(library.request(prompt="none")))["error"] == "consent_required"


def test_a_partner_that_wants_a_fresh_sign_in_gets_one():
    library, hanako = partner(), signed_in()
    for wish in (
        {"prompt": "login"},
        {"max_age": "0"},
        {"acr_values": "urn:machi:authentication:2"},
        {"prompt": "select_account"},
    ):
        sent = hanako.open(library.request(**wish))
        assert sent.status_code == 302
        assert sent["Location"].startswith("/sign-in?next=%2Fidentity%2Fo%2Fauthorize%3F")
        assert "&again=1" in sent["Location"]
    assert hanako.open(library.request(max_age="600")).status_code == 200
    hanako.connect(library, scope="openid")
    assert back(hanako.open(library.request(prompt="none", max_age="0", scope="openid")))["error"] == "login_required"


def test_a_mark_of_ours_is_good_for_its_own_request_alone():
    library, hanako = partner(), signed_in()
    onwards = parse_qs(urlsplit(hanako.open(library.request(prompt="login"))["Location"]).query)["next"][0]
    assert back(hanako.open(onwards))["error"] == "login_required"  # came back without signing in
    mark = onwards.partition("machi_since=")[2]
    other = library.request(prompt="login", state="another") + f"&machi_since={mark}"
    assert hanako.open(other)["Location"].startswith("/sign-in?next=")
    fresh = Visitor()
    fresh.sign_in(email="hanako@example.com")
    assert fresh.open(onwards).status_code == 200  # the same request, and a sign-in since
    level_two = parse_qs(
        urlsplit(fresh.open(library.request(acr_values="urn:machi:authentication:2"))["Location"]).query
    )["next"][0]
    assert fresh.open(level_two).status_code == 200  # a wish, not a demand: the ID token says what was reached


def test_an_id_token_hint_must_name_the_person_in_front():
    library, hanako = partner(), signed_in()
    token = library.redeem(hanako.connect(library)).json()["id_token"]
    assert hanako.open(library.request(id_token_hint=token, prompt="consent")).status_code == 200
    taro = signed_in("見本 太郎", "taro@example.com")
    assert back(taro.open(library.request(id_token_hint=token)))["error"] == "login_required"
    assert back(hanako.open(library.request(id_token_hint="e30.e30.x")))["error"] == "login_required"
    other = partner(name="ほか")
    assert back(hanako.open(other.request(id_token_hint=token)))["error"] == "login_required"


def test_two_partners_know_one_person_by_different_numbers():
    library, cinema, hanako = partner(), partner(name="映画館"), signed_in()
    kiosk = partner("native", organisation_id=library.organisation_id)
    subjects = [
        claims_of(each.redeem(hanako.connect(each)).json()["id_token"], each.client_id)["sub"]
        for each in (library, cinema, kiosk, library)
    ]
    assert subjects[0] == subjects[3] == subjects[2] != subjects[1]


def test_a_closed_or_disabled_account_takes_its_tokens_along():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    User.objects.filter(pk=hanako.person.user_id).update(is_active=False)
    assert userinfo(given["access_token"]).status_code == 401
    assert library.introspect(given["access_token"]) == {"active": False}
    assert library.refresh(given["refresh_token"]).json()["error"] == "invalid_grant"
    User.objects.filter(pk=hanako.person.user_id).update(is_active=True)

    hanako.sign_in(email="hanako@example.com") if hanako.me().status_code == 401 else None
    given = library.redeem(hanako.connect(library)).json()
    code = hanako.connect(library)
    end_partner_tokens(act(), user_id=hanako.person.user_id)
    assert userinfo(given["access_token"]).status_code == 401
    assert library.redeem(code).json()["error"] == "invalid_grant"
    assert not Token.objects.filter(user_id=hanako.person.user_id).exists()
    assert not Connection.objects.filter(ended_at=None).exists()


def test_a_stopped_service_ends_at_once():
    library, hanako = partner(), signed_in()
    given = library.redeem(hanako.connect(library)).json()
    disable_partner(act(), client_id=library.client_id, why="契約終了")
    assert userinfo(given["access_token"]).status_code == 401
    assert library.refresh(given["refresh_token"]).status_code == 401
    assert hanako.open(library.request()).status_code == 400


def test_keys_turn_over_and_what_was_signed_stays_good():
    library, hanako = partner(), signed_in()
    before = library.redeem(hanako.connect(library)).json()["id_token"]
    signing.rotate("openid")
    after = library.redeem(hanako.connect(library)).json()["id_token"]
    kids = [jwt.get_unverified_header(token)["kid"] for token in (before, after)]
    assert kids[0] != kids[1]
    assert {key["kid"] for key in Client().get("/.well-known/jwks.json").json()["keys"]} == set(kids)
    assert claims_of(before, library.client_id)["sub"] == claims_of(after, library.client_id)["sub"]
    private = {"d", "p", "q", "dp", "dq", "qi"}
    assert not private & set().union(*Client().get("/.well-known/jwks.json").json()["keys"])


def test_the_city_says_what_it_can_do():
    answer = Client(HTTP_HOST="localhost").get("/.well-known/openid-configuration")
    said = answer.json()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (said["issuer"], said["token_endpoint"]) == (ISSUER, f"{ISSUER}/identity/o/token")
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["response_types_supported"] == ["code"]
    assert said["subject_types_supported"] == ["pairwise"]
    assert said["authorization_response_iss_parameter_supported"] is True
    assert "registration_endpoint" not in said
    assert not [path for path in ("clients", "api/clients", "api/token", "device") if _exists(f"/identity/o/{path}")]


def _exists(path):
    return Client().post(path).status_code != 404 or Client().get(path).status_code != 404


def test_an_s256_challenge_has_the_one_length():
    assert len(CHALLENGE) == 43
