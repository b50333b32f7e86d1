"""The demo city's card provider: an OpenID provider that keeps the protocol to the letter; only its cards are made up.

It stands where the Digital Agency's stands for a real city, has a key of its own, believes nothing that the city does not prove
(assertion, code, verifier, address of return), and lets each of them be used once. Elsewhere than in a demo city it does not exist.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from accounts.gateways.card.mock_holders import Holder, holder_by_id
from accounts.gateways.card.words import RETURN_PATH
from accounts.gateways.store import store
from kernel import clock, signing

PATH = "/demo/card"
CLIENT_ID = "machi-demo-city"
SCOPES = frozenset({"openid", "name", "address", "birthdate", "gender", "sign"})
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CODE_LIVES_S = 60
TOKEN_LIVES_S = 300
ASSERTION_LIVES_S = 300
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

Answer = tuple[int, Mapping[str, Any]]


class Asked(msgspec.Struct, frozen=True):
    """A request for authorization that has been checked."""

    state: str
    nonce: str
    challenge: str
    scope: str


class Refused(Exception):
    """A request that is not the city's: answered on the provider's own page, never by a redirect."""


class _Fault(Exception):
    """An answer with an error of RFC 6749, 5.2."""


class MockProvider:
    """The provider's mind; pages and the transport only carry to it and from it."""

    @property
    def issuer(self) -> str:
        """The provider's name."""
        return str(settings.PUBLIC_URL) + PATH

    def metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "scopes_supported": sorted(SCOPES),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def keys(self) -> dict[str, Any]:
        """Return the public keys."""
        return {"keys": [_key().as_dict(private=False, use="sig", alg="ES256", kid=_kid())]}

    def asked(self, query: Mapping[str, str]) -> Asked:
        """Check a request for authorization; :raises Refused: for one that the city would not send."""
        wanted = {
            "client_id": CLIENT_ID, "redirect_uri": settings.PUBLIC_URL + RETURN_PATH, "response_type": "code",
            "code_challenge_method": "S256",
        }  # fmt: skip
        wrong = [name for name, value in wanted.items() if query.get(name) != value]
        wrong += [name for name in ("state", "nonce", "code_challenge") if not query.get(name)]
        scopes = set(query.get("scope", "").split())
        if "openid" not in scopes or not scopes <= SCOPES:
            wrong.append("scope")
        if wrong:
            raise Refused(", ".join(wrong))
        return Asked(query["state"], query["nonce"], query["code_challenge"], query["scope"])

    def grant(self, asked: Asked, holder: Holder) -> str:
        """Return where the person goes back to with a code that is good for a minute, once."""
        code = secrets.token_urlsafe(32)
        kept = {"nonce": asked.nonce, "challenge": asked.challenge, "scope": asked.scope, "holder": holder.id}
        store().set(_name("code", code), msgspec.json.encode(kept), ex=CODE_LIVES_S)
        return self._back(code=code, state=asked.state)

    def deny(self, asked: Asked, error: str) -> str:
        """Return where the person goes back to without."""
        return self._back(error=error, state=asked.state)

    def token(self, form: Mapping[str, str]) -> Answer:
        """Answer a request for tokens."""
        try:
            self._check_client(form)
            return 200, self._tokens(form)
        except _Fault as fault:
            error = str(fault)
            return 401 if error == "invalid_client" else 400, {"error": error}

    def userinfo(self, authorization: str) -> Answer:
        """Answer who the holder of an access token is, as far as its scopes go."""
        kept = store().get(_name("token", authorization.removeprefix("Bearer ")))
        if not authorization.startswith("Bearer ") or kept is None:
            return 401, {"error": "invalid_token"}
        said = msgspec.json.decode(kept)
        holder = holder_by_id(said["holder"])
        if holder is None:
            return 401, {"error": "invalid_token"}
        items = {name: getattr(holder, name) for name in said["scope"].split() if name in SCOPES - {"openid", "sign"}}
        return 200, {"sub": ppid(holder)} | items

    def _check_client(self, form: Mapping[str, str]) -> None:
        """Believe an assertion of the city's, made for this provider, lately, and never seen before (RFC 7523, 3)."""
        if form.get("client_assertion_type") != ASSERTION or form.get("client_id", CLIENT_ID) != CLIENT_ID:
            raise _Fault("invalid_client")
        try:
            keys = KeySet.import_key_set(signing.public_keys("card"))  # type: ignore[arg-type]
            claims = jwt.decode(form["client_assertion"], keys, algorithms=["ES256"]).claims
            is_good = _is_good(claims, (f"{self.issuer}/token", self.issuer))
        except (JoseError, LookupError, ValueError, TypeError):
            is_good = False
        seen = is_good and not store().set(_name("jti", str(claims["jti"])), "1", ex=ASSERTION_LIVES_S + 60, nx=True)
        if not is_good or seen:
            raise _Fault("invalid_client")

    def _tokens(self, form: Mapping[str, str]) -> dict[str, Any]:
        code = form.get("code", "")
        if form.get("grant_type") != "authorization_code":
            raise _Fault("unsupported_grant_type")
        if store().exists(
            _name("spent", code)
        ):  # RFC 6749, 4.1.2: what a replayed code had given is worth nothing either
            gave = cast("bytes | None", store().get(_name("spent", code)))
            store().delete(_name("token", (gave or b"").decode()))
            raise _Fault("invalid_grant")
        kept = store().getdel(_name("code", code))
        if kept is None:
            raise _Fault("invalid_grant")
        said = msgspec.json.decode(kept)
        token = secrets.token_urlsafe(32)
        store().set(_name("spent", code), token, ex=TOKEN_LIVES_S)
        is_same = form.get("redirect_uri") == settings.PUBLIC_URL + RETURN_PATH
        if not is_same or not hmac.compare_digest(_half(form.get("code_verifier", "")), said["challenge"]):
            raise _Fault("invalid_grant")
        store().set(_name("token", token), kept, ex=TOKEN_LIVES_S)
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": TOKEN_LIVES_S,
            "scope": said["scope"],
            "id_token": self.id_token(said["holder"], said["nonce"], token),
        }

    def id_token(self, holder_id: str, nonce: str, access_token: str) -> str:
        """Sign who came, for this city, for five minutes."""
        holder, now = holder_by_id(holder_id), int(clock.now().timestamp())
        if holder is None:
            raise _Fault("invalid_grant")
        claims = {
            "iss": self.issuer, "sub": ppid(holder), "aud": CLIENT_ID, "nonce": nonce, "iat": now, "auth_time": now,
            "exp": now + TOKEN_LIVES_S, "at_hash": _at_hash(access_token),
        }  # fmt: skip
        return str(jwt.encode({"alg": "ES256", "kid": _kid(), "typ": "JWT"}, claims, _key()))

    def _back(self, **said: str) -> str:
        return f"{settings.PUBLIC_URL}{RETURN_PATH}?{urlencode(said | {'iss': self.issuer})}"


