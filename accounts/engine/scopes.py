"""What a scope lets a partner ask for: scopes name data classes, and only a live grant hands anything over."""

import re
from collections.abc import Iterable

OPENID = "openid"
CLASS_OF: dict[str, str] = {
    "profile": "profile",
    "email": "contacts",
    "phone": "contacts",
    "birthdate": "identity",
    "address": "identity",
    "gender": "identity",
}
"""Scope → the data class that must be granted. ``openid`` alone hands over a pairwise number and nothing personal."""
PERSONAL = (OPENID, *CLASS_OF)
_MACHINE = re.compile(r"[a-z][a-z0-9]*([._:-][a-z0-9]+)*")


def classes_of(scopes: Iterable[str]) -> list[str]:
    """Return the data classes that these scopes name, each once, in a fixed order."""
    return sorted({CLASS_OF[scope] for scope in scopes if scope in CLASS_OF})


def scopes_of_kind(kind: str, wanted: Iterable[str]) -> list[str] | None:
    """Return the scopes a client of this kind may be registered with, None where one does not fit.

    People's services ask for personal scopes, ``openid`` always among them; machines for names of their own, never for a person's
    data; devices for ``device`` alone.
    """
    given = list(dict.fromkeys(wanted))
    if kind == "device":
        return ["device"] if set(given) <= {"device"} else None
    if kind == "machine":
        good = all(
            len(scope) <= 40 and _MACHINE.fullmatch(scope) and scope not in (*PERSONAL, "device") for scope in given
        )
        return given if given and good else None
    return [scope for scope in PERSONAL if scope in (OPENID, *given)] if set(given) <= set(PERSONAL) else None
