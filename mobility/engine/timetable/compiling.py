"""From a feed to its timetable: trips that share their calls share a pattern, and everything is laid out flat."""

from collections.abc import Sequence

import numpy as np

from mobility.engine.gtfs.feed import Feed
from mobility.engine.timetable.arrays import I32, Array, Timetable


def timetable_of(feed: Feed) -> Timetable:
    """Return the timetable of a feed. Stops, trips and services keep their numbers."""
    trip_pattern, pattern_start, pattern_index = _patterns(feed)
    change_s, walk_start, walk_to, walk_s = _walks(len(feed.stop_id), feed.walks)
    return Timetable(
        first_day=feed.first_day, runs=feed.runs, pattern_start=pattern_start, pattern_stop=feed.stop[pattern_index],
        pattern_leave=feed.leave[pattern_index], trip_pattern=trip_pattern, trip_service=feed.trip_service,
        trip_event=feed.trip_call[:-1], arrival=feed.arrival, departure=feed.departure, change_s=change_s,
        walk_start=walk_start, walk_to=walk_to, walk_s=walk_s,
    )  # fmt: skip


def _patterns(feed: Feed) -> tuple[Array, Array, Array]:
    """Return each trip's pattern, where each pattern begins, and the calls of the feed that show them."""
    known: dict[bytes, int] = {}
    shown: list[tuple[int, int]] = []
    trip_pattern = np.empty(len(feed.trip_id), dtype=I32)
    both = np.stack((feed.stop, feed.leave.astype(I32)), axis=1)
    bounds = feed.trip_call.tolist()
    for trip in range(len(feed.trip_id)):
        begin, end = bounds[trip], bounds[trip + 1]
        pattern = known.setdefault(both[begin:end].tobytes(), len(known))
        if pattern == len(shown):
            shown.append((begin, end))
        trip_pattern[trip] = pattern
    start = np.concatenate(([0], np.cumsum([end - begin for begin, end in shown]))).astype(I32)
    index = np.concatenate([np.arange(begin, end) for begin, end in shown] or [np.zeros(0, dtype=I32)]).astype(I32)
    return trip_pattern, start, index


def _walks(stops: int, walks: Sequence[tuple[int, int, int]]) -> tuple[Array, Array, Array, Array]:
    """Return change times, 0 where none is told, and the walks by where they begin."""
    change_s = np.zeros(stops, dtype=I32)
    rows = np.array(walks, dtype=I32).reshape(-1, 3)
    same = rows[:, 0] == rows[:, 1]
    change_s[rows[same, 0]] = rows[same, 2]
    away = rows[~same & (rows[:, 2] >= 0)]
    away = away[np.argsort(away[:, 0], kind="stable")]
    start = np.searchsorted(away[:, 0], np.arange(stops + 1)).astype(I32)
    return change_s, start, away[:, 1].copy(), away[:, 2].copy()
