"""Making a network of the versions that belong to it, and laying it down where every process finds it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.conf import settings

from kernel import files as kept_files
from kernel.keys import SealBroken, unseal_for_city
from mobility.engine.feed_results import NetworkFigures, network_figures
from mobility.engine.gtfs import Faults, Feed, read_feed
from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.storing import Stored, stored
from mobility.engine.gtfs.walking import StraightWalks, WalksBetween
from mobility.engine.timetable.compiling import timetable_of
from mobility.errors import FeedVersionLost
from mobility.gateways.feed_files import unpack
from mobility.gateways.releases import write_release
from mobility.models import FeedVersion, ReleaseMember
from mobility.services.feeds.examining import Examined, Tell, quietly
from mobility.services.feeds.parts import PARTS

SEALED_KEY = "mobility.feed_version"


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
    files: dict[str, Mapping[str, bytes]] = {}
    for n, version in enumerate(versions):
        slug = version.source.slug
        tell(slug, 0.4 + 0.3 * n / len(versions))
        known = fresh.get(version.pk)
        files[slug] = known.files if known is not None else unpack(content_of(version))
        feed = known.feed if known is not None else read_feed(files[slug], Faults())
        if feed is None:
            raise FeedVersionLost(slug=slug)
        feeds[slug] = feed
    tell("merge", 0.7)
    network = merge(feeds, walks_between())
    tell("write", 0.8)
    laid = stored(network, timetable_of(network))
    for part in PARTS:
        laid = _beside(laid, part.build(network, files).below(f"parts.{part.name}"))
    write_release(release, laid)
    return network_figures(network)


def build_again(release: UUID) -> None:
    """Write a release anew from the files of its versions, where its folder is gone or of another format."""
    members = ReleaseMember.objects.filter(release=release).select_related("version__source").order_by("place")
    build(release, [member.version for member in members], {})


def _beside(one: Stored, other: Stored) -> Stored:
    return Stored({**one.arrays, **other.arrays}, {**one.texts, **other.texts})
