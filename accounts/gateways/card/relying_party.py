"""The city as OpenID relying party: code flow with state, nonce and PKCE S256, client known by ``private_key_jwt`` in ES256.

OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE), RFC 7523 (the assertion), RFC 9207 (``iss`` in the answer). Authlib speaks the
protocol; what it leaves to its user is checked here: one algorithm, one issuer, one audience, the nonce, the age, and that
userinfo speaks of the same person as the ID token.
"""

from typing import Any, cast

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from requests.adapters import BaseAdapter

from accounts.errors import CardAnswerInvalid, CardProviderAway
from accounts.gateways.card.words import RETURN_PATH, CardHolder
from kernel import clock, signing

SCOPES = "openid name address birthdate gender sign"
ALGORITHM = "ES256"
TIMEOUT_S = 10
ASSERTION_LIVES_S = 60
LEEWAY_S = 30
OLDEST_S = 600  # an ID token is read within seconds of its making
MOST_SIGNS = {"ppid": 255, "name": 200, "address": 400, "birthdate": 10, "gender": 20}

_log = structlog.get_logger(__name__)


class RelyingParty:
    """Speaks with one provider, in one flow."""

    def __init__(self, issuer: str, client_id: str, *, transport: BaseAdapter | None = None) -> None:
        """Keep whom to ask; ``transport`` carries the requests, by default over the network."""
        self.issuer = issuer
        self.client_id = client_id
        self.redirect_uri = settings.PUBLIC_URL + RETURN_PATH
        self._transport = transport
        self._found: dict[str, Any] | None = None

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where the person goes; :raises CardProviderAway: where the provider cannot be asked."""
        with self._session() as session:
            address, _state = session.create_authorization_url(
                self._metadata(session)["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(address)

    def holder(self, *, code: str, issuer: str, nonce: str, verifier: str) -> CardHolder:
        """Exchange the code and return whose card it was.

        :raises CardAnswerInvalid: for an answer that proves nothing, with the reason in the log alone; :raises CardProviderAway:.
        """
        try:
            with self._session() as session:
                return self._holder(session, code, issuer, nonce, verifier)
        except requests.RequestException as fault:
            _log.warning("card_provider_away", fault=type(fault).__name__)
            raise CardProviderAway(retry_after=10) from None
        except (AuthlibBaseError, JoseError, LookupError, ValueError, TypeError) as fault:
            _log.warning("card_answer_invalid", fault=type(fault).__name__)
            raise CardAnswerInvalid from None

    def _holder(self, session: OAuth2Session, code: str, issuer: str, nonce: str, verifier: str) -> CardHolder:
        metadata = self._metadata(session)
        if issuer != self.issuer and (issuer or metadata.get("authorization_response_iss_parameter_supported")):
            raise ValueError("another provider's answer (RFC 9207)")
        session.client_secret = ECKey.import_key(cast("EllipticCurvePrivateKey", signing.key_in_use("card").private))
        token = session.fetch_token(
            metadata["token_endpoint"], code=code, code_verifier=verifier, redirect_uri=self.redirect_uri,
            auth=session.client_auth(self._assertion(metadata["token_endpoint"])),
        )  # fmt: skip
        subject = self._subject(session, token, nonce)
        answer = session.get(metadata["userinfo_endpoint"], timeout=TIMEOUT_S)
        answer.raise_for_status()
        said = cast("dict[str, Any]", answer.json())
        if said["sub"] != subject:
            raise ValueError("userinfo speaks of somebody else (OpenID Connect Core, 5.3.2)")
        return _read(said)

    def _assertion(self, token_endpoint: str) -> PrivateKeyJWT:
        """Return a fresh assertion for one request: the library keeps the id of one that is used again."""
        now = int(clock.now().timestamp())
        header = {"kid": signing.key_in_use("card").kid, "typ": "JWT"}
        return PrivateKeyJWT(
            token_endpoint, claims={"iat": now, "exp": now + ASSERTION_LIVES_S}, headers=header, alg=ALGORITHM
        )

    def _subject(self, session: OAuth2Session, token: dict[str, Any], nonce: str) -> str:
        """Return whom a good ID token speaks of; anything less raises."""
        keys = KeySet.import_key_set(cast("Any", self._get(session, self._metadata(session)["jwks_uri"])))
        read = jwt.decode(token["id_token"], keys, algorithms=[ALGORITHM])
        claims = CodeIDToken(
            read.claims,
            read.header,
            {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self.client_id}},
            {"nonce": nonce, "client_id": self.client_id, "access_token": token["access_token"]},
        )
        now = int(clock.now().timestamp())
        claims.validate(now=now, leeway=LEEWAY_S)
        if claims["aud"] not in (self.client_id, [self.client_id]) or now - claims["iat"] > OLDEST_S:
            raise ValueError("made for others too, or long ago")
        return str(claims["sub"])

    def _metadata(self, session: OAuth2Session) -> dict[str, Any]:
        """Return what the provider says of itself (OpenID Connect Discovery 1.0)."""
        if self._found is None:
            try:
                found = self._get(session, f"{self.issuer}/.well-known/openid-configuration")
            except (requests.RequestException, ValueError) as fault:
                _log.warning("card_provider_away", fault=type(fault).__name__)
                raise CardProviderAway(retry_after=10) from None
            if found.get("issuer") != self.issuer:
                raise CardAnswerInvalid
            self._found = found
        return self._found

    def _get(self, session: OAuth2Session, address: str) -> dict[str, Any]:
        answer = session.get(address, timeout=TIMEOUT_S, withhold_token=True)
        answer.raise_for_status()
        return cast("dict[str, Any]", answer.json())

    def _session(self) -> OAuth2Session:
        session = OAuth2Session(
            self.client_id,
            redirect_uri=self.redirect_uri,
            scope=SCOPES,
            code_challenge_method="S256",
            default_timeout=TIMEOUT_S,
        )
        session.trust_env = False
        session.max_redirects = 0
        if self._transport is not None:
            session.mount(self.issuer, self._transport)
        return session


def _read(said: dict[str, Any]) -> CardHolder:
    """Take the five items and leave the rest, whatever else is said; :raises ValueError: for one that is missing or no text."""
    address = said["address"]
    if isinstance(address, dict):
        address = address["formatted"]
    found = {"ppid": said["sub"], "address": address} | {name: said[name] for name in ("name", "birthdate", "gender")}
    for name, value in found.items():
        if not isinstance(value, str) or not 0 < len(value) <= MOST_SIGNS[name] or "\0" in value:
            raise ValueError(f"{name} is no text of that length")
    return CardHolder(**found)
