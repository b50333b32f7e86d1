"""Saving the places one goes to often: by a resident, or by whom they let act for them.

A place has the id that the resident's phone chose, so that saving it again changes nothing; its words are kept nowhere but sealed.
Locks: a resident's places as a whole (an advisory lock), so that two phones come one after the other.
"""

from contextlib import AbstractContextManager
from uuid import UUID

import msgspec
from django.db import connection
from msgspec.structs import replace

from kernel.access import Access, access
from kernel.ids import new_id
from kernel.problems import FieldFault
from kernel.use_case import Act, use_case
from mobility.engine.saved_places import SavedKind, Written
from mobility.errors import SavedPlaceNameless, SavedPlacesChanged, SavedPlacesFull, SavedPlaceTaken
from mobility.models import MOST_SAVED, SAVED_PLACE, SavedPlace
from mobility.selectors.saved_places import CLASSES, PURPOSE, SavedPlaceTold, told, written

CLEARING = "mobility.clear_away"


@use_case("mobility.save_place")
def save_place(act: Act, *, key: UUID, kind: SavedKind, place: Written) -> SavedPlaceTold:
    """Save a place under its id, or change the one that stands there; a new one comes last in the list.

    :raises SavedPlaceNameless:; :raises SavedPlaceTaken: for another home, work or school; :raises SavedPlacesFull:.
    """
    if kind == "other" and not place.name.strip():
        refusal = SavedPlaceNameless
        raise refusal(errors=[FieldFault("name", "required", str(refusal.title))])
    with _places_of(act) as opened:
        rows = _locked(opened.subject)
        held = next((row for row in rows if row.key == key), None)
        if kind != "other" and (other := next((row for row in rows if row.kind == kind and row.key != key), None)):
            raise SavedPlaceTaken(id=other.key)
        if held is None and len(rows) >= MOST_SAVED:
            raise SavedPlacesFull(most=MOST_SAVED)
        row = held or SavedPlace(id=new_id(act.at), resident_id=opened.subject, key=key, position=len(rows))
        row.kind, row.saved_at = kind, act.at
        row.sealed = opened.seal(msgspec.json.encode(place).decode(), SAVED_PLACE)
        row.save(force_insert=held is None)
    act.audit(what={"place": str(key), "is_new": held is None})
    return told(row, place)


@use_case("mobility.forget_place")
def forget_place(act: Act, *, key: UUID) -> None:
    """Delete a place; the others move up. This function will do nothing where there is none of that id."""
    with _places_of(act) as opened:
        left = [row for row in _locked(opened.subject) if row.key != key]
        SavedPlace.objects.filter(resident_id=opened.subject, key=key).delete()
        _put_in_order(left)
    act.audit(what={"place": str(key)})


@use_case("mobility.arrange_places")
def arrange_places(act: Act, *, keys: list[UUID]) -> None:
    """Put the places into another order; :raises SavedPlacesChanged: where it does not name each of them once."""
    with _places_of(act) as opened:
        rows = {row.key: row for row in _locked(opened.subject)}
        if sorted(keys) != sorted(rows):
            raise SavedPlacesChanged(saved=list(rows))
        _put_in_order([rows[key] for key in keys])
    act.audit(what={"places": len(keys)})


@use_case("mobility.forget_places")
def forget_places(act: Act, *, resident_id: UUID) -> None:
    """Delete the places of somebody whose account is closed."""
    with access(purpose=CLEARING, actor=act.principal.actor, subject=resident_id, classes=CLASSES):
        SavedPlace.objects.filter(resident_id=resident_id).delete()
    act.audit(what={"resident": str(resident_id)})


class CarriesPlaces:
    """Lets the places follow their person when two IDs become one."""

    classes: tuple[str, ...] = ("places",)

    def carry(self, act: Act, *, survivor: Access, merged: Access) -> None:
        """Put the merged ID's places behind the survivor's own, sealed with the survivor's key.

        Another home, work or school becomes a place with that name, and what finds no room is left behind.
        """
        own, others = _locked(survivor.subject), _locked(merged.subject)
        taken, keys = {row.kind for row in own}, {row.key for row in own}
        for n, row in enumerate(others[: MOST_SAVED - len(own)], start=len(own)):
            place, kind = written(merged, row), row.kind
            if kind in taken and kind != "other":
                place, kind = replace(place, name=place.name or str(SavedPlace.Kind(kind).label)), "other"
            SavedPlace.objects.create(
                id=new_id(act.at), resident_id=survivor.subject, kind=kind, position=n,
                key=new_id(act.at) if row.key in keys else row.key,
                sealed=survivor.seal(msgspec.json.encode(place).decode(), SAVED_PLACE), saved_at=row.saved_at,
            )  # fmt: skip
        SavedPlace.objects.filter(resident_id=merged.subject).delete()


def _places_of(act: Act) -> AbstractContextManager[Access]:
    who = act.principal
    return access(purpose=PURPOSE, actor=who.actor, subject=who.subject or who.actor, classes=CLASSES)


def _locked(resident_id: UUID) -> list[SavedPlace]:
    """Return the places in their order, while nobody else changes any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"mobility.places/{resident_id}"])
    return list(SavedPlace.objects.filter(resident_id=resident_id).order_by("position"))


def _put_in_order(rows: list[SavedPlace]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    SavedPlace.objects.bulk_update(rows, ["position"])
