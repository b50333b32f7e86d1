"""Which followed journeys stand otherwise than a moment ago: those whose vehicles do, and those that came to their next stop.

The loop reckons how each stands, which is little. Where one is watched it is told in words, with the ways on that are sought then.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
import structlog

from kernel.realtime import touch
from mobility.engine.journeys.following import Held, Standing
from mobility.engine.network import Network
from mobility.errors import NetworkAway, NoTimetable
from mobility.gateways import followed_store
from mobility.selectors.journeys.following import stands
from mobility.selectors.journeys.taking import FollowKept, Taken, taken, taken_again
from mobility.selectors.live.alerts import standing as notices_at
from mobility.services.journeys.following import FEED
from mobility.services.live import live_generation, live_network

AT_ONCE = 500
"""So many topics go in one message."""
AGAIN = timedelta(seconds=30)
"""So long it may take until every process has opened a new timetable: all are told once more then."""

_log = structlog.get_logger(__name__)


@dataclass
class Seen:
    """A followed journey as it stood when one looked last."""

    kept: FollowKept
    held: tuple[Held, ...]
    found: Taken | None = None
    standing: Standing | None = None


@dataclass
class Watch:
    """What was seen last: on which network, with which notices; and when everybody is told once more."""

    network: Network | None = None
    notices: tuple[Any, ...] = ()
    again_at: datetime | None = None
    seen: dict[str, Seen] = field(default_factory=dict)


def tell_changes(watch: Watch, *, at: datetime) -> int:
    """Touch the followed journeys that stand otherwise than when ``watch`` looked; return how many do.

    :raises StoreAway: where nobody can be told anyway.
    """
    keys = followed_store.keys(at=at)
    _meet(watch, keys)
    if not watch.seen:
        return 0
    try:
        network = live_network(at=at)
    except (NoTimetable, NetworkAway):
        return 0
    is_new = _is_new(watch, network, at)
    changed = [key for key in list(watch.seen) if _look(watch, key, network, at) or is_new]
    followed_store.hold({key: each.held for key, each in watch.seen.items() if _passed(each)})
    mark = str(live_generation() or 0)
    for n in range(0, len(changed), AT_ONCE):
        touch({f"{FEED}:{key}": mark for key in changed[n : n + AT_ONCE]})
    return len(changed)


def _meet(watch: Watch, keys: list[str]) -> None:
    """Begin with those that are followed since, and let go of those that are not any more."""
    new = [key for key in keys if key not in watch.seen]
    held = followed_store.held_of(new)
    for key, plain in followed_store.followed(new).items():
        watch.seen[key] = Seen(msgspec.msgpack.decode(plain, type=FollowKept), held.get(key, ()))
    for key in watch.seen.keys() - set(keys):
        del watch.seen[key]


def _is_new(watch: Watch, network: Network, at: datetime) -> bool:
    """Tell whether all journeys may be told otherwise: other notices stand, or all processes have a new timetable by now."""
    notices = tuple((row.pk, row.changed_at) for row in notices_at(at=at))
    is_new = watch.notices != notices
    if watch.again_at is not None and at >= watch.again_at:
        watch.again_at, is_new = None, True
    if watch.network is not None and watch.network.feed is not network.feed:
        watch.again_at = at + AGAIN
    watch.network, watch.notices = network, notices
    return is_new


def _look(watch: Watch, key: str, network: Network, at: datetime) -> bool:
    """Look at one journey, and tell whether it stands otherwise; one that cannot be reckoned with is let go of."""
    try:
        return _stands_otherwise(watch.seen[key], network, at)
    except Exception:  # noqa: BLE001 - one journey's oddity must not keep the others from being told
        _log.exception("followed_fault")
        followed_store.forget(key)
        del watch.seen[key]
        return False


def _stands_otherwise(each: Seen, network: Network, at: datetime) -> bool:
    second, before = each.kept.second(at), each.standing
    if each.found is None:
        each.found = taken(network, each.kept)
    elif each.found.network is not network:
        each.found = taken_again(each.found, network)
    elif before is not None and (before.until is None or second < before.until):
        return False
    each.standing = stands(each.found, each.held, at=at)
    return each.standing != before


def _passed(each: Seen) -> bool:
    """Take over what lies behind the traveller now, and tell whether that is more than before."""
    held = each.standing.held if each.standing else each.held
    is_more, each.held = held != each.held, held
    return is_more
