"""From what sources say to a generation: gathered, held against the timetable, and published in one step.

A generation with the same changes as the one before is not published anew; it is only said that it still stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from mobility.engine.live import Catalogue, Gathering, packed
from mobility.engine.live.members import catalogues
from mobility.engine.live.news import Message
from mobility.engine.live_results import Generation
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable
from mobility.gateways import live_store
from mobility.gateways.driver_positions import driver_news
from mobility.models import LiveKind, LiveSource
from mobility.services.feeds import current_network
from mobility.services.live.polling import fresh_messages, note_matched

_log = structlog.get_logger(__name__)


@dataclass
class _Published:
    """What this process published last, and the catalogues of the network it was for."""

    number: int = 0
    release: UUID | None = None
    changes: bytes = b""
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)


_last = _Published()


def publish_changes(*, at: datetime) -> int | None:
    """Publish what runs otherwise than planned; return the generation's number, None where there is no network.

    :raises StoreAway: where it cannot be published.
    """
    try:
        network = current_network(at=at)
    except (NoTimetable, NetworkAway):
        live_store.take_back()
        return None
    if network.release != _last.release or not _last.catalogues:
        _last.catalogues = catalogues(network.feed, network.timetable)
        _last.release, _last.number = network.release, 0
    told = fresh_messages(LiveKind.TRIP_UPDATES, at=at)
    changes, slugs = _gathered(network, told, at)
    if _last.number and changes == _last.changes and live_store.still_stands(_last.number):
        return _last.number
    number = live_store.next_number()
    live_store.publish(Generation(number, network.release, at, slugs, changes))
    _last.number, _last.changes = number, changes
    _log.info("live_generation", number=number, sources=len(slugs), bytes=len(changes))
    return number


def _gathered(network: Network, told: Mapping[LiveSource, Message], at: datetime) -> tuple[bytes, list[str]]:
    gathering, second = Gathering(), int(at.timestamp())
    slugs, matched = [], []
    for source, message in told.items():
        slug = source.feed.slug if source.feed else ""
        found = _catalogue(slug)
        if found is None:
            matched.append((source, {"trips": 0, "unmatched": {"feed_not_used": len(message.trips)}}))
            continue
        result = gathering.take(message.trips.values(), found, message.at or second)
        slugs.append(slug)
        matched.append(
            (source, {"trips": result.trips, "unmatched": dict(result.unmatched), "examples": result.examples})
        )
    for slug, news in driver_news(network, at=second).items():
        found = _catalogue(slug)
        if found is not None:
            gathering.take(news, found, second)
            slugs.append(slug)
    note_matched(_new(matched))
    return packed(gathering.changes()), sorted(set(slugs))


def _catalogue(slug: str) -> Catalogue | None:
    known = _last.catalogues
    return known.get(slug) or (known.get("") if len(known) == 1 else None)


def _new(matched: list[tuple[LiveSource, dict[str, Any]]]) -> list[tuple[LiveSource, dict[str, Any]]]:
    """Return what is not written beside the source already."""
    return [(source, counts) for source, counts in matched if source.report.get("matched") != counts]
