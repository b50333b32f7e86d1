"""Looking at a file before anything is kept of it: it is a feed without fault, or its faults are told by file and line."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple

from mobility.engine.fares import read_fares
from mobility.engine.fares.legs import LegFares
from mobility.engine.fares.zones import ZoneFares
from mobility.engine.feed_results import FeedFigures, figures_of
from mobility.engine.gtfs import Fault, Faults, Feed, read_feed
from mobility.engine.gtfs.tables import Heard, unheard
from mobility.gateways.feed_files import FilesRefused, unpack

Tell = Callable[[str, float], None]
"""Hears what is being done, and how much of the whole is behind it, from 0 to 1."""
MOST_TOLD = 500


def quietly(_step: str, _done: float) -> None:
    """Say nothing."""


class Examined(NamedTuple):
    """A file that was looked at; ``feed`` and ``figures`` are None where it has faults, ``fares`` also where it tells none."""

    content: bytes
    sha256: bytes
    files: Mapping[str, bytes]
    feed: Feed | None
    fares: ZoneFares | LegFares | None
    figures: FeedFigures | None
    report: list[Fault]
    more: list[tuple[str, str, int]]


def examine(content: bytes, heard: Heard = unheard) -> Examined:
    """Read a ZIP as a feed. This function will raise nothing for whatever the file holds: what is wrong stands in the report.

    ``heard`` is told how much of the reading is done, from 0 to 1.
    """
    faults, files, feed, fares = Faults(), {}, None, None
    try:
        files = unpack(content)
        feed = read_feed(files, faults, heard)
        fares = read_fares(files, faults) if feed is not None else None
    except FilesRefused as refused:
        faults.add(refused.code, "", value=refused.about)
    figures = figures_of(feed) if feed is not None else None
    if feed is not None and figures is None:
        faults.add("nothing_runs", "calendar.txt")
    if faults.refuse():
        feed = fares = figures = None
    told = sorted(faults.found, key=lambda each: each.weight)[:MOST_TOLD]
    more = [(code, file, count) for (code, file), count in faults.more().items()]
    return Examined(content, sha256(content).digest(), files, feed, fares, figures, told, more)
