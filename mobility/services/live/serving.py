"""The network as it runs now, in this process: at most once a second somebody looks whether there is a newer generation.

Whoever finds one lays it over and lays today out; meanwhile all others search on with the one before. It is put in place in one
step, and searches that began keep what they began with.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import structlog
from django.conf import settings

from kernel.clock import jst_date
from mobility.engine.live import overlaid, unpacked
from mobility.engine.live_results import NO_RELEASE
from mobility.engine.network import Network
from mobility.gateways import live_store
from mobility.services.feeds import current_network

_log = structlog.get_logger(__name__)


@dataclass
class _Held:
    """The network this process searches, which generation lies over it, and when it last looked."""

    base: Network | None = None
    live: Network | None = None
    number: int | None = None
    looked_at: float = 0.0
    heard_at: float = 0.0
    lock: Lock = field(default_factory=Lock)


_held = _Held()


def live_network(*, at: datetime, generation: int | None = None) -> Network:
    """Return the network that is used, as it runs now; as planned where nobody tells, or nobody has for two minutes.

    Whoever was told of a ``generation`` (0 for as planned) makes this process look at once, where it has another.

    :raises NoTimetable: :raises NetworkAway: as :func:`current_network` does.
    """
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


def live_generation() -> int | None:
    """Return the number of the generation that this process searches with."""
    return _held.number


def forget_live() -> None:
    """Begin anew, as a process does that just started."""
    _held.base = _held.live = _held.number = None
    _held.looked_at = _held.heard_at = 0.0


def _look(base: Network, at: datetime) -> None:
    _held.looked_at = time.monotonic()
    if _held.base is not base:
        _held.base, _held.live, _held.number = base, base, None
    try:
        number = live_store.latest_number()
        if number != _held.number:
            _lay_over(base, number, at)
        _held.heard_at = time.monotonic()
    except live_store.StoreAway as fault:
        if time.monotonic() - _held.heard_at > live_store.GENERATION_S:
            _held.live, _held.number = base, None
        _log.warning("live_not_looked_up", fault=repr(fault))


def _lay_over(base: Network, number: int | None, at: datetime) -> None:
    told = None if number is None else live_store.generation(number)
    if told is None or told.release != (base.release or NO_RELEASE):
        _held.live, _held.number = base, None
        return
    changes, _found = unpacked(told.changes), base.catalogues  # sought once, and shared with every generation
    live = base.with_live(overlaid(base.timetable, changes)) if len(changes) else base
    for day in (jst_date(at), jst_date(at) + timedelta(days=1)):
        for is_mirrored in (False, True):
            live.lanes(day, is_mirrored=is_mirrored)
    _held.live, _held.number = live, number
