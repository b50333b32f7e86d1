"""Publish what was observed of the town's things."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from cityos.engine.observations import Observation, newer
from cityos.engine.places import box_around
from cityos.errors import EntityIdMalformed, LocationMalformed, ObservedInFuture
from cityos.events import Change, EntitiesChanged
from cityos.models import Entity
from cityos.services.subscribing import tell_subscribers
from kernel.use_case import Act, use_case

CLOCK_ERROR = timedelta(minutes=5)  # by how much a sensor's clock may be fast
_ID = re.compile(r"urn:ngsi-ld:([A-Za-z][A-Za-z0-9_]{0,63}):[!-~]{1,190}")
_COLUMNS = ["attributes", "west", "south", "east", "north", "version", "modified_at"]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was observed of one thing: its NGSI-LD id and type, and its attributes; ``location`` is a GeoJSON geometry."""

    id: str
    type: str
    attributes: dict[str, Observation]


class Published(msgspec.Struct, frozen=True):
    """The entities in which something was new, ordered by id."""

    changed: list[Change]


@use_case("cityos.publish_entities")
def publish_entities(act: Act, *, entities: Sequence[Reading]) -> Published:
    """Take in what was observed. This function will keep, of each attribute, the latest observation, in whatever order they come.

    Readings of one entity are merged in their order. Rows are made and locked in the order of their ids, so that two publishers
    never wait for each other in a circle. Whoever may call decides who may publish.

    :raises EntityIdMalformed:, LocationMalformed:, ObservedInFuture: and nothing of the batch is kept.
    """
    for reading in entities:
        _check(reading, at=act.at)
    held = _lock({reading.id: reading.type for reading in entities}, at=act.at)
    changed: dict[str, set[str]] = {}
    for reading in entities:
        names = _merge(held[reading.id], reading)
        if names:
            changed.setdefault(reading.id, set()).update(names)
    changes = _save([held[id_] for id_ in sorted(changed)], changed, at=act.at)
    act.audit(what={"changed": [change.id for change in changes]})
    if changes:
        act.emit(EntitiesChanged(entities=changes))
        tell_subscribers(act, changes)
    return Published(changes)


def _check(reading: Reading, *, at: datetime) -> None:
    named = _ID.fullmatch(reading.id)
    if named is None or named[1] != reading.type:
        raise EntityIdMalformed(id=reading.id)
    if any(observation.observed_at > at + CLOCK_ERROR for observation in reading.attributes.values()):
        raise ObservedInFuture(id=reading.id)


def _lock(types: dict[str, str], *, at: datetime) -> dict[str, Entity]:
    """Return the rows by id, locked; those that were missing are made first (of two makers the second waits here)."""
    fresh = [Entity(id=id_, type=type_, created_at=at, modified_at=at) for id_, type_ in sorted(types.items())]
    Entity.objects.bulk_create(fresh, ignore_conflicts=True)
    return {entity.id: entity for entity in Entity.objects.filter(id__in=types).order_by("id").select_for_update()}


def _merge(entity: Entity, reading: Reading) -> set[str]:
    """Put what is new into the row and return the attributes' names."""
    held = msgspec.convert(entity.attributes, dict[str, Observation])
    news = newer(held, reading.attributes)
    entity.attributes |= msgspec.to_builtins(news)
    if "location" in news:
        _place(entity, news["location"].value)
    return set(news)


def _place(entity: Entity, geometry: Any) -> None:
    try:
        box = box_around(geometry)
    except ValueError as fault:
        raise LocationMalformed(id=entity.id, detail=str(fault)) from None
    entity.west, entity.south, entity.east, entity.north = box.west, box.south, box.east, box.north


def _save(entities: list[Entity], names: dict[str, set[str]], *, at: datetime) -> list[Change]:
    for entity in entities:
        entity.version += 1
        entity.modified_at = at
    Entity.objects.bulk_create(entities, update_conflicts=True, unique_fields=["id"], update_fields=_COLUMNS)
    return [
        Change(id=entity.id, type=entity.type, attributes=sorted(names[entity.id]), version=entity.version)
        for entity in entities
    ]
