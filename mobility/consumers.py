"""The live feeds of getting about (docs/realtime.md): ``mobility.departures:<stop id>`` for whoever waits there, and
``mobility.journey:<id>`` for whoever follows a journey under that id.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from kernel import clock
from kernel.principal import Principal
from mobility.errors import FollowUnknown
from mobility.selectors.stops.heard import board_heard
from mobility.selectors.stops.keeping import group_named
from mobility.services import journeys
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
        """Say the whole board as it is now, by the generation that the mark names."""
        yield "departures.changed", {"board": _board(topic, at, int(mark))}


class JourneyFeed:
    """A journey that somebody follows, for whoever has its id; told in the language in which it was taken."""

    name = "mobility.journey"
    is_open = True

    def topic(self, principal: Principal, argument: str) -> str:
        """Return the journey's topic, which does not tell its id; :raises FollowUnknown:"""
        return journeys.topic_of(argument)

    def snapshot(self, topic: str, *, at: datetime) -> dict[str, Any]:
        """Return ``{followed}``."""
        return {"followed": _followed(topic, at)}

    def events(self, topic: str, mark: str, *, at: datetime) -> Iterator[tuple[str, Any]]:
        """Say the whole journey as it is now, by the generation that the mark names; nothing where nobody follows it any more."""
        try:
            yield "journey.changed", {"followed": _followed(topic, at, int(mark))}
        except FollowUnknown:
            return


def _followed(topic: str, at: datetime, generation: int | None = None) -> Any:
    return msgspec.to_builtins(journeys.followed_now(live_network(at=at, generation=generation), topic, at=at))


def _board(topic: str, at: datetime, generation: int | None = None) -> Any:
    network = live_network(at=at, generation=generation)
    return msgspec.to_builtins(board_heard(network, topic.partition(":")[2], at=at))
