"""How surely a browser's session knows its person: the one place that turns our levels into acr, amr and auth_time."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.api.authentication import RECORDS
from accounts.engine.authentications import CODE, authentications
from accounts.services.partners.connecting import Proof
from kernel.web.exceptions import ACR

LEVELS = (1, 2, 3)
METHODS = {"code": "otp", "mfa": "hwk", "card": "sc"}
"""Our ways in, as RFC 8176 names them: one-time code, a key in hardware, smart card."""


def proof_of(session: SessionBase) -> Proof:
    """Return level, methods and instant of the latest sign-in in this session."""
    records = session.get(RECORDS, [])
    latest = max((float(record.get("at", 0)) for record in records), default=0.0)
    methods = dict.fromkeys(METHODS[record["method"]] for record in records if record.get("method") in METHODS)
    level = max(authentications(records, is_demo=settings.DEMO), default=CODE)
    return Proof(level=level, methods=list(methods), at=datetime.fromtimestamp(latest, UTC))


def acr_of(level: int) -> str:
    """Return the acr value of an authentication level."""
    return f"{ACR}{level}"


def level_wanted(acr_values: str | None) -> int:
    """Return the first level that a partner would like, 0 where it named none that we know."""
    known = {acr_of(level): level for level in LEVELS}
    return next((known[value] for value in (acr_values or "").split() if value in known), 0)
