"""A partner's request for a code, read and checked: what oauthlib lets pass and we do not is refused here."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing as tickets
from django.http import HttpRequest
from oauthlib.oauth2.rfc6749.errors import (
    CustomOAuth2Error,
    FatalClientError,
    InvalidRequestError,
    InvalidScopeError,
    LoginRequired,
    OAuth2Error,
)

from accounts.api.openid.assurance import level_wanted
from accounts.api.openid.exchange import oauth_request
from accounts.api.openid.tokens import server
from accounts.api.openid.validator import Validator
from accounts.models import User
from accounts.services.partners.connecting import Asked, Proof

CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # base64url of SHA-256 (RFC 7636, 4.2)
PROMPTS = frozenset({"none", "login", "consent", "select_account"})
SINCE = "machi_since"
SINCE_LIVES_S = 900
LONGEST = 2000


class PartnerRefused(Exception):
    """The partner's request is refused, and the partner is told; ``location`` is where the browser goes with that."""

    def __init__(self, location: str) -> None:
        """Keep the address."""
        super().__init__("refused")
        self.location = location


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A good request: client and what it wants."""

    client: Any
    asked: Asked
    state: str | None
    prompts: frozenset[str]
    max_age: int | None
    level: int
    since: datetime | None

    def needs_proof(self, proof: Proof, *, at: datetime) -> bool:
        """Tell whether the person must sign in once more, now."""
        too_old = self.max_age is not None and (at - proof.at).total_seconds() > self.max_age
        must = too_old or bool(self.prompts & {"login", "select_account"})
        if self.since is not None:  # a level is a wish: who came back without it comes in with what they have
            return must and proof.at < self.since
        return must or proof.level < self.level

    def answered(self, **parameters: str) -> str:
        """Return the address to which the browser takes the answer: always with issuer (RFC 9207) and the state that came."""
        return _with(self.asked.redirect_uri, parameters, self.state)


def read_request(request: HttpRequest, *, user: User | None, at: datetime) -> AskedFor:
    """Read and check a request.

    :raises OAuth2Error: a fatal one, which only the person may see, for nobody knows where an answer may go;
    :raises PartnerRefused: for one whose answer goes back to the partner.
    """
    validator = Validator(at=at, user=user)
    try:
        scopes, info = server(validator).validate_authorization_request(*oauth_request(request))
        return _checked(request, info["request"], scopes)
    except OAuth2Error as error:
        address = getattr(error, "redirect_uri", None)
        if isinstance(error, FatalClientError) or address is None or not _is_known(validator, request, address):
            raise
        raise PartnerRefused(_with(address, dict(error.twotuples), None)) from error


def again(request: HttpRequest, *, at: datetime) -> str:
    """Return this request's own address, marked with the instant after which the person must have signed in."""
    query = request.GET.copy()
    query.pop(SINCE, None)
    query[SINCE] = tickets.dumps([query.urlencode(), at.timestamp()], salt=SINCE)
    return f"{request.path}?{query.urlencode()}"


def _checked(request: HttpRequest, oauth: Any, scopes: list[str]) -> AskedFor:
    given = request.GET
    oauth.state = given.get("state")
    if any(len(values) > 1 for _name, values in given.lists()):
        raise InvalidRequestError(description="A parameter stands twice.", request=oauth)
    if any(len(value) > LONGEST for value in given.values()):
        raise InvalidRequestError(description="A parameter is too long.", request=oauth)
    for name in ("request", "request_uri"):
        if name in given:
            raise CustomOAuth2Error(error=f"{name}_not_supported", request=oauth)
    if given.get("response_mode", "query") != "query":
        raise InvalidRequestError(description="Only response_mode=query.", request=oauth)
    if given.get("code_challenge_method") != "S256" or not CHALLENGE.fullmatch(given.get("code_challenge", "")):
        raise InvalidRequestError(description="Send a code_challenge of method S256.", request=oauth)
    if "openid" not in scopes:
        raise InvalidScopeError(description="Ask for openid.", request=oauth)
    prompts = frozenset(given.get("prompt", "").split())
    max_age = given.get("max_age")
    if not prompts <= PROMPTS or (max_age is not None and not re.fullmatch(r"[0-9]{1,9}", max_age)):
        raise InvalidRequestError(description="prompt or max_age cannot be read.", request=oauth)
    asked = Asked(oauth.client.pk, given["redirect_uri"], scopes, given["code_challenge"], given.get("nonce"))
    wanted = level_wanted(given.get("acr_values"))
    return AskedFor(
        oauth.client, asked, given.get("state"), prompts, int(max_age) if max_age else None, wanted, _since(request)
    )


def _since(request: HttpRequest) -> datetime | None:
    """Return the instant of our own mark, None without one, for an old one or one of another request."""
    query = request.GET.copy()
    mark = query.pop(SINCE, [""])[0]
    try:
        wanted, seconds = tickets.loads(mark, salt=SINCE, max_age=SINCE_LIVES_S)
    except tickets.BadSignature:
        return None
    return datetime.fromtimestamp(seconds, UTC) if wanted == query.urlencode() else None


def _is_known(validator: Validator, request: HttpRequest, address: str) -> bool:
    client = validator._lookup_client(None, request.GET.get("client_id"))  # noqa: SLF001 - allauth's name for its look
    return client is not None and address in client.get_redirect_uris()


def _with(address: str, parameters: dict[str, str], state: str | None) -> str:
    given = parameters | {"iss": settings.PUBLIC_URL} | ({"state": state} if state is not None else {})
    return f"{address}{'&' if '?' in address else '?'}{urlencode(given)}"


def login_required(wanted: AskedFor) -> PartnerRefused:
    """Return the refusal for a person who is not, or not freshly, signed in."""
    return PartnerRefused(wanted.answered(error=LoginRequired.error))
