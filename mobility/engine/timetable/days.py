"""One day as a search walks through it: the trips of the service days before, on and after it, sorted into lanes.

In a *lane* no trip overtakes another: sorted by time at the first call, they are sorted at every call. So the first trip that can
be caught is found by halving, and whoever catches it arrives no later than by any after it. Trips that overtake go into a lane of
their own. The mirrored lanes are those of the same day run backwards, time and direction: a search through them that asks when one
arrives at the earliest tells when one leaves at the latest.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32, Array, Timetable

DAY_S = 86_400
NO_HOP = 2**30


class Lanes(NamedTuple):
    """The lanes of one day; times are seconds after its midnight. A tuple, so that compiled code takes it as it is.

    Lane ``l`` has the calls ``stop`` and ``leave`` in ``[call[l], call[l + 1])`` and the rides ``[ride[l], ride[l + 1])``. Ride
    ``r`` is trip ``trip[r]``; it arrives at its call number ``i`` at ``sign * (arrival[first[r] + sign * i] + shift[r])``, and
    departs in the same way: ``sign`` is -1 in mirrored lanes, where arrivals are departures. A stop's calls are ``at_lane`` and
    ``at_call`` in ``[at[s], at[s + 1])``. No ride comes to a call in less than ``hop_s`` from the call before.
    """

    sign: int
    call: Array
    stop: Array
    leave: Array
    hop_s: Array
    ride: Array
    trip: Array
    first: Array
    shift: Array
    arrival: Array
    departure: Array
    at: Array
    at_lane: Array
    at_call: Array
    change_s: Array
    walk_start: Array
    walk_to: Array
    walk_s: Array


class Otherwise(NamedTuple):
    """What runs otherwise than planned: trips of single days, with patterns and times of their own in the timetable's arrays.

    Each ``trip`` runs on ``day`` (as :meth:`datetime.date.toordinal` counts) as ``pattern``, its times stand from ``first`` on.
    What is planned for trip ``gone_trip`` on ``gone_day`` does not run.
    """

    trip: Array
    day: Array
    pattern: Array
    first: Array
    gone_trip: Array
    gone_day: Array


def lanes_of(
    timetable: Timetable, day: date, *, is_mirrored: bool = False, otherwise: Otherwise | None = None
) -> Lanes:
    """Return the lanes of a day, as planned or with what runs otherwise."""
    trips, shifts, patterns, first = _running(timetable, day, otherwise)
    sign = -1 if is_mirrored else 1
    lengths = np.diff(timetable.pattern_start)
    if is_mirrored:
        first = first + lengths[patterns] - 1
    arrival, departure = timetable.arrival, timetable.departure
    if is_mirrored:
        arrival, departure = departure, arrival
    starts = sign * (departure[first] + shifts)
    order = np.lexsort((starts, patterns))
    trips, shifts, first, patterns = trips[order], shifts[order], first[order], patterns[order]
    lane = _sorted_into_lanes(patterns, first, shifts, lengths, arrival, departure, sign)
    order = np.argsort(lane, kind="stable")
    trips, shifts, first, patterns, lane = trips[order], shifts[order], first[order], patterns[order], lane[order]
    ride = np.searchsorted(lane, np.arange(lane[-1] + 2 if len(lane) else 1)).astype(I32)
    call, stop, leave = _calls(timetable, patterns[ride[:-1]], is_mirrored=is_mirrored)
    hop_s = _least_hops(call, ride, first, arrival, departure, sign)
    at, at_lane, at_call = _by_stop(call, stop, timetable.stops)
    walk_start, walk_to, walk_s = timetable.walk_start, timetable.walk_to, timetable.walk_s
    if is_mirrored:
        walk_start, walk_to, walk_s = _turned(walk_start, walk_to, walk_s)
    return Lanes(
        sign=sign, call=call, stop=stop, leave=leave, hop_s=hop_s, ride=ride, trip=trips.astype(I32),
        first=first.astype(I32), shift=shifts.astype(I32), arrival=arrival, departure=departure, at=at, at_lane=at_lane,
        at_call=at_call, change_s=timetable.change_s, walk_start=walk_start, walk_to=walk_to, walk_s=walk_s,
    )  # fmt: skip


def _running(timetable: Timetable, day: date, otherwise: Otherwise | None) -> tuple[Array, Array, Array, Array]:
    """Return the trips that run on the day before, the day and the day after, how each is shifted, its pattern and its times."""
    leads_on = np.diff(timetable.pattern_start)[timetable.trip_pattern] > 1
    parts = []
    for offset in (-1, 0, 1):
        on = day + timedelta(days=offset)
        running = timetable.services_on(on)[timetable.trip_service] & leads_on
        if otherwise is not None:
            running[otherwise.gone_trip[otherwise.gone_day == on.toordinal()]] = False
        found = np.flatnonzero(running)
        parts.append((found, offset, timetable.trip_pattern[found], timetable.trip_event[found]))
        if otherwise is not None:
            those = otherwise.day == on.toordinal()
            parts.append((otherwise.trip[those], offset, otherwise.pattern[those], otherwise.first[those]))
    shifts = [np.full(len(trips), offset * DAY_S) for trips, offset, _patterns, _first in parts]
    trips, _offsets, patterns, first = zip(*parts, strict=True)
    return np.concatenate(trips), np.concatenate(shifts), np.concatenate(patterns), np.concatenate(first)


@njit(cache=True, nogil=True)
def _sorted_into_lanes(
    patterns: Any, first: Any, shift: Any, lengths: Any, arrival: Any, departure: Any, sign: int
) -> Any:  # pragma: no cover - compiled
    """Give each ride, sorted by pattern and start, the first lane of its pattern whose last ride it never overtakes."""
    lane = np.empty(len(patterns), dtype=np.int64)
    last = np.empty(len(patterns) + 1, dtype=np.int64)  # the last ride of each lane
    lanes, opened, pattern = 0, 0, -1
    for ride in range(len(patterns)):
        if patterns[ride] != pattern:
            pattern, opened = patterns[ride], lanes
        chosen = -1
        for candidate in range(opened, lanes):
            before = last[candidate]
            shifts = shift[before], shift[ride]
            if _follows(first[before], first[ride], shifts, lengths[pattern], arrival, departure, sign):
                chosen = candidate
                break
        if chosen < 0:
            chosen = lanes
            lanes += 1
        lane[ride], last[chosen] = chosen, ride
    return lane


@njit(cache=True, nogil=True, inline="always")
def _follows(
    before: int, ride: int, shifts: Any, length: int, arrival: Any, departure: Any, sign: int
) -> bool:  # pragma: no cover - compiled
    """Tell whether a ride comes and goes at no call before the one that set out before it."""
    for i in range(length):
        a, b = before + sign * i, ride + sign * i
        if sign * (arrival[a] + shifts[0]) > sign * (arrival[b] + shifts[1]):
            return False
        if sign * (departure[a] + shifts[0]) > sign * (departure[b] + shifts[1]):
            return False
    return True


@njit(cache=True, nogil=True)
def _least_hops(
    call: Any, ride: Any, first: Any, arrival: Any, departure: Any, sign: int
) -> Any:  # pragma: no cover - compiled
    """Return the least seconds in which a ride comes to each call of each lane from the call before; 0 at the first."""
    hop_s = np.zeros(call[-1], dtype=I32)
    for lane in range(len(ride) - 1):
        for i in range(1, call[lane + 1] - call[lane]):
            least = NO_HOP
            for n in range(ride[lane], ride[lane + 1]):
                at = first[n] + sign * i
                least = min(least, sign * (arrival[at] - departure[at - sign]))
            hop_s[call[lane] + i] = max(0, least)
    return hop_s


def _calls(timetable: Timetable, patterns: Array, *, is_mirrored: bool) -> tuple[Array, Array, Array]:
    """Return where each lane's calls begin, their stops and what they allow."""
    begins, ends = timetable.pattern_start[patterns], timetable.pattern_start[patterns + 1]
    lengths = ends - begins
    call = np.concatenate(([0], np.cumsum(lengths))).astype(I32)
    within = np.arange(call[-1]) - np.repeat(call[:-1], lengths)
    index = np.repeat(ends - 1, lengths) - within if is_mirrored else np.repeat(begins, lengths) + within
    stop, leave = timetable.pattern_stop[index], timetable.pattern_leave[index]
    if is_mirrored:
        leave = ((leave & BOARD) * ALIGHT + (leave & ALIGHT) // ALIGHT).astype(leave.dtype)
    return call, stop, leave


def _by_stop(call: Array, stop: Array, stops: int) -> tuple[Array, Array, Array]:
    """Return for each stop the lanes that call there, and which of their calls it is."""
    order = np.argsort(stop, kind="stable")
    at = np.searchsorted(stop[order], np.arange(stops + 1)).astype(I32)
    lane = np.repeat(np.arange(len(call) - 1), np.diff(call))
    return at, lane[order].astype(I32), (order - call[lane[order]]).astype(I32)


def _turned(start: Array, to: Array, seconds: Array) -> tuple[Array, Array, Array]:
    """Return the walks as they are found from where they end."""
    order = np.argsort(to, kind="stable")
    origin = np.repeat(np.arange(len(start) - 1), np.diff(start))
    turned = np.searchsorted(to[order], np.arange(len(start))).astype(I32)
    return turned, origin[order].astype(I32), seconds[order]
