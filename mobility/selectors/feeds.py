"""The register of timetables: what is used, what came, and what an officer should look at."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from kernel import files as kept_files
from kernel.keys import SealBroken, unseal_for_city
from kernel.problems import NotFound
from mobility.engine.feed_results import FeedFigures
from mobility.models import FeedSource, FeedVersion, NetworkRelease, ReleaseMember

SEALED_KEY = "mobility.feed_version"
SOON_DAYS = 14
"""So many days before the last one an officer is warned."""


class OpenFeed(msgspec.Struct, frozen=True):
    """A timetable that is used, as anybody may know of it; ``gtfs`` is where its file is, where its licence lets the city say."""

    slug: str
    name: str
    name_en: str
    licence: str
    attribution: str
    version: str
    sha256: str
    first_day: date
    last_day: date
    gtfs: str | None


class FeedList(msgspec.Struct, frozen=True):
    """The timetables that are used."""

    feeds: list[OpenFeed]


class OpenFile(NamedTuple):
    """A timetable's file as it came."""

    sha256: str
    size: int
    pieces: Iterator[bytes]


def named_feed_files(names: Collection[str]) -> Iterable[str]:
    """Return which of these files a version names."""
    return FeedVersion.objects.filter(file__in=names).values_list("file", flat=True)


def feeds_in_use() -> FeedList:
    """Return the timetables that are used, in the order in which they are merged."""
    rows = ReleaseMember.objects.filter(release__is_active=True).select_related("source", "version").order_by("place")
    return FeedList([_open_feed(row.source, row.version) for row in rows])


def open_file(slug: str) -> OpenFile:
    """Return the file that is used of a source whose licence lets the city hand it out; :raises NotFound: for any other."""
    row = (
        ReleaseMember.objects.filter(release__is_active=True, source__slug=slug, source__is_open=True)
        .select_related("version")
        .first()
    )
    if row is None:
        raise NotFound
    version = row.version
    try:
        key = unseal_for_city(version.key_version, bytes(version.sealed_key), SEALED_KEY)
        pieces = kept_files.read(version.file, key)
        first = next(pieces)
    except (FileNotFoundError, SealBroken):
        raise NotFound from None
    return OpenFile(bytes(version.sha256).hex(), version.size, chain((first,), pieces))


def sources() -> QuerySet[FeedSource]:
    """Return all sources, those that deliver before those that ended."""
    return FeedSource.objects.order_by("retired_at", "position")


def source_named(slug: str) -> FeedSource:
    """Return one source; :raises NotFound:"""
    row = FeedSource.objects.filter(slug=slug).first()
    if row is None:
        raise NotFound
    return row


def is_registered(slug: str) -> bool:
    """Tell whether there is a source of that slug."""
    return FeedSource.objects.filter(slug=slug).exists()


def used_versions() -> dict[UUID, FeedVersion]:
    """Return by source the version that is used."""
    rows = ReleaseMember.objects.filter(release__is_active=True).select_related("version")
    return {row.source_id: row.version for row in rows}


def versions_of(source: FeedSource) -> QuerySet[FeedVersion]:
    """Return what came from a source, the newest first."""
    return FeedVersion.objects.filter(source=source).order_by("-imported_at", "-id")


def releases() -> QuerySet[NetworkRelease]:
    """Return all networks, the newest first."""
    return NetworkRelease.objects.order_by("-made_at", "-id")


def release_named(release_id: UUID) -> NetworkRelease:
    """Return one network; :raises NotFound:"""
    row = NetworkRelease.objects.filter(pk=release_id).first()
    if row is None:
        raise NotFound
    return row


def release_in_use() -> NetworkRelease | None:
    """Return the network that is used; None where none is."""
    return NetworkRelease.objects.filter(is_active=True).first()


def members_of(release: NetworkRelease) -> list[ReleaseMember]:
    """Return which version of which source is in a network."""
    return list(release.members.select_related("source", "version").order_by("place"))


def version_named(source: FeedSource, version_id: UUID) -> FeedVersion:
    """Return one version of a source; :raises NotFound:"""
    row = FeedVersion.objects.filter(pk=version_id, source=source).first()
    if row is None:
        raise NotFound
    return row


def count_ending(*, today: date) -> int:
    """Return of how many sources the timetable that is used has ended, or will within the days that officers are warned before."""
    until = today + timedelta(days=SOON_DAYS - 1)
    return ReleaseMember.objects.filter(release__is_active=True, version__last_day__lte=until).count()


def figures_in(version: FeedVersion) -> FeedFigures:
    """Return what is in a version."""
    return msgspec.convert(version.figures, FeedFigures)


def _open_feed(source: FeedSource, version: FeedVersion) -> OpenFeed:
    return OpenFeed(
        source.slug, source.name, source.name_en, source.licence, source.attribution, version.feed_version,
        bytes(version.sha256).hex(), version.first_day, version.last_day,
        f"/api/v1/mobility/feeds/{source.slug}/gtfs.zip" if source.is_open else None,
    )  # fmt: skip
