"""The places that a resident saved, read under an access that they see in their log."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from kernel.access import Access, access
from kernel.principal import Principal
from mobility.engine.saved_places import SavedKind, Written
from mobility.models import SAVED_PLACE, SavedPlace

PURPOSE, EXPORTING = "mobility.my_places", "mobility.my_export"
CLASSES = ["places"]


class SavedPlaceTold(msgspec.Struct, frozen=True):
    """A place that was saved; ``name`` is blank where home, work or school says it all, ``stop`` where it is none."""

    id: UUID
    kind: SavedKind
    name: str
    lat: float
    lon: float
    address: str
    stop: str


class SavedPlaces(msgspec.Struct, frozen=True):
    """The places in their resident's own order, and how many one may have."""

    results: list[SavedPlaceTold]
    most: int


def saved_places_of(principal: Principal) -> list[SavedPlaceTold]:
    """Return the places of a person, or of whom they act for. This function will leave a row in the access log."""
    subject = principal.subject or principal.actor
    with access(purpose=PURPOSE, actor=principal.actor, subject=subject, classes=CLASSES) as opened:
        return places_in(opened)


def saved_places_to_take_home(resident_id: UUID) -> list[SavedPlaceTold]:
    """Return a person's places for the copy of their data."""
    with access(purpose=EXPORTING, actor=resident_id, subject=resident_id, classes=CLASSES) as opened:
        return places_in(opened)


def places_in(opened: Access) -> list[SavedPlaceTold]:
    """Return the places of whose data is open."""
    rows = SavedPlace.objects.filter(resident_id=opened.subject).order_by("position")
    return [told(row, written(opened, row)) for row in rows]


def written(opened: Access, row: SavedPlace) -> Written:
    """Return what was written of a place."""
    return msgspec.json.decode(opened.unseal(bytes(row.sealed), SAVED_PLACE), type=Written)


def told(row: SavedPlace, of: Written) -> SavedPlaceTold:
    """Return a place as it is shown."""
    values: Mapping[str, object] = msgspec.to_builtins(of)
    return msgspec.convert({"id": row.key, "kind": row.kind, **values}, SavedPlaceTold)
