"""Which network is used: one at a time, changed in one step, back to an earlier one whenever somebody says so.

A network is made before the step and outside any transaction. The step looks whether what it was made from is still used, under a
lock that all steps share; where somebody was faster, the network is made anew.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection

from kernel.ids import new_id
from kernel.principal import Principal
from kernel.problems import NotFound
from kernel.use_case import Act, use_case
from mobility.engine.feed_results import NetworkFigures, NetworkUsed
from mobility.errors import FeedRetired, NetworkInUse, NetworkMoved
from mobility.gateways.releases import forget_release
from mobility.models import FeedSource, FeedVersion, NetworkRelease, ReleaseMember
from mobility.services.feeds.building import build
from mobility.services.feeds.examining import Examined, Tell, quietly
from mobility.services.feeds.sources import checked_reason, mark_source_retired

TRIES = 3
LOCK = 0x6D6F_6231
"""The advisory lock of whoever changes the network that is used."""

Change = Callable[[dict[UUID, UUID]], dict[UUID, UUID]]
"""Given which version of each source is used, says which are to be."""


class NetworkDraft(msgspec.Struct, frozen=True):
    """A network that was made: from which one, of which versions in which order, and what it holds."""

    release_id: UUID
    base_id: UUID | None
    version_ids: list[UUID]
    figures: NetworkFigures


def put_to_use(
    principal: Principal, change: Change, *, at: datetime, why: str,
    fresh: Mapping[UUID, Examined] | None = None, tell: Tell = quietly,
) -> NetworkUsed:  # fmt: skip
    """Make the network that a change asks for, and use it. This function will make nothing where the change changes nothing.

    :raises NotAllowed: :raises ReasonMissing: :raises NetworkMoved: where others were faster three times.
    """
    for _try in range(TRIES):
        base, used = members_in_use()
        wanted = change(dict(used))
        if wanted == used:
            return NetworkUsed(base)
        if not wanted:
            return leave_network(Act(principal, at=at), base_id=base, why=why)
        versions = list(
            FeedVersion.objects.filter(pk__in=wanted.values()).select_related("source").order_by("source__position")
        )
        release = new_id(at)
        figures = build(release, versions, fresh or {}, tell=tell)
        tell("activate", 0.95)
        try:
            draft = NetworkDraft(release, base, [version.pk for version in versions], figures)
            return use_network(Act(principal, at=at), draft=draft, why=why)
        except NetworkMoved:
            forget_release(release)
        except BaseException:
            forget_release(release)
            raise
    raise NetworkMoved


def use_version(principal: Principal, *, version_id: UUID, at: datetime, why: str, tell: Tell = quietly) -> NetworkUsed:
    """Use this version of its source from now on; refusals as in :func:`put_to_use`, :raises NotFound: :raises FeedRetired:"""
    version = FeedVersion.objects.select_related("source").filter(pk=version_id).first()
    if version is None:
        raise NotFound
    if version.source.retired_at is not None:
        raise FeedRetired
    return put_to_use(principal, lambda used: used | {version.source_id: version.pk}, at=at, why=why, tell=tell)


def retire_feed_source(principal: Principal, *, slug: str, at: datetime, why: str, tell: Tell = quietly) -> NetworkUsed:
    """Fetch no more from a source, and leave its timetable out of the network; refusals as in :func:`put_to_use`."""
    source = FeedSource.objects.filter(slug=slug).first()
    if source is None:
        raise NotFound
    mark_source_retired(Act(principal, at=at), source_id=source.pk, why=why)
    return put_to_use(
        principal,
        lambda used: {each: version for each, version in used.items() if each != source.pk},
        at=at, why=why, tell=tell,
    )  # fmt: skip


@use_case("mobility.use_network")
def use_network(act: Act, *, draft: NetworkDraft, why: str) -> NetworkUsed:
    """Take a network that was made into the register, and use it. Locks: the step.

    :raises NotAllowed: :raises ReasonMissing: :raises NetworkMoved: where another is used by now than the one it was made from.
    """
    checked_reason(act, why)
    if _lock_step() != draft.base_id:
        raise NetworkMoved
    versions = {row.pk: row for row in FeedVersion.objects.filter(pk__in=draft.version_ids)}
    row = NetworkRelease.objects.create(
        id=draft.release_id, figures=msgspec.to_builtins(draft.figures), made_by=act.principal.actor, made_at=act.at
    )
    ReleaseMember.objects.bulk_create(
        ReleaseMember(release=row, place=place, source_id=versions[version_id].source_id, version_id=version_id)
        for place, version_id in enumerate(draft.version_ids)
    )
    _use(act, row, why)
    act.audit(what=_step(row.pk, draft.base_id), why=why)
    return NetworkUsed(row.pk)


@use_case("mobility.return_to_network")
def return_to_network(act: Act, *, release_id: UUID, why: str) -> NetworkUsed:
    """Use an earlier network again, as it was. Locks: the step.

    :raises NotAllowed: :raises ReasonMissing: :raises NotFound: :raises NetworkInUse:
    """
    checked_reason(act, why)
    before = _lock_step()
    row = NetworkRelease.objects.filter(pk=release_id).first()
    if row is None:
        raise NotFound
    if row.is_active:
        raise NetworkInUse
    _use(act, row, why)
    act.audit(what=_step(row.pk, before), why=why)
    return NetworkUsed(row.pk)


@use_case("mobility.leave_network")
def leave_network(act: Act, *, base_id: UUID | None, why: str) -> NetworkUsed:
    """Use no network any more. Locks: the step. :raises NotAllowed: :raises ReasonMissing: :raises NetworkMoved:"""
    checked_reason(act, why)
    if _lock_step() != base_id:
        raise NetworkMoved
    NetworkRelease.objects.filter(is_active=True).update(is_active=False)
    act.audit(what=_step(None, base_id), why=why)
    return NetworkUsed(None)


def members_in_use() -> tuple[UUID | None, dict[UUID, UUID]]:
    """Return the network that is used, and by source the version in it."""
    rows = ReleaseMember.objects.filter(release__is_active=True).order_by("place")
    found = list(rows.values_list("release", "source", "version"))
    return (found[0][0] if found else None), {source: version for _release, source, version in found}


def _lock_step() -> UUID | None:
    """Wait until nobody else changes the network, and return the one that is used."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return NetworkRelease.objects.filter(is_active=True).values_list("pk", flat=True).first()


def _use(act: Act, row: NetworkRelease, why: str) -> None:
    NetworkRelease.objects.filter(is_active=True).update(is_active=False)
    row.is_active, row.activated_at, row.why = True, act.at, why.strip()[:200]
    row.save(update_fields=["is_active", "activated_at", "why"])


def _step(release: UUID | None, before: UUID | None) -> dict[str, str | None]:
    return {"release_id": str(release) if release else None, "before": str(before) if before else None}
