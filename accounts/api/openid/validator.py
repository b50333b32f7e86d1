"""oauthlib's questions about an OAuth request, answered with the city's rules instead of allauth's defaults.

One validator answers one request. Codes and refresh tokens are spent the moment they are looked at, so that of two who show the
same one, however close together, at most one gets anything.
"""

from datetime import datetime
from typing import Any

import msgspec
from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc.internal.oauthlib.request_validator import OAuthLibRequestValidator
from django.conf import settings
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError

from accounts.api.openid.assurance import acr_of
from accounts.engine.scopes import classes_of
from accounts.engine.tokens import is_secret
from accounts.models import User
from accounts.selectors.consents import missing_classes
from accounts.selectors.partners import OWN_DEVICES, PURPOSE, live_connection, living_token, standing_client
from accounts.selectors.principals import PartnerPrincipal
from accounts.services.partners import tokens
from accounts.services.partners.subjects import pairwise_subject
from kernel import clock, signing
from kernel.ids import new_id
from kernel.use_case import Act

ID_TOKEN_LIVES_S = 300
SENTINEL_SCOPES = ["openid"]


class Validator(OAuthLibRequestValidator):
    """allauth's validator, hardened; ``user`` is who sits in front of the browser, where a browser asks."""

    def __init__(self, *, at: datetime, user: User | None = None) -> None:
        """Hold instant and person."""
        super().__init__()
        self.at = at
        self.user = user
        self.taken: tokens.Taken | None = None
        self._clients: dict[Any, Any] = {}

    def _lookup_client(self, request: Request, client_id: Any) -> Any:
        if client_id not in self._clients:
            self._clients[client_id] = standing_client(client_id) if isinstance(client_id, str) else None
        return self._clients[client_id]

    # The request for a code.

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Request, *_r: Any, **_k: Any) -> bool:
        """Compare sign by sign."""
        return redirect_uri in request.client.get_redirect_uris()

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        """Ask every client for a challenge, those with a secret too."""
        return True

    def validate_silent_login(self, request: Request) -> bool:
        """Tell whether somebody is signed in."""
        return self.user is not None

    def validate_silent_authorization(self, request: Request) -> bool:
        """Tell whether the person need not be asked: connected for these scopes, every class granted and not withdrawn."""
        return self.user is not None and may_be_silent(self.user, request.client, request.scopes)

    def validate_user_match(self, id_token_hint: Any, scopes: Any, claims: Any, request: Request) -> bool:
        """Tell whether the person in front is the one the partner means."""
        if not id_token_hint:
            return True
        subject = subject_in(id_token_hint, request.client.pk)
        return self.user is not None and subject == pairwise_subject(
            request.client.partner.organisation_id, self.user.resident_id
        )

    # Who asks at the token endpoint.

    def authenticate_client(self, request: Request, *_rest: Any, **_kept: Any) -> bool:
        """Check the secret, sent in one way and not in two (RFC 6749, 2.3)."""
        client_id, secret = extract_basic_auth(request.headers)
        if client_id is not None and (request.client_secret or request.client_id not in (None, client_id)):
            return False
        if client_id is None:
            client_id, secret = request.client_id, request.client_secret
        client = self._lookup_client(request, client_id)
        if client is None or not isinstance(secret, str) or not is_secret(secret, client.secret):
            return False
        self._use_client(request, client)
        return True

    def is_origin_allowed(self, *_rest: Any, **_kept: Any) -> bool:
        """Let no other site's script ask: no kind of client of ours runs in one."""
        return False

    # Codes.

    def get_authorization_code_scopes(
        self, client_id: Any, code: Any, redirect_uri: Any, request: Request
    ) -> list[str]:
        """Say what is true of every code: it is an OpenID one. This is asked before the client is known."""
        return SENTINEL_SCOPES

    def validate_code(self, client_id: Any, code: str, client: Any, request: Request, *_r: Any, **_k: Any) -> bool:
        """Spend the code."""
        self.taken = tokens.take_code(act_of(client.pk, self.at), client_id=client.pk, code=code)
        request.scopes = self.taken.scopes if self.taken else []
        return self.taken is not None

    def get_code_challenge(self, code: str, request: Request) -> str | None:
        """Return what the code's request promised."""
        return self.taken.challenge if self.taken else None

    def get_code_challenge_method(self, code: str, request: Request) -> str:
        """Return the one method."""
        return "S256"

    def confirm_redirect_uri(self, client_id: Any, code: Any, redirect_uri: str, client: Any, request: Request) -> bool:
        """Compare with the code's request; :raises InvalidGrantError: for another address."""
        if self.taken is None or redirect_uri != self.taken.redirect_uri:
            raise InvalidGrantError(request=request)
        return True

    def get_authorization_code_nonce(
        self, client_id: Any, code: Any, redirect_uri: Any, request: Request
    ) -> str | None:
        """Return the nonce of the code's request."""
        return self.taken.nonce if self.taken else None

    def invalidate_authorization_code(self, client_id: Any, code: Any, request: Request, *_r: Any, **_k: Any) -> None:
        """Do nothing: the code was spent when it was looked at."""

    # Refresh tokens.

    def validate_refresh_token(self, refresh_token: str, client: Any, request: Request, *_r: Any, **_k: Any) -> bool:
        """Spend the token, or end its family where it has been spent before."""
        scopes = request.scope.split() if request.scope else None
        act = act_of(client.pk, self.at)
        self.taken = tokens.take_refresh_token(act, client_id=client.pk, refresh_token=refresh_token, scopes=scopes)
        return self.taken is not None

    def get_original_scopes(self, refresh_token: str, request: Request, *_r: Any, **_k: Any) -> list[str]:
        """Return what was given first."""
        return self.taken.scopes if self.taken else []

    # Tokens.

    def save_bearer_token(self, token: dict[str, Any], request: Request, *_rest: Any, **_kept: Any) -> None:
        """Write down what the client is about to get; :raises InvalidGrantError: where its family ended a moment ago."""
        act, access = act_of(request.client.pk, self.at), token["access_token"]
        if self.taken is None:
            tokens.keep_machine_token(act, client_id=request.client.pk, scopes=request.scopes, access_token=access)
            return
        kept = tokens.keep_tokens(
            act, family_id=self.taken.family_id, user_id=self.taken.user_id, scopes=request.scopes,
            family_scopes=self.taken.scopes, access_token=access, refresh_token=token.get("refresh_token"),
        )  # fmt: skip
        if not kept.is_kept:
            raise InvalidGrantError(request=request)
        token["expires_in"] = kept.expires_in

    def finalize_id_token(self, id_token: dict[str, Any], token: Any, token_handler: Any, request: Request) -> str:
        """Sign who the person is to this partner, and how surely that is known; nothing personal stands in an ID token."""
        taken = self.taken
        if taken is None or taken.resident_id is None:
            raise InvalidGrantError(request=request)
        id_token |= {
            "iss": settings.PUBLIC_URL,
            "sub": pairwise_subject(request.client.partner.organisation_id, taken.resident_id),
            "exp": id_token["iat"] + ID_TOKEN_LIVES_S,
            "jti": str(new_id(self.at)),
        }
        if taken.authenticated_at is not None and taken.level is not None:
            id_token |= {
                "auth_time": int(taken.authenticated_at.timestamp()), "acr": acr_of(taken.level), "amr": taken.methods,
            }  # fmt: skip
        return signing.sign("openid", msgspec.json.encode(id_token))

    def introspect_token(self, token: str, token_type_hint: Any, request: Request, *_r: Any, **_k: Any) -> Any:
        """Describe a token to clients of the organisation it was given to; to everybody else it is not active."""
        found = living_token(token, at=self.at)
        partner = getattr(request.client, "partner", None)
        if found is None or partner is None or request.client.type != "confidential":
            return None
        if found.organisation_id != partner.organisation_id:
            return None
        claims: dict[str, Any] = {
            "iss": settings.PUBLIC_URL, "client_id": found.client_id, "scope": " ".join(found.scopes),
            "token_type": "refresh_token" if found.kind == "rt" else "Bearer",
            "iat": int(found.created_at.timestamp()), "exp": int(found.expires_at.timestamp()),
        }  # fmt: skip
        if found.person is not None:
            claims["sub"] = pairwise_subject(partner.organisation_id, found.person.resident_id)
        return claims

    def revoke_token(self, token: str, token_type_hint: Any, request: Request, *_r: Any, **_k: Any) -> None:
        """End a token, a refresh token with all its family."""
        tokens.revoke_token(act_of(request.client.pk, self.at), client_id=request.client.pk, token=token)

    def validate_bearer_token(self, token: Any, scopes: Any, request: Request) -> bool:
        """Refuse: the userinfo door looks at tokens itself."""
        return False

    def validate_jwt_bearer_token(self, token: Any, scopes: Any, request: Request) -> bool:
        """Refuse: an ID token opens nothing."""
        return False


