"""Bodies of the doors to the people of a shop."""

from typing import Annotated, Literal

import msgspec

from accounts.engine.names import WITHOUT_CONTROLS

Token = Annotated[str, msgspec.Meta(min_length=16, max_length=64)]


class StaffInvite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As what somebody is asked to work."""

    role: Literal["merchant.cashier", "merchant.manager"] = "merchant.cashier"


class StaffToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token of the invitation that one wants to read."""

    token: Token


class WorkTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The invitation's token, and how the others there shall call one."""

    token: Token
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=WITHOUT_CONTROLS)]
