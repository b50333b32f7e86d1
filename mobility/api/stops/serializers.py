"""Questions about stops in an address."""

from datetime import datetime
from typing import Annotated

import msgspec

from mobility.api.places.serializers import Near


class StopsAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From where one walks, and how far."""

    near: Near
    metres: Annotated[int, msgspec.Meta(ge=1, le=3000)] = 800


class DeparturesAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when on, and how many; without ``at`` from now on."""

    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 10