def may_be_silent(user: User, client: Any, scopes: list[str]) -> bool:
    """Tell whether this person has said yes to all of it, and still does."""
    connection = live_connection(client.pk, user.resident_id)
    if connection is None or not set(scopes) <= set(connection.scopes.split()):
        return False
    recipient = client.partner.organisation_id
    classes = classes_of(scopes)
    return not missing_classes(user.resident_id, recipient, PURPOSE, classes, at=clock.now())


def subject_in(id_token: Any, client_id: str) -> str | None:
    """Return the subject of an ID token that we signed for this client, however old; None for anything else."""
    payload = claims_in(id_token)
    return payload["sub"] if payload is not None and payload.get("aud") == client_id else None


def claims_in(id_token: Any) -> dict[str, Any] | None:
    """Return the claims of an ID token of ours, however old; None for anything else."""
    if not isinstance(id_token, str):
        return None
    try:
        payload = msgspec.json.decode(signing.verify("openid", id_token), type=dict[str, Any])
    except (signing.SignatureInvalid, msgspec.DecodeError, UnicodeError):
        return None
    return payload if payload.get("iss") == settings.PUBLIC_URL and isinstance(payload.get("sub"), str) else None


def act_of(client_id: str, at: datetime) -> Act:
    """Name the client that asks, now."""
    return Act(PartnerPrincipal(client_id), at=at)


__all__ = ["OWN_DEVICES", "Validator", "act_of", "claims_in", "may_be_silent", "subject_in"]
