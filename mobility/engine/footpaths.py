"""Walks from stop to stop as somebody takes them: what feeds tell stands, all else is found along the streets.

A feed that was merged holds estimates for the pairs of which no feed tells a time (``untimed_walks``). They serve whoever walks at
the usual pace where there is no map; with a map, the streets say how far it is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mobility.engine.streets import PROFILES, Profile, Straight, Walks
from mobility.engine.timetable import Lanes
from mobility.engine.timetable.arrays import I32, Array

if TYPE_CHECKING:
    from mobility.engine.network import Network

WALK = PROFILES["walk"]
NEAR_S, BETWEEN_S = 450, 600
"""Nobody is sent further than this from one stop to another: at the usual pace over a map, and at any other pace."""


class Rows(NamedTuple):
    """Walks as lanes have them: from stop ``p`` to ``to`` in ``seconds``, both in ``[start[p], start[p + 1])``."""

    start: Array
    to: Array
    seconds: Array


@dataclass(frozen=True, eq=False)
class Footpaths:
    """The walks between all stops, as they are found from where they begin and from where they end."""

    forth: Rows
    back: Rows

    @classmethod
    def of(cls, stops: int, begin: Array, end: Array, seconds: Array) -> "Footpaths":
        """Sort them both ways."""
        return cls(_sorted(stops, begin, end, seconds), _sorted(stops, end, begin, seconds))

    def under(self, lanes: Lanes, most_s: int) -> Lanes:
        """Return the lanes with these walks, those longer than ``most_s`` left out."""
        rows = _within(self.forth if lanes.sign == 1 else self.back, most_s)
        return lanes._replace(walk_start=rows.start, walk_to=rows.to, walk_s=rows.seconds)


def footpaths_of(network: "Network", profile: Profile) -> Footpaths:
    """Return the walks that a profile takes.

    What a feed tells is told of people who take stairs, at the usual pace; whoever cannot take them goes along the streets alone.
    Where roads are closed, it is longer by as much as the streets' way is. No walk takes less than a change at the stop where it
    begins.
    """
    timetable, stops = network.timetable, len(network.timetable.change_s)
    origin = np.repeat(np.arange(stops), np.diff(timetable.walk_start))
    if profile == WALK and isinstance(network.streets, Straight):
        return Footpaths.of(stops, origin, timetable.walk_to, timetable.walk_s)
    limit_s = NEAR_S if profile == WALK else BETWEEN_S
    told = _told(network) if profile.steps > 0 else np.zeros((0, 3), dtype=np.int64)
    found = network.walks(profile, limit_s)
    begin, end = network.boarded[found.begin].astype(np.int64), network.boarded[found.end]
    seconds = np.maximum(found.seconds, slower(timetable.change_s[begin], profile))
    is_open = ~np.isin(begin * stops + end, told[:, 0] * stops + told[:, 1])
    if network.open is not None:
        told[:, 2] = _detoured(told, network, network.open.walks(profile, limit_s), found)
    walked = told[told[:, 2] >= 0]
    return Footpaths.of(
        stops,
        np.concatenate((begin[is_open], walked[:, 0])),
        np.concatenate((end[is_open], walked[:, 1])),
        np.concatenate((seconds[is_open], slower(walked[:, 2], profile))),
    )


def slower(seconds: Array, profile: Profile) -> Array:
    """Return what so many seconds of walking at the usual pace come to; what is not possible stays so."""
    if profile == WALK:
        return seconds
    told: Array = np.where(seconds > 0, -(-seconds * WALK.speed // profile.speed), seconds)
    return told


def joined(before: Walks, again: Walks, is_anew: Array) -> Walks:
    """Return ways of which those that begin where ``is_anew`` were sought again."""
    kept = ~is_anew[before.begin]
    both = [np.concatenate((one[kept], other)) for one, other in zip(before, again, strict=True)]
    order = np.lexsort((both[1], both[0]))
    return Walks(*(each[order] for each in both))


def _told(network: "Network") -> Array:
    """Return the walks that feeds themselves tell, as rows of (from, to, seconds); -1 is what they say is not possible."""
    rows = np.array(network.feed.walks, dtype=np.int64).reshape(-1, 3)
    untimed = np.array(sorted(network.feed.untimed_walks), dtype=np.int64).reshape(-1, 2)
    stops = len(network.timetable.change_s)
    is_told = ~np.isin(rows[:, 0] * stops + rows[:, 1], untimed[:, 0] * stops + untimed[:, 1])
    told: Array = rows[is_told & (rows[:, 0] != rows[:, 1])]
    return told


def _detoured(told: Array, network: "Network", before: Walks, now: Walks) -> Array:
    """Return how long told walks take with roads closed: longer by what the streets' own way grew, -1 where none is left."""
    stops = len(network.timetable.change_s)
    pair, seconds = told[:, 0] * stops + told[:, 1], told[:, 2]
    was, became = (_looked_up(pair, walks, network.boarded, stops) for walks in (before, now))
    grown = np.where(became >= 0, seconds + np.maximum(0, became - was), -1)
    detoured: Array = np.where((was >= 0) & (seconds >= 0), grown, seconds)
    return detoured


def _looked_up(pair: Array, walks: Walks, boarded: Array, stops: int) -> Array:
    """Return the seconds of these pairs among walks, -1 for those that are not."""
    known = boarded[walks.begin].astype(np.int64) * stops + boarded[walks.end]
    if not len(known):
        return np.full(len(pair), -1)
    at = np.minimum(np.searchsorted(known, pair), len(known) - 1)
    found: Array = np.where(known[at] == pair, walks.seconds[at], -1)
    return found


def _sorted(stops: int, begin: Array, end: Array, seconds: Array) -> Rows:
    order = np.lexsort((end, begin))
    start = np.searchsorted(begin[order], np.arange(stops + 1)).astype(I32)
    return Rows(start, end[order].astype(I32), seconds[order].astype(I32))


def _within(rows: Rows, most_s: int) -> Rows:
    is_kept = rows.seconds <= most_s
    if is_kept.all():
        return rows
    before = np.concatenate(([0], np.cumsum(is_kept)))
    return Rows(before[rows.start].astype(I32), rows.to[is_kept], rows.seconds[is_kept])
