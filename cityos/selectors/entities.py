"""Read the town's things. They are open data: whoever asks may know them."""

from datetime import datetime

import msgspec

from cityos.engine.observations import Observation
from cityos.engine.places import Box
from cityos.models import Entity
from kernel.problems import NotFound

USUAL, MOST = 200, 1000


class EntityView(msgspec.Struct, frozen=True, kw_only=True):
    """A thing as it is now."""

    id: str
    type: str
    attributes: dict[str, Observation]
    version: int
    modified_at: datetime


def entity_of(id_: str) -> EntityView:
    """Return one entity; :raises NotFound: where there is none."""
    entity = Entity.objects.filter(id=id_).first()
    if entity is None:
        raise NotFound
    return _view(entity)


def entities_of(
    entity_type: str, *, within: Box | None = None, after: str = "", limit: int = USUAL
) -> list[EntityView]:
    """Return entities of one type in the order of their ids, at most ``limit`` (1000), those after the id ``after``.

    ``within`` keeps those whose location touches the box; one without a location is then left out.
    """
    rows = Entity.objects.filter(type=entity_type, id__gt=after)
    if within is not None:
        rows = rows.filter(west__lte=within.east, east__gte=within.west)
        rows = rows.filter(south__lte=within.north, north__gte=within.south)
    return [_view(entity) for entity in rows.order_by("id")[: min(limit, MOST)]]


def _view(entity: Entity) -> EntityView:
    return EntityView(
        id=entity.id,
        type=entity.type,
        attributes=msgspec.convert(entity.attributes, dict[str, Observation]),
        version=entity.version,
        modified_at=entity.modified_at,
    )
