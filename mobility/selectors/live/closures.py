"""Closed roads as they are known: what the town's things say of themselves, and whoever else keeps closures.

An entity of the type ``RoadClosure`` closes a road where it has a ``location`` (a line, an area or a point) and a ``name``. Its
``kind`` is ``all``, ``vehicles`` or ``walkers`` (``all`` where it does not say), ``owner`` who closed it, ``begins_at`` and
``ends_at`` are instants with their zone (RFC 3339), ``url`` is where to read more. What is wrong in an entity closes nothing.
"""

from datetime import datetime
from typing import Any, get_args

import structlog

import cityos.selectors as cityos
from mobility.engine.road_closures import Kind, RoadClosure, is_usable
from mobility.gateways.road_closures import road_closures
from mobility.selectors.entities import all_of, texts_of

CLOSURE = "RoadClosure"
MOST = 2000
_log = structlog.get_logger(__name__)


def closures_known(*, at: datetime) -> list[RoadClosure]:
    """Return the closures that are not over, by their ids; those that come first where there are too many."""
    second = int(at.timestamp())
    found = [closure for entity in all_of(CLOSURE) if (closure := _closure_of(entity)) is not None]
    found += road_closures(at=at)
    kept = [each for each in found if (each.ends_at is None or second < each.ends_at) and is_usable(each)]
    kept.sort(key=lambda each: (each.begins_at or 0, each.id))
    if len(kept) > MOST:
        _log.warning("too_many_closures", count=len(kept))
    return sorted(kept[:MOST], key=lambda each: each.id)


def _closure_of(entity: cityos.EntityView) -> RoadClosure | None:
    told = {name: each.value for name, each in entity.attributes.items()}
    kind, names, url = told.get("kind", "all"), texts_of(told.get("name")), told.get("url")
    begins_at, ends_at = _instant(told.get("begins_at")), _instant(told.get("ends_at"))
    if (
        kind not in get_args(Kind)
        or not names
        or not isinstance(told.get("location"), dict)
        or -1 in (begins_at, ends_at)
    ):
        return None
    return RoadClosure(
        entity.id, kind, told["location"], names, texts_of(told.get("owner")), begins_at, ends_at,
        url if isinstance(url, str) and url.startswith("https://") else "",
    )  # fmt: skip


def _instant(value: Any) -> int | None:
    """Return POSIX seconds; None where nothing is told, -1 where it is no instant."""
    if value is None:
        return None
    try:
        told = datetime.fromisoformat(str(value))
    except ValueError:
        return -1
    return int(told.timestamp()) if told.tzinfo is not None and told.year > 1970 else -1
