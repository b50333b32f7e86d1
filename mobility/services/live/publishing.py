"""From what sources say to a generation: gathered, held against the timetable, and published in one step.

A generation with the same changes as the one before is not published anew; it is only said that it still stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import structlog

from mobility.engine.live import Gathering, packed
from mobility.engine.live.driven import trip_news
from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import Message
from mobility.engine.live_results import NO_RELEASE, Generation
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable
from mobility.gateways import live_store
from mobility.gateways.driver_positions import driver_positions
from mobility.models import LiveKind, LiveSource
from mobility.selectors.live.closures import closures_known
from mobility.selectors.live.sources import messages_now
from mobility.services.feeds import current_network
from mobility.services.live.polling import note_matched

GATHERED_EVERY = timedelta(seconds=10)

_log = structlog.get_logger(__name__)


@dataclass
class _Published:
    """What this process published last, and for which network."""

    number: int = 0
    gathered_at: datetime | None = None
    release: UUID | None = None
    changes: bytes = b""
    closures: bytes = b""


_last = _Published()


def publish_changes(*, at: datetime, is_new: bool = True) -> int | None:
    """Publish what runs otherwise than planned, and which roads are closed; return the generation's number, None without a network.

    Without anything new it is gathered again every few seconds only, for what has grown too old meanwhile.

    :raises StoreAway: where it cannot be published.
    """
    if not is_new and _last.gathered_at is not None and at - _last.gathered_at < GATHERED_EVERY:
        return _last.number
    _last.gathered_at = at
    try:
        network = current_network(at=at)
    except (NoTimetable, NetworkAway):
        live_store.take_back()
        return None
    if network.release != _last.release:
        _last.release, _last.number = network.release, 0
    told = messages_now(LiveKind.TRIP_UPDATES, at=at)
    changes, slugs = _gathered(network, told, at)
    closures = closures_known(at=at)
    closed = msgspec.msgpack.encode(closures)
    is_same = (changes, closed) == (_last.changes, _last.closures)
    if _last.number and is_same and live_store.still_stands(_last.number):
        return _last.number
    number = live_store.next_number()
    live_store.publish(Generation(number, network.release or NO_RELEASE, at, slugs, changes, closures))
    _last.number, _last.changes, _last.closures = number, changes, closed
    _log.info("live_generation", number=number, sources=len(slugs), bytes=len(changes))
    return number


def _gathered(network: Network, told: Mapping[LiveSource, Message], at: datetime) -> tuple[bytes, list[str]]:
    gathering, second = Gathering(), int(at.timestamp())
    slugs, matched = [], []
    for source, message in told.items():
        slug = source.feed.slug if source.feed else ""
        found = catalogue_for(network.catalogues, slug)
        if found is None:
            matched.append((source, {"trips": 0, "unmatched": {"feed_not_used": len(message.trips)}}))
            continue
        result = gathering.take(message.trips.values(), found, message.at or second)
        slugs.append(slug)
        matched.append(
            (source, {"trips": result.trips, "unmatched": dict(result.unmatched), "examples": result.examples})
        )
    places = network.feed.stop_lat, network.feed.stop_lon
    for slug, vehicles in driver_positions(network, at=second).items():
        found = catalogue_for(network.catalogues, slug)
        if found is not None:
            gathering.take(trip_news(vehicles, found, places, second).values(), found, second)
            slugs.append(slug)
    note_matched(_new(matched))
    return packed(gathering.changes()), sorted(set(slugs))


def _new(matched: list[tuple[LiveSource, dict[str, Any]]]) -> list[tuple[LiveSource, dict[str, Any]]]:
    """Return what is not written beside the source already."""
    return [(source, counts) for source, counts in matched if source.report.get("matched") != counts]
