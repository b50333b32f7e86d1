"""How often the sign-in doors may be knocked at: by one connection, at one address. Numbers a person never reaches."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from accounts.engine.telephone import NumberRefused, normalise
from accounts.gateways.limits import Limit

MINUTE, HOUR, DAY = 60, 3_600, 86_400

SENDS_CODE = frozenset(
    {
        "auth/signup",
        "auth/webauthn/signup",
        "auth/code/request",
        "auth/code/resend",
        "auth/email/verify/resend",
        "auth/phone/verify/resend",
        "account/email",
        "account/phone",
    }
)
BY_ADDRESS = {"email": ((5, MINUTE), (10, HOUR), (30, DAY)), "phone": ((3, MINUTE), (6, HOUR), (12, DAY))}
SENDS_PER_CONNECTION = ((20, MINUTE), (200, HOUR))
TEXTS_PER_CONNECTION = ((6, MINUTE), (30, HOUR))  # each costs money
CHANGES_PER_CONNECTION = ((60, MINUTE),)  # codes tried, passkeys shown, tokens refreshed
GUESTS_PER_CONNECTION = ((10, MINUTE), (60, HOUR))  # a group of travellers behind one router, and no flood of rows
READS_PER_CONNECTION = ((300, MINUTE),)


def limits_for(door: str, method: str, body: Mapping[str, Any], connection: str) -> list[Limit]:
    """Return what is counted for one request: everything for its connection, what sends a code also for the address it goes to."""
    if method in ("GET", "HEAD", "OPTIONS"):
        return _limits("read", connection, READS_PER_CONNECTION)
    found = _limits("change", connection, CHANGES_PER_CONNECTION)
    if door == "auth/guest":
        return found + _limits("guest", connection, GUESTS_PER_CONNECTION)
    if door not in SENDS_CODE or method not in ("POST", "PUT"):
        return found
    found += _limits("send", connection, SENDS_PER_CONNECTION)
    if body.get("phone") or "phone" in door:
        found += _limits("text", connection, TEXTS_PER_CONNECTION)
    for kind, rates in BY_ADDRESS.items():
        if body.get(kind):
            found += _limits(kind, _address(kind, str(body[kind])), rates)
    return found


def _address(kind: str, typed: str) -> str:
    """Return one spelling of an address, so that another spelling is no way around its limit."""
    if kind == "email":
        return typed.strip().lower()
    try:
        return normalise(typed)
    except NumberRefused:
        return typed


def _limits(name: str, who: str, rates: tuple[tuple[int, int], ...]) -> list[Limit]:
    times: int = settings.SIGN_IN_LIMITS_TIMES
    return [Limit(name=name, who=who, most=most * times, seconds=seconds) for most, seconds in rates]