def ppid(holder: Holder) -> str:
    """Return the holder's pairwise id for this city: another client would see another."""
    return hmac.new(_secret(b"ppid"), f"{holder.id}|{CLIENT_ID}".encode(), hashlib.sha256).hexdigest()[:32]


def _is_good(claims: Mapping[str, Any], audiences: tuple[str, ...]) -> bool:
    now = clock.now().timestamp()
    is_fresh = now - 30 < claims["exp"] <= now + ASSERTION_LIVES_S + 30
    names = claims["iss"] == claims["sub"] == CLIENT_ID
    return bool(names and claims["aud"] in audiences and is_fresh and isinstance(claims["jti"], str) and claims["jti"])


def _half(verifier: str) -> str:
    return _b64(hashlib.sha256(verifier.encode()).digest())


def _at_hash(access_token: str) -> str:
    return _b64(hashlib.sha256(access_token.encode()).digest()[:16])


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _secret(purpose: bytes) -> bytes:
    """Derive a secret of the mock's own; nothing of the city signs with it."""
    return hmac.new(settings.SECRET_KEY.encode(), b"machi.mock-card." + purpose, hashlib.sha256).digest()


def _key() -> ECKey:
    number = int.from_bytes(_secret(b"key") + _secret(b"key2")) % (ORDER_OF_P256 - 1) + 1
    return ECKey.import_key(ec.derive_private_key(number, ec.SECP256R1()))


def _kid() -> str:
    return str(_key().thumbprint())


def _name(kind: str, secret: str) -> str:
    return f"machi:mock-card:{kind}:{hashlib.sha256(secret.encode()).hexdigest()}"
