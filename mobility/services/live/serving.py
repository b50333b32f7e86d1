"""The network as it runs now, in this process: at most once a second somebody looks whether there is a newer generation.

Whoever finds one lays it over and lays today out; meanwhile all others search on with the one before. It is put in place in one
step, and searches that began keep what they began with. Roads are closed for the span that somebody asks about: one network for
each set of roads that are closed together, of which the latest few are kept.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import msgspec
import structlog
from django.conf import settings

from kernel.clock import jst_date
from mobility.engine.footpaths import WALK
from mobility.engine.journeys.asking import SPAN_S
from mobility.engine.live import overlaid, unpacked
from mobility.engine.live_results import NO_RELEASE
from mobility.engine.network import Network
from mobility.engine.road_closures import RoadClosure, standing
from mobility.gateways import live_store
from mobility.services.feeds import current_network

MOST_GROUNDS = 6
_log = structlog.get_logger(__name__)
Closed = tuple[str, ...]
"""The ids of roads that are closed together, within one list of closures."""
Span = tuple[datetime, datetime]


@dataclass
class _Held:
    """The network this process searches, which generation lies over it, and when it last looked.

    ``grounds`` are the planned network with roads closed, and ``shown`` the same as it runs now.
    """

    base: Network | None = None
    live: Network | None = None
    number: int | None = None
    closures: Sequence[RoadClosure] = ()
    grounds: dict[Closed, Network] = field(default_factory=dict)
    shown: dict[Closed, Network] = field(default_factory=dict)
    looked_at: float = 0.0
    heard_at: float = 0.0
    lock: Lock = field(default_factory=Lock)
    digging: Lock = field(default_factory=Lock)


_held = _Held()


def live_network(*, at: datetime, span: Span | None = None, generation: int | None = None) -> Network:
    """Return the network that is used, as it runs now; as planned where nobody tells, or nobody has for two minutes.

    Roads are closed in it that are closed at any instant of a span, of the coming two hours where none is told. Whoever was told
    of a ``generation`` (0 for as planned) makes this process look at once, where it has another.

    :raises NoTimetable: :raises NetworkAway: as :func:`current_network` does.
    """
    network = _running(at, generation)
    closed = _closed(_held.closures, span or _coming(at))
    return _with_closures(network, closed) if closed else network


def live_generation() -> int | None:
    """Return the number of the generation that this process searches with."""
    return _held.number


def forget_live() -> None:
    """Begin anew, as a process does that just started."""
    _held.base = _held.live = _held.number = None
    _held.closures, _held.grounds, _held.shown = (), {}, {}
    _held.looked_at = _held.heard_at = 0.0


def _running(at: datetime, generation: int | None) -> Network:
    base = current_network(at=at)
    held = _held.live if _held.base is base else None
    is_other = generation is not None and generation != (_held.number or 0)
    if held is not None and not is_other and time.monotonic() - _held.looked_at < settings.LIVE["looks_every_s"]:
        return held
    if not _held.lock.acquire(blocking=held is None):
        return held or base
    try:
        _look(base, at)
        return _held.live or base
    finally:
        _held.lock.release()


def _coming(at: datetime) -> Span:
    return at, at + timedelta(seconds=SPAN_S)


def _closed(closures: Sequence[RoadClosure], span: Span) -> Sequence[RoadClosure]:
    return standing(closures, int(span[0].timestamp()), int(span[1].timestamp()))


def _with_closures(network: Network, closed: Sequence[RoadClosure]) -> Network:
    """Return a network with these roads closed; the first who asks for them lays them out, and who comes meanwhile waits."""
    key, shown = _key(closed), _held.shown
    found = shown.get(key)
    if found is not None and found.feed is network.feed and found.live is network.live:
        return found
    with _held.digging:
        ground = _held.grounds.get(key)
        if ground is None or ground.feed is not network.feed:
            ground = _ground(_held.base or network, closed)
            _kept(_held.grounds, key, ground)
    found = network.on_ground(ground)
    _kept(shown, key, found)
    return found


def _ground(base: Network, closed: Sequence[RoadClosure]) -> Network:
    ground = base.with_closures(closed)
    ground.footpaths(WALK)
    return ground


def _key(closed: Sequence[RoadClosure]) -> Closed:
    return tuple(each.id for each in closed)


def _close(base: Network, closures: Sequence[RoadClosure], at: datetime) -> None:
    """Take a list of closures in place of the one before; what is closed now is laid out first, while all others search on."""
    if _as_bytes(closures) == _as_bytes(_held.closures):
        return
    closed = _closed(closures, _coming(at))
    grounds = {_key(closed): _ground(base, closed)} if closed else {}
    with _held.digging:
        _held.closures, _held.grounds, _held.shown = closures, grounds, {}


def _as_bytes(closures: Sequence[RoadClosure]) -> bytes:
    return msgspec.msgpack.encode(list(closures))


def _kept(kept: dict[Closed, Network], key: Closed, network: Network) -> None:
    """Keep a network, the oldest making room."""
    for oldest in list(kept)[: max(0, len(kept) - MOST_GROUNDS + 1)]:
        kept.pop(oldest, None)
    kept[key] = network


def _look(base: Network, at: datetime) -> None:
    _held.looked_at = time.monotonic()
    if _held.base is not base:
        _held.base, _held.live, _held.number = base, base, None
        _held.grounds, _held.shown = {}, {}
    try:
        number = live_store.latest_number()
        if number != _held.number:
            _lay_over(base, number, at)
        _held.heard_at = time.monotonic()
    except live_store.StoreAway as fault:
        if time.monotonic() - _held.heard_at > live_store.GENERATION_S:
            _held.live, _held.number, _held.shown = base, None, {}
        _log.warning("live_not_looked_up", fault=repr(fault))


def _lay_over(base: Network, number: int | None, at: datetime) -> None:
    told = None if number is None else live_store.generation(number)
    if told is not None:
        _close(base, told.closures, at)
    if told is None or told.release != (base.release or NO_RELEASE):
        _held.live, _held.number, _held.shown = base, None, {}
        return
    changes, _found = unpacked(told.changes), base.catalogues  # sought once, and shared with every generation
    live = base.with_live(overlaid(base.timetable, changes)) if len(changes) else base
    for day in (jst_date(at), jst_date(at) + timedelta(days=1)):
        for is_mirrored in (False, True):
            live.lanes(day, is_mirrored=is_mirrored)
    _held.live, _held.number, _held.shown = live, number, {}
