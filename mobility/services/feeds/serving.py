"""The network as this process holds it: opened once, shared with all other processes page by page, swapped when another is used.

Whoever asks gets what is open. At most once a second one of them looks which network is to be used; another one is opened beside,
warmed, and put in the place of the old one in one step. Searches that began keep the one they began with.
"""

import gc
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, Thread
from uuid import UUID

import numpy as np
import structlog
from django.conf import settings
from django.db import connection

from kernel.clock import jst_date, jst_midnight
from kernel.problems import DomainError
from mobility.engine.fares import Fares
from mobility.engine.footpaths import NEAR_S, WALK
from mobility.engine.gtfs.storing import opened
from mobility.engine.network import Network
from mobility.engine.search import Ends, earliest_arrival, reach_all, search_range
from mobility.engine.streets import PROFILES, Walks
from mobility.engine.timetable.arrays import I32
from mobility.errors import NetworkAway, NoTimetable
from mobility.gateways.releases import ReleaseMissing, open_beside, open_release, write_beside
from mobility.gateways.street_store import active, streets_in_use
from mobility.models import NetworkRelease
from mobility.selectors.journeys import JourneysAsked, find_journeys
from mobility.selectors.journeys.words import PlaceAsked
from mobility.services.feeds.building import FARES, build_again

LOOKS_EVERY_S = 1.0
TRIES_AGAIN_S = 30.0
"""So long a process leaves a network alone that it could not open."""

_log = structlog.get_logger(__name__)


@dataclass
class _Held:
    """What this process has: the network and its map, when it last looked for others, which network it could not open, and when.

    ``began_bare`` says that there was no network when it began: it serves already, and stays ready while it opens the first.
    """

    network: Network | None = None
    map: str | None = None
    looked_at: float = 0.0
    failed: UUID | None = None
    failed_at: float = 0.0
    fault: str = ""
    is_opening: bool = False
    began_bare: bool = False
    lock: Lock = field(default_factory=Lock)


_held = _Held()


def current_network(*, at: datetime) -> Network:
    """Return the network that is used; the first call of a process waits until it is open.

    :raises NoTimetable: where none is; :raises NetworkAway: where it cannot be opened.
    """
    held, beside = _held.network, settings.FEEDS["opens_beside"]
    if held is not None and beside and time.monotonic() - _held.looked_at < LOOKS_EVERY_S:
        return held
    wanted = _look()
    if wanted is None:
        _held.network = None
        raise NoTimetable
    if held is None and _has_failed(wanted):
        raise NetworkAway(retry_after=int(TRIES_AGAIN_S))
    if held is None or not beside:
        return _open(wanted, at)
    is_current = wanted == held.release and _held.map == active()
    if is_current:
        _held.failed = None
    elif not _has_failed(wanted):
        _open_beside(wanted, at)
    return held


def warm_up(*, at: datetime) -> None:
    """Open the network in a thread of its own, so that a process that just began is soon ready."""
    if settings.FEEDS["opens_beside"]:
        Thread(target=_warm, args=(at,), name="network", daemon=True).start()


def why_cold(*, at: datetime) -> str | None:
    """Say why this process should not serve yet: it has not opened the network that was used when it began, and is about to."""
    wanted = _look()
    if wanted is None:
        _held.began_bare = True
    if wanted is None or _held.network is not None or _has_failed(wanted):
        return None
    _open_beside(wanted, at)
    return None if _held.began_bare else "Timetables are being opened."


def why_not_current() -> str | None:
    """Say which network this process could not open."""
    return f"The network {_held.failed} cannot be opened: {_held.fault}" if _held.failed is not None else None


def _has_failed(release: UUID) -> bool:
    """Tell whether this process could not open a network a moment ago."""
    return release == _held.failed and time.monotonic() - _held.failed_at < TRIES_AGAIN_S


def _look() -> UUID | None:
    _held.looked_at = time.monotonic()
    return NetworkRelease.objects.filter(is_active=True).values_list("pk", flat=True).first()


def _warm(at: datetime) -> None:
    try:
        wanted = _look()
        if wanted is None:
            _held.began_bare = True
        else:
            _open(wanted, at)
    except Exception as fault:  # noqa: BLE001 - a thread has nobody to tell; readiness asks again
        _log.warning("network_not_warm", fault=repr(fault))
    finally:
        connection.close()


