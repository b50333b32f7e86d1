"""Fetching what is due: only where it changed, only from where the city may call, and never in place of something better."""

from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
import structlog
from django.conf import settings

from kernel.clock import jst_date
from kernel.principal import SYSTEM, Principal
from kernel.problems import DomainError, NotAllowed, NotFound
from kernel.use_case import Act
from mobility.engine.feed_results import Brought
from mobility.engine.gtfs import Fault
from mobility.errors import FeedRetired, FeedWithoutAddress
from mobility.gateways.fetching import Fetched, FetchRefused, Known, Limits, fetch
from mobility.gateways.import_progress import shown_progress
from mobility.models import FeedOutcome, FeedSource, FeedVersion, ReleaseMember
from mobility.services.feeds.bringing import TryNoted, bring_in, note_feed_try
from mobility.services.feeds.examining import Tell, quietly
from mobility.services.feeds.releasing import use_version
from mobility.services.feeds.sources import RIGHT

AN_HOUR = timedelta(hours=1)
SCHEDULED = "scheduled refresh"
NOTHING = Known()

_log = structlog.get_logger(__name__)


def refresh_feed(principal: Principal, *, slug: str, at: datetime, why: str, tell: Tell = quietly) -> Brought:
    """Fetch one source now, whether it is due or not.

    :raises NotAllowed: :raises NotFound: :raises FeedRetired: :raises FeedWithoutAddress: and as :func:`bring_in` does.
    """
    if not principal.may(RIGHT):
        raise NotAllowed
    source = FeedSource.objects.filter(slug=slug).first()
    if source is None:
        raise NotFound
    if source.retired_at is not None:
        raise FeedRetired
    if not source.url:
        raise FeedWithoutAddress
    act = Act(principal, at=at)
    tell("fetch", 0.0)
    try:
        found = fetch_feed(source.url, Known(source.etag, source.modified))
    except FetchRefused as refused:
        report = [Fault(f"fetch_{refused.code}", "", value=refused.about)]
        note_feed_try(act, slug=slug, noted=TryNoted(FeedOutcome.AWAY, report))
        return Brought(slug, FeedOutcome.AWAY, None, report)
    if found.content is None:
        return _unchanged(act, source)
    if source.last_sha256 is not None and sha256(found.content).digest() == bytes(source.last_sha256):
        return _unchanged(act, source, found.known)
    return bring_in(principal, slug=slug, content=found.content, at=at, why=why, known=found.known, tell=tell)


def fetch_feed(url: str, known: Known = NOTHING) -> Fetched:
    """Fetch a file from an address within the city's limits; :raises FetchRefused:"""
    told = settings.FEEDS
    return fetch(url, known, Limits(told["most_bytes"], told["from_private"]))


def refresh_due_feeds(*, at: datetime) -> int:
    """Fetch whatever is due, each source on its own; then use what was held for its first day. Return how many were tried.

    A source that fails keeps what it had, and the others go on.
    """
    rows = FeedSource.objects.filter(retired_at=None).exclude(url="").order_by("position")
    due = [row for row in rows if row.last_tried_at is None or row.last_tried_at + row.refresh_hours * AN_HOUR <= at]
    tried = 0
    for source in due:
        is_mine = FeedSource.objects.filter(pk=source.pk, last_tried_at=source.last_tried_at).update(last_tried_at=at)
        if is_mine:
            tried += 1
            _one(source.slug, at)
    _use_what_begins(at)
    return tried


def _one(slug: str, at: datetime) -> None:
    try:
        with shown_progress(slug) as tell:
            found = refresh_feed(SYSTEM, slug=slug, at=at, why=SCHEDULED, tell=tell)
    except DomainError as refusal:
        _log.warning("feed_not_refreshed", slug=slug, code=refusal.code)
        return
    _log.info("feed_refreshed", slug=slug, outcome=found.outcome)


def _use_what_begins(at: datetime) -> None:
    """Use files that came before their first day and were held, on that day; the newest of a source alone."""
    today = jst_date(at)
    for source in FeedSource.objects.filter(retired_at=None, last_outcome=FeedOutcome.HELD).order_by("position"):
        codes = {each["code"] for each in source.last_report if each["code"].startswith("held_")}
        newest = FeedVersion.objects.filter(source=source).order_by("-imported_at", "-id").first()
        used = (
            ReleaseMember.objects.filter(release__is_active=True, source=source)
            .values_list("version", flat=True)
            .first()
        )
        if codes != {"held_not_begun"} or newest is None or newest.pk == used or newest.first_day > today:
            continue
        try:
            use_version(SYSTEM, version_id=newest.pk, at=at, why=SCHEDULED)
        except DomainError as refusal:
            _log.warning("feed_not_begun", slug=source.slug, code=refusal.code)
            continue
        taken = TryNoted(FeedOutcome.TAKEN, [])
        note_feed_try(Act(SYSTEM, at=at), slug=source.slug, noted=taken)


def _unchanged(act: Act, source: FeedSource, known: Known | None = None) -> Brought:
    """Note that nothing new came; where the last file was held or refused, that still holds, and its report stays."""
    is_open = source.last_outcome in (FeedOutcome.HELD, FeedOutcome.REFUSED)
    outcome = FeedOutcome(source.last_outcome) if is_open else FeedOutcome.UNCHANGED
    report = msgspec.convert(source.last_report, list[Fault])
    note_feed_try(act, slug=source.slug, noted=TryNoted(outcome, report, known=known))
    return Brought(source.slug, FeedOutcome.UNCHANGED)
