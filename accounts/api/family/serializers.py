"""Bodies and answers of families and delegates."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from accounts.selectors.invitations import InvitationView
from accounts.selectors.mandates import Family
from accounts.services.mandates import Invited, Registered

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Scopes = Annotated[list[Annotated[str, msgspec.Meta(max_length=32)]], msgspec.Meta(min_length=1, max_length=16)]


class Invite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which services somebody of the family may act for me, and until when."""

    scopes: Scopes
    ends_at: Instant | None = None


class TakeUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The invitation's token."""

    token: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]


class LookAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token of the invitation that one wants to read."""

    token: Annotated[str, msgspec.Meta(min_length=16, max_length=64)]


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who acts for whom, as the office saw it proved."""

    principal_id: UUID
    delegate_id: UUID
    role: Literal["parent", "guardian", "care_manager", "family"]
    scopes: Scopes
    evidence: Literal["family_register", "resident_record", "court", "care_contract", "letter"]
    why: Annotated[str, msgspec.Meta(max_length=500)]
    born_on: date | None = None
    ends_at: Instant | None = None


class EndMandate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it ends; the office gives a reason."""

    why: Annotated[str, msgspec.Meta(max_length=500)] = ""


__all__ = ["EndMandate", "Family", "InvitationView", "Invite", "Invited", "LookAt", "Register", "Registered", "TakeUp"]
