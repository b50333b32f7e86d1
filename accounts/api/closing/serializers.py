"""Bodies of closing an account; what is answered is in the selector and the service."""

from typing import Annotated

import msgspec

from accounts.selectors.closing import Closing
from accounts.services.closing import Closed

GivesUp = Annotated[
    dict[str, int],
    msgspec.Meta(
        max_length=20, description="What is lost and how much of it, as it was told: all of it, and nothing else."
    ),
]


class CloseMine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """I know what is lost."""

    gives_up: GivesUp


Why = Annotated[
    str, msgspec.Meta(min_length=1, max_length=500, description="Why an officer does it; the person reads it.")
]


class LookFirst(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an officer looks at what somebody would lose."""

    why: Why


class CloseTheirs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """They know what is lost; and why an officer does it."""

    gives_up: GivesUp
    why: Why


__all__ = ["CloseMine", "CloseTheirs", "Closed", "Closing", "LookFirst"]
