"""Making a network of the versions that belong to it, and laying it down where every process finds it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from uuid import UUID

import numpy as np
from django.conf import settings

from kernel import files as kept_files
from kernel.keys import SealBroken, unseal_for_city
from mobility.engine.fares import Fares
from mobility.engine.fares.legs import LegFares
from mobility.engine.fares.zones import ZoneFares
from mobility.engine.feed_results import NetworkFigures, network_figures
from mobility.engine.gtfs import Feed
from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.storing import Stored, opened_feed, stored
from mobility.engine.gtfs.tables import Heard
from mobility.engine.gtfs.walking import StraightWalks, WalksBetween
from mobility.engine.timetable.compiling import timetable_of
from mobility.errors import FeedVersionLost
from mobility.gateways.releases import ReleaseMissing, open_release, write_release
from mobility.models import FeedVersion, ReleaseMember
from mobility.services.feeds.examining import Examined, Tell, examine, quietly

SEALED_KEY = "mobility.feed_version"
FARES = "fares"
FeedFares = ZoneFares | LegFares


def content_of(version: FeedVersion) -> bytes:
    """Return a version's file as it came; :raises FeedVersionLost: where it is gone from MACHI_HOME, or damaged."""
    try:
        key = unseal_for_city(version.key_version, bytes(version.sealed_key), SEALED_KEY)
        return b"".join(kept_files.read(version.file, key))
    except (FileNotFoundError, SealBroken):
        raise FeedVersionLost(slug=version.source.slug) from None


def walks_between() -> WalksBetween:
    """Return who tells walks between stops where no feed does."""
    told = settings.FEEDS
    return StraightWalks(told["walk_reach_m"], told["walk_detour"], told["walk_speed_m_s"], told["change_s"])


def build(
    release: UUID, versions: Sequence[FeedVersion], fresh: Mapping[UUID, Examined], *, tell: Tell = quietly
) -> NetworkFigures:
    """Merge the versions and write the release; ``fresh`` are those that were just read. The tellings run from 0.4 to 0.9.

    :raises FeedVersionLost:
    """
    feeds: dict[str, Feed] = {}
    fares: dict[str, FeedFares] = {}
    for n, version in enumerate(versions):
        slug = version.source.slug
        begin, share = 0.4 + 0.3 * n / len(versions), 0.3 / len(versions)
        tell(slug, begin)
        feeds[slug], own = _read(version, fresh.get(version.pk), partial(_told, tell, slug, begin, share))
        fares |= {slug: own} if own is not None else {}
    tell("merge", 0.7)
    network = merge(feeds, walks_between())
    tell("write", 0.8)
    write_release(release, _with_fares(stored(network, timetable_of(network)), fares))
    return network_figures(network)


def _told(tell: Tell, slug: str, begin: float, share: float, part: float) -> None:
    tell(slug, begin + share * part)


def _read(version: FeedVersion, seen: Examined | None, heard: Heard) -> tuple[Feed, FeedFares | None]:
    """Return a version's feed and fares: as it was just read, as it lies beside the networks, or read again from its file."""
    slug = version.source.slug
    if seen is None:
        with suppress(ReleaseMissing):
            given = open_release(version.pk)
            return opened_feed(given), Fares.from_bytes(given.arrays[FARES].data).feeds.get(slug)
        seen = examine(content_of(version), heard)
    if seen.feed is None:
        raise FeedVersionLost(slug=slug)
    write_release(version.pk, _with_fares(stored(seen.feed), {slug: seen.fares} if seen.fares is not None else {}))
    return seen.feed, seen.fares


def _with_fares(laid: Stored, fares: Mapping[str, FeedFares]) -> Stored:
    return Stored({**laid.arrays, FARES: np.frombuffer(Fares(fares).to_bytes(), dtype=np.uint8)}, laid.texts)


def build_again(release: UUID) -> None:
    """Write a release anew from the files of its versions, where its folder is gone or of another format."""
    members = ReleaseMember.objects.filter(release=release).select_related("version__source").order_by("place")
    build(release, [member.version for member in members], {})
