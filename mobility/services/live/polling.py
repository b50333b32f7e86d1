"""Asking sources what runs now: all that are due at once, each with its own outcome; one that fails harms no other.

Nothing of this is audited: it happens every few seconds, and what stands in the register is the latest alone.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from kernel.principal import Principal
from kernel.problems import NotAllowed, NotFound
from mobility.engine.live.news import Message, merged
from mobility.engine.network import Network
from mobility.errors import LiveAway, LiveSourceRetired, NetworkAway, NoTimetable
from mobility.gateways import live_store
from mobility.gateways.fetching import FetchRefused
from mobility.gateways.gbfs import NotGbfs, collect, read_fleet
from mobility.gateways.gtfs_realtime import Unreadable, read_message
from mobility.gateways.live_sources import DEMO, Source, open_source
from mobility.models import LiveKind, LiveOutcome, LiveSource
from mobility.selectors.live.sources import is_stale
from mobility.services.feeds import current_network
from mobility.services.feeds.sources import RIGHT
from mobility.services.live.alerts import keep_alerts
from mobility.services.live.sources import headers_of

AT_ONCE = 8
_log = structlog.get_logger(__name__)


@dataclass
class Heard:
    """What came of asking one source: its outcome, what it said, and what was counted."""

    outcome: LiveOutcome
    said_at: int | None = None
    counts: dict[str, Any] = field(default_factory=dict)


def poll_due(*, at: datetime) -> int:
    """Ask all sources that are due; return how many.

    :raises StoreAway: where what they say cannot be kept.
    """
    due = _claimed(at)
    if not due:
        return 0
    made_up = [row for row in due if row.url.startswith(DEMO)]
    away = [row for row in due if not row.url.startswith(DEMO)]
    for source in made_up:  # twins read the database, which this thread alone has open
        _note(source, _heard(source, _opened(source), at), at)
    if away:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="live") as threads:
            opened = list(threads.map(_opened, away))
        for source, found in zip(away, opened, strict=True):
            _note(source, _heard(source, found, at), at)
    return len(due)


def ask_now(principal: Principal, *, source_id: UUID, at: datetime) -> LiveSource:
    """Ask one source now, whether it is due or not, and return how it is; what a paused one says does not count.

    :raises NotAllowed: :raises NotFound: :raises LiveSourceRetired: :raises LiveAway: where what it says cannot be kept.
    """
    if not principal.may(RIGHT):
        raise NotAllowed
    row = LiveSource.objects.filter(pk=source_id).select_related("feed").first()
    if row is None:
        raise NotFound
    if row.retired_at is not None:
        raise LiveSourceRetired
    LiveSource.objects.filter(pk=row.pk).update(next_at=at + timedelta(seconds=row.poll_seconds), tried_at=at)
    try:
        _note(row, _heard(row, _opened(row), at), at)
    except live_store.StoreAway:
        raise LiveAway(retry_after=5) from None
    row.refresh_from_db()
    return row


def _claimed(at: datetime) -> list[LiveSource]:
    """Return the sources that are due and nobody else asks; each is due again after its interval."""
    found = []
    rows = LiveSource.objects.filter(retired_at=None, paused_at=None, next_at__lte=at)
    rows = rows.select_related("feed").order_by("next_at", "id")
    for row in rows[: 10 * AT_ONCE]:
        after = at + timedelta(seconds=row.poll_seconds)
        if LiveSource.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=after, tried_at=at):
            found.append(row)
    return found


def _opened(row: LiveSource) -> Any:
    """Return what a source's address holds, or why not."""
    try:
        headers = headers_of(row)
        if row.kind == LiveKind.GBFS:
            return collect(row.url, lambda url: open_source(Source(url, headers)), absent=(FetchRefused,))
        return open_source(Source(row.url, headers))
    except (FetchRefused, NotGbfs) as refused:
        return refused
    except Exception as fault:  # noqa: BLE001 - one source's oddity must not keep the others from being heard
        _log.exception("live_source_fault", source=str(row.pk))
        return FetchRefused("silent", type(fault).__name__)


