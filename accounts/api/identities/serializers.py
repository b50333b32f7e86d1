"""Bodies of the doors to one's own ID."""

from typing import Annotated

import msgspec

from accounts.engine.names import NAMED


class Upgrade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a guest says of themself to become a resident."""

    display_name: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=NAMED)]


class CodeTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code as it was typed."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=16)]
