"""How a person who is not known surely enough comes to be: the ways that are open to them, nearest first."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator

from accounts.engine.authentications import CODE, SECOND_FACTOR
from accounts.gateways.card import is_card_offered
from accounts.selectors.identities import card_of
from accounts.selectors.principals import ResidentPrincipal
from kernel.assurance import AccountLevel, Need, Way, require
from kernel.principal import Principal

FRESH = timedelta(minutes=5)
"""How lately somebody must have shown who they are for what cannot be undone: the time to read a screen and press a button."""
DOOR = "/_allauth/browser/v1/"
"""Where a browser starts; an app puts ``app`` in the place of ``browser``."""


def step_up_ways(principal: Principal, need: Need) -> list[Way]:
    """Return what would lead this person to the need, first what they can do at once."""
    if not isinstance(principal, ResidentPrincipal):
        return []
    ways = _to_be_known(principal, need.account) if principal.account_level < need.account else []
    if need.authentication or need.most_age is not None:
        ways += _to_authenticate(principal, max(need.authentication, CODE))
    return sorted({way.way: way for way in ways}.values(), key=lambda way: way.set_up is not None)


def require_fresh(principal: ResidentPrincipal, *, at: datetime) -> None:
    """Pass who has just shown who they are, by passkey or app where they have one; :raises StepUpRequired: for others."""
    level = SECOND_FACTOR if has_second_factor(principal) else CODE
    require(principal, at=at, authentication=level, within=FRESH)


def has_second_factor(principal: ResidentPrincipal) -> bool:
    """Tell whether the person has a passkey or an authenticator app, so that a code alone no longer changes how they sign in."""
    return bool(_types(principal))


def _to_authenticate(principal: ResidentPrincipal, level: int) -> list[Way]:
    ways = []
    if level <= SECOND_FACTOR:
        types = _types(principal)
        has_app, has_passkey = Authenticator.Type.TOTP in types, Authenticator.Type.WEBAUTHN in types
        ways += [
            Way("passkey", DOOR + "auth/webauthn/reauthenticate", None if has_passkey else "/me/passkeys"),
            Way("totp", DOOR + "auth/2fa/reauthenticate", None if has_app else "/me/totp"),
        ]
        if level <= CODE and not types:
            ways.insert(0, Way("code", "/api/v1/accounts/code_proofs"))
    return ways + _card(principal)


def _to_be_known(principal: ResidentPrincipal, level: int) -> list[Way]:
    ways = [Way("upgrade", "/api/v1/accounts/upgrade")] if level <= AccountLevel.SELF_ASSERTED else []
    ways += [Way("counter", "/api/v1/accounts/counter_codes")] if level <= AccountLevel.COUNTER else []
    return ways + _card(principal, is_first=True)


def _card(principal: ResidentPrincipal, *, is_first: bool = False) -> list[Way]:
    """Return the card's way: open at once to whoever has shown theirs before, or where showing it first is just what is needed."""
    if not is_card_offered():
        return []
    return [Way("card", "/api/v1/accounts/card/start", None if is_first or card_of(principal.actor) else "/me/id")]


def _types(principal: ResidentPrincipal) -> set[str]:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found = Authenticator.objects.filter(user_id=principal.user_id, type__in=kinds)
    return set(found.values_list("type", flat=True).order_by("type").distinct())
