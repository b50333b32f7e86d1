"""Bodies and answers under ``/api/v1/accounts/``."""

from datetime import datetime
from typing import Annotated

import msgspec

from accounts.engine.names import WITHOUT_CONTROLS
from accounts.selectors.profiles import Me

DisplayName = Annotated[str, msgspec.Meta(max_length=60, pattern=WITHOUT_CONTROLS)]


class ChangeMe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person changes; what is left out stays."""

    display_name: DisplayName | None = None
    language: str | None = None


class DemoCode(msgspec.Struct, frozen=True):
    """A code that was sent by ``email`` or ``sms``, or that a made-up person's ``app`` shows now."""

    to: str
    channel: str
    code: str
    sent_at: datetime


class DemoCodes(msgspec.Struct, frozen=True):
    """The codes sent in the last quarter of an hour, newest first, and what the apps show."""

    codes: list[DemoCode]


class DemoPersona(msgspec.Struct, frozen=True):
    """A made-up person who can sign in."""

    name: str
    role: str
    email: str


class DemoPersonas(msgspec.Struct, frozen=True):
    """Who can be tried out."""

    personas: list[DemoPersona]


__all__ = ["ChangeMe", "DemoCode", "DemoCodes", "DemoPersona", "DemoPersonas", "Me"]