def _heard(row: LiveSource, found: Any, at: datetime) -> Heard:
    if isinstance(found, FetchRefused):
        return Heard(LiveOutcome.AWAY, counts={"code": found.code, "about": found.about[:200]})
    try:
        if isinstance(found, NotGbfs):
            raise found
        return _fleet(row, found) if row.kind == LiveKind.GBFS else _message(row, found, at)
    except (Unreadable, NotGbfs) as refused:
        return Heard(LiveOutcome.REFUSED, counts={"code": refused.code, "about": getattr(refused, "file", "")})
    except (
        ValueError,
        TypeError,
        OverflowError,
    ) as fault:  # texts that nothing can write, numbers that no machine holds
        _log.exception("live_source_fault", source=str(row.pk))
        return Heard(LiveOutcome.REFUSED, counts={"code": "unusable", "about": type(fault).__name__})


def _fleet(row: LiveSource, files: Any) -> Heard:
    read = read_fleet(files)
    live_store.keep_fleet(row.pk, read.fleet)
    counts = {"docks": len(read.fleet.docks), "bikes": len(read.fleet.bikes), "left_aside": dict(read.left_aside)}
    return Heard(LiveOutcome.GOOD, read.fleet.at, counts)


def _message(row: LiveSource, data: bytes, at: datetime) -> Heard:
    read = read_message(data)
    message = _only(LiveKind(row.kind), read.message)
    counts = {
        "trips": len(message.trips), "vehicles": len(message.vehicles), "alerts": len(message.alerts),
        "left_aside": dict(read.left_aside),
    }  # fmt: skip
    if is_stale(message.at, at=at):
        return Heard(LiveOutcome.STALE, message.at, counts)
    held = None if message.is_whole else live_store.messages_of([row.pk]).get(row.pk)
    message = merged(held, message)
    live_store.keep_message(row.pk, message)
    if row.kind == LiveKind.ALERTS:
        keep_alerts(row, message.alerts, _network(at), at=at)
    return Heard(LiveOutcome.GOOD, message.at, counts)


def _network(at: datetime) -> Network | None:
    try:
        return current_network(at=at)
    except (NoTimetable, NetworkAway):
        return None


def _only(kind: LiveKind, message: Message) -> Message:
    """Return what a message says of one kind: whoever tells several kinds in one file is registered once for each."""
    nothing: Any = {}
    return Message(
        message.at, message.is_whole,
        trips=message.trips if kind == LiveKind.TRIP_UPDATES else nothing,
        vehicles=message.vehicles if kind == LiveKind.VEHICLE_POSITIONS else nothing,
        alerts=message.alerts if kind == LiveKind.ALERTS else nothing, deleted=message.deleted,
    )  # fmt: skip


def _note(row: LiveSource, heard: Heard, at: datetime) -> None:
    fresh: dict[str, Any] = {}
    if heard.outcome == LiveOutcome.GOOD:
        fresh["good_at"] = at
        if "matched" in row.report:
            heard.counts["matched"] = row.report["matched"]  # stands until it is counted anew
    if heard.said_at is not None:
        fresh["said_at"] = datetime.fromtimestamp(heard.said_at, UTC)
    LiveSource.objects.filter(pk=row.pk).update(outcome=heard.outcome, report=heard.counts, **fresh)
    if heard.outcome not in (row.outcome, LiveOutcome.GOOD):
        _log.warning("live_source_silent", source=str(row.pk), outcome=heard.outcome, why=heard.counts.get("code"))


def note_matched(found: Iterable[tuple[LiveSource, dict[str, Any]]]) -> None:
    """Note beside each source how much of what it says was found in the timetable."""
    for row, counts in found:
        LiveSource.objects.filter(pk=row.pk).update(report=row.report | {"matched": counts})
