"""Which boards have changed since one looked last: those where something left, and all of them when news or a day came.

Nobody knows who watches, and a touch costs the same whether anybody does: processes with a socket on a stop read its board, others
read nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.clock import jst_date
from kernel.realtime import touch
from mobility.engine.departures.moments import Moments, moments_of
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable
from mobility.selectors.live.alerts import standing
from mobility.selectors.stops.keeping import kept_of
from mobility.selectors.stops.telling import seconds_of
from mobility.services.live import live_generation, live_network

AT_ONCE = 500
"""So many topics go in one message."""


@dataclass
class Watch:
    """What was seen last: when, on which network and day, with which notices; and when vehicles leave on that day."""

    at: datetime | None = None
    network: Network | None = None
    signature: tuple[Any, ...] = ()
    moments: Moments | None = None


def topic_of(stop_id: str) -> str:
    """Return the topic of a stop, by the id of the one that stands for all its platforms."""
    return f"mobility.departures:{stop_id}"


def tell_changes(watch: Watch, *, at: datetime) -> int:
    """Touch the boards that have changed since ``watch`` looked, and remember what was seen; return how many were."""
    try:
        network = live_network(at=at)
    except (NoTimetable, NetworkAway):
        watch.at = watch.network = None
        return 0
    signature = (jst_date(at), *[(row.pk, row.changed_at) for row in standing(at=at)])
    stops = _changed(watch, network, signature, at)
    _remember(watch, network, signature, at)
    ids, mark = sorted(network.feed.stop_id[head] for head in stops), str(live_generation() or 0)
    for n in range(0, len(ids), AT_ONCE):
        touch({topic_of(stop_id): mark for stop_id in ids[n : n + AT_ONCE]})
    return len(ids)


def _changed(watch: Watch, network: Network, signature: tuple[Any, ...], at: datetime) -> set[int]:
    """Return the heads of the stops whose boards are others than before."""
    groups = kept_of(network).groups
    if watch.at is None or watch.network is not network or watch.signature != signature or watch.moments is None:
        return {group.head for group in groups.groups}
    day = jst_date(at)
    left = watch.moments.between(seconds_of(watch.at, day), seconds_of(at, day))
    return {groups.groups[groups.of_stop[stop]].head for stop in left}


def _remember(watch: Watch, network: Network, signature: tuple[Any, ...], at: datetime) -> None:
    if watch.network is not network or watch.signature[:1] != signature[:1]:
        watch.moments = moments_of(kept_of(network).plan, network, jst_date(at))
    watch.at, watch.network, watch.signature = at, network, signature
