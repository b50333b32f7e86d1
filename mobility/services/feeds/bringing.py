"""Bringing a file in: looked at, kept, made part of the network. Whatever goes wrong on the way, the network stays as it was.

Some files are without fault and still not what one wants at once: the timetable of next month, one that is over, one that lost
half of its trips. They are kept and held, until their first day comes or somebody says that they are meant.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from kernel import files as kept_files
from kernel.clock import jst_date
from kernel.ids import new_id
from kernel.keys import seal_for_city
from kernel.principal import Principal
from kernel.problems import NotAllowed
from kernel.use_case import Act, use_case
from mobility.engine.feed_results import Brought, FeedFigures, VersionKept
from mobility.engine.gtfs import Fault
from mobility.gateways.fetching import Known
from mobility.models import FeedOutcome, FeedSource, FeedVersion, ReleaseMember
from mobility.services.feeds.building import SEALED_KEY
from mobility.services.feeds.examining import Examined, Tell, examine, quietly
from mobility.services.feeds.releasing import put_to_use
from mobility.services.feeds.sources import RIGHT, lock_source

AREA = "mobility.feeds"
SHRUNK_BELOW = 0.5
"""A file with fewer than this share of the trips that are used is held."""


class FileKept(msgspec.Struct, frozen=True):
    """A file without fault that lies in the city's files already."""

    file: str
    key: bytes
    size: int
    sha256: bytes
    feed_version: str
    figures: FeedFigures
    report: list[Fault]


class TryNoted(msgspec.Struct, frozen=True):
    """What a try came to, as the register keeps it; ``known`` is None where the other side marked nothing anew."""

    outcome: str
    report: list[Fault]
    sha256: bytes | None = None
    known: Known | None = None


def bring_in(
    principal: Principal, *, slug: str, content: bytes, at: datetime, why: str,
    known: Known | None = None, at_once: bool = False, tell: Tell = quietly,
) -> Brought:  # fmt: skip
    """Bring a source's file in and use it; ``at_once`` also where it would be held.

    What is wrong with the file stands in what is returned, and in the register. :raises NotAllowed: :raises NotFound:
    :raises FeedRetired: :raises ReasonMissing: :raises NetworkMoved:
    """
    if not principal.may(RIGHT):
        raise NotAllowed
    tell("read", 0.05)
    seen = examine(content, lambda share: tell("read", 0.05 + 0.3 * share))
    act = Act(principal, at=at)
    if seen.feed is None or seen.figures is None:
        note_feed_try(act, slug=slug, noted=TryNoted(FeedOutcome.REFUSED, seen.report, seen.sha256, known))
        return Brought(slug, FeedOutcome.REFUSED, None, seen.report, seen.more)
    tell("keep", 0.35)
    version = _keep(act, slug, seen)
    held = [] if at_once else held_because(slug, seen.figures, at=at)
    report = [*held, *seen.report]
    if held:
        note_feed_try(act, slug=slug, noted=TryNoted(FeedOutcome.HELD, report, seen.sha256, known))
        return Brought(slug, FeedOutcome.HELD, seen.figures, report, seen.more, version)
    row = FeedVersion.objects.get(pk=version)
    used = put_to_use(
        principal, lambda now: now | {row.source_id: version}, at=at, why=why, fresh={version: seen}, tell=tell
    )
    note_feed_try(act, slug=slug, noted=TryNoted(FeedOutcome.TAKEN, report, seen.sha256, known))
    tell("done", 1.0)
    return Brought(slug, FeedOutcome.TAKEN, seen.figures, report, seen.more, version, used.release_id)


def held_because(slug: str, figures: FeedFigures, *, at: datetime) -> list[Fault]:
    """Return why a file is not used at once: remarks; none where the source has nothing in the network that could be lost."""
    used = ReleaseMember.objects.filter(release__is_active=True, source__slug=slug).select_related("version").first()
    if used is None:
        return []
    today, before = jst_date(at), msgspec.convert(used.version.figures, FeedFigures)
    held = []
    if figures.first_day > today and before.first_day <= today <= before.last_day:
        held.append(Fault("held_not_begun", "", value=str(figures.first_day), weight="remark"))
    if figures.last_day < today <= before.last_day:
        held.append(Fault("held_over", "", value=str(figures.last_day), weight="remark"))
    if figures.trips < SHRUNK_BELOW * before.trips:
        held.append(Fault("held_shrunk", "", value=f"{before.trips} → {figures.trips}", weight="remark"))
    return held


@use_case("mobility.keep_feed_version", status=201)
def keep_feed_version(act: Act, *, slug: str, kept: FileKept) -> VersionKept:
    """Take a file without fault into the register, once. Locks: the source.

    :raises NotAllowed: :raises NotFound: :raises FeedRetired:
    """
    if not act.principal.may(RIGHT):
        raise NotAllowed
    source = lock_source(slug)
    found = FeedVersion.objects.filter(source=source, sha256=kept.sha256).first()
    if found is not None:
        act.audit(what=_ids(source, found.pk))
        return VersionKept(found.pk, is_new=False)
    version, sealed = seal_for_city(kept.key, SEALED_KEY)
    row = FeedVersion.objects.create(
        id=new_id(act.at), source=source, sha256=kept.sha256, size=kept.size, file=kept.file,
        key_version=version, sealed_key=sealed, feed_version=kept.feed_version[:200],
        first_day=kept.figures.first_day, last_day=kept.figures.last_day,
        figures=msgspec.to_builtins(kept.figures), report=msgspec.to_builtins(kept.report),
        imported_by=act.principal.actor, imported_at=act.at,
    )  # fmt: skip
    act.audit(what=_ids(source, row.pk))
    return VersionKept(row.pk, is_new=True)


@use_case("mobility.note_feed_try")
def note_feed_try(act: Act, *, slug: str, noted: TryNoted) -> None:
    """Write down what a try came to. Locks: the source. :raises NotAllowed: :raises NotFound: :raises FeedRetired:"""
    if not act.principal.may(RIGHT):
        raise NotAllowed
    row = lock_source(slug)
    row.last_outcome, row.last_tried_at = noted.outcome, act.at
    row.last_report = msgspec.to_builtins(noted.report)
    if noted.sha256 is not None:
        row.last_sha256 = noted.sha256
    if noted.known is not None:
        row.etag, row.modified = noted.known.etag, noted.known.modified
    row.save()
    act.audit(what={"source_id": str(row.pk), "slug": slug, "outcome": noted.outcome})


def _keep(act: Act, slug: str, seen: Examined) -> UUID:
    """Lay the file down first, then name it in a row; a file that came before is not kept twice."""
    if seen.feed is None or seen.figures is None:
        raise ValueError("a file with faults is not kept")
    found = FeedVersion.objects.filter(source__slug=slug, sha256=seen.sha256).values_list("pk", flat=True).first()
    if found is not None:
        return found
    laid = kept_files.keep(AREA, seen.content)
    publisher = seen.feed.directory.members[0].publisher
    kept = FileKept(laid.name, laid.key, laid.size, seen.sha256, publisher.version, seen.figures, seen.report)
    version = keep_feed_version(act, slug=slug, kept=kept)
    if not version.is_new:
        kept_files.forget(laid.name)
    return version.id


def _ids(source: FeedSource, version: UUID) -> dict[str, Any]:
    return {"source_id": str(source.pk), "slug": source.slug, "version_id": str(version)}
