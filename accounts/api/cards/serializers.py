"""Bodies and answers of the card's doors."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

Short = Annotated[str, msgspec.Meta(max_length=2000)]


class BeginCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the card is for: ``raise`` (to be known surely, or to show again who acts) or ``sign_in``."""

    purpose: Literal["raise", "sign_in"]


class CardBegun(msgspec.Struct, frozen=True):
    """Where the browser goes, until when."""

    address: str
    expires_at: datetime


class CardAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the provider added to the address of return, as it stood there."""

    state: Short
    code: Short = ""
    iss: Short = ""
    error: Short = ""


class CardDone(msgspec.Struct, frozen=True):
    """What the card was for, and how surely the person is known now."""

    purpose: str
    level: int
