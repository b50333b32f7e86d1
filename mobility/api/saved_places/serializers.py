"""The bodies that the doors of saved places take."""

from typing import Annotated
from uuid import UUID

import msgspec

from mobility.engine.saved_places import SavedKind, Written


class PlaceToSave(Written, frozen=True, kw_only=True):
    """A place to save; ``name`` may be blank for home, work and school."""

    kind: SavedKind


class OrderWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ids of all saved places, in the order they shall have."""

    ids: Annotated[list[UUID], msgspec.Meta(max_length=30)]
