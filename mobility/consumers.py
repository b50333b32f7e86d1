"""The live feed of getting about: ``mobility.departures:<stop id>`` for whoever waits there (docs/realtime.md)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from kernel import clock
from kernel.principal import Principal
from mobility.selectors.stops.heard import board_heard
from mobility.selectors.stops.keeping import group_named
from mobility.services.live import live_network
from mobility.services.stops import topic_of


class DeparturesFeed:
    """What leaves a stop, for everybody."""

    name = "mobility.departures"
    is_open = True

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the stop's topic, the same for all its platforms; :raises StopUnknown: :raises NoTimetable:"""
        network = live_network(at=clock.now())
        return topic_of(network.feed.stop_id[group_named(network, argument).head])

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return ``{board}``."""
        return {"board": _board(topic, at)}

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterator[tuple[str, Any]]:
        """Say the whole board as it is now."""
        yield "departures.changed", {"board": _board(topic, at)}


def _board(topic: str, at: datetime) -> Any:
    return msgspec.to_builtins(board_heard(live_network(at=at), topic.partition(":")[2], at=at))
