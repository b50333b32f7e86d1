"""Bodies of the doors to devices."""

from typing import Annotated
from uuid import UUID

import msgspec

from accounts.engine.names import WITHOUT_CONTROLS

UserCode = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
Label = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=WITHOUT_CONTROLS)]


class ShownCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code that a device shows."""

    user_code: UserCode


class NewLabel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device is called from now on."""

    label: Label


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which device is let in, where it stands and what it is called there."""

    user_code: UserCode
    organisation_id: UUID
    label: Label
