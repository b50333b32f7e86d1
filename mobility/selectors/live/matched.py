"""How much of what vehicles say of their trips is in the timetable, counted where an officer looks."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from mobility.engine.live.catalogue import Unmatched
from mobility.engine.live.members import catalogue_for
from mobility.engine.live.news import Message
from mobility.engine.network import Network
from mobility.gateways import live_store
from mobility.models import LiveKind, LiveSource
from mobility.selectors.live.sources import messages_now


def vehicles_matched(network: Network, *, at: datetime) -> Mapping[UUID, Mapping[str, object]]:
    """Return by source how many trips were found and, by reason, how many were not; nothing where none can be looked up."""
    try:
        told = messages_now(LiveKind.VEHICLE_POSITIONS, at=at)
    except live_store.StoreAway:
        return {}
    return {source.pk: _matched(network, source, message, int(at.timestamp())) for source, message in told.items()}


def _matched(network: Network, source: LiveSource, message: Message, at: int) -> Mapping[str, object]:
    catalogue = catalogue_for(network.catalogues, source.feed.slug if source.feed else "")
    if catalogue is None:
        return {"trips": 0, "unmatched": {"feed_not_used": len(message.vehicles)}}
    lost, found = Counter[str](), 0
    for vehicle in message.vehicles.values():
        try:
            catalogue.find(vehicle.trip, vehicle.at or at)
            found += 1
        except Unmatched as reason:
            lost[reason.code] += 1
    return {"trips": found, "unmatched": dict(lost)}