def _open_beside(release: UUID, at: datetime) -> None:
    with _held.lock:
        if _held.is_opening:
            return
        _held.is_opening = True
    Thread(target=_opened_beside, args=(release, at), name="network", daemon=True).start()


def _opened_beside(release: UUID, at: datetime) -> None:
    try:
        _open(release, at)
    except NetworkAway:
        pass
    finally:
        _held.is_opening = False
        connection.close()


_opening = Lock()


def _open(release: UUID, at: datetime) -> Network:
    """Open and warm a network and put it in the place of the old one; who comes meanwhile waits for the same."""
    with _opening:
        held = _held.network
        if held is not None and held.release == release and _held.map == active():
            return held
        _held.map = active()
        try:
            network = _opened(release)
            _search_once(network, at)
        except Exception as fault:  # noqa: BLE001 - whatever stands in the way, the city serves without journeys
            _held.failed, _held.failed_at, _held.fault = release, time.monotonic(), repr(fault)
            _log.exception("network_not_opened", release=str(release))
            raise NetworkAway(retry_after=int(TRIES_AGAIN_S)) from None
        _held.network, _held.failed = network, None
        _settle()
        _log.info("network_opened", release=str(release))
        return network


def _opened(release: UUID) -> Network:
    try:
        given = open_release(release)
    except ReleaseMissing:
        build_again(release)
        given = open_release(release)
    feed, timetable = opened(given)
    fares = Fares.from_bytes(given.arrays[FARES].data)
    network = Network(feed, timetable, streets_in_use(settings.FEEDS["walk_detour"]), fares, release=release)
    if _held.map is not None:
        _find_walks(network, release, _held.map)
    return network


def _find_walks(network: Network, release: UUID, street_map: str) -> None:
    """Let a network know the ways along the streets from stop to stop: the first process seeks them, all others read them."""
    name = f"walks-{street_map}-{NEAR_S}"
    kept = open_beside(release, name)
    if kept is not None and kept.dtype == I32 and kept.shape[:1] == (len(Walks._fields),):
        network.kept_walks[WALK, NEAR_S] = Walks(*kept)
        return
    try:
        write_beside(release, name, np.stack(network.walks(WALK, NEAR_S)))
    except OSError as fault:
        _log.warning("walks_not_kept", release=str(release), fault=repr(fault))


def _search_once(network: Network, at: datetime) -> None:
    """Lay out today and tomorrow, and search once each way, so that everything is compiled before anybody waits."""
    for day in (jst_date(at), jst_date(at) + timedelta(days=1)):
        for is_mirrored in (False, True):
            network.lanes(day, is_mirrored=is_mirrored)
    network.streets.prepare(tuple(PROFILES.values()), [network.targets])
    network.footpaths(WALK)
    if not len(network.boarded):
        return
    first, last = Ends.of({int(network.boarded[0]): 0}), Ends.of({int(network.boarded[-1]): 0})
    for is_mirrored in (False, True):
        lanes = network.lanes(jst_date(at), is_mirrored=is_mirrored)
        earliest_arrival(lanes, first, last, 0)
        reach_all(lanes, first, 0)
        search_range(lanes, first, last, 0, 600)
    _answer_once(network, at)


def _answer_once(network: Network, at: datetime) -> None:
    """Answer a whole question that has a journey, leaving and arriving: by then fares, words and lines are read and compiled."""
    day = min(max(jst_date(at), network.feed.first_day), network.last_day)
    lanes = network.lanes(day)
    today = np.flatnonzero(lanes.shift == 0)
    if not len(today):
        return
    trip = int(lanes.trip[today[len(today) // 2]])
    times = network.times(trip, day)
    start, goal = (PlaceAsked(stop=network.feed.stop_id[stop]) for stop in times.stop[[0, -1]].tolist())
    for is_arriving, second in ((False, times.departure[0]), (True, times.arrival[-1])):
        when = jst_midnight(day) + timedelta(seconds=int(second))
        with suppress(DomainError):  # a trip may end where it begins, or far from every street
            find_journeys(
                network, JourneysAsked(start, goal, at=when, is_arriving=is_arriving), at=at, language="ja", carriers={}
            )


def _settle() -> None:
    """Look for garbage once, and let what a process keeps for long be passed over from then on: else a question waits for that."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
