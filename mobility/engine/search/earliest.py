"""The earliest arrival, at one place or at every stop, when one leaves at a given second.

Two labels stand at each stop and are never mixed: when a vehicle arrives there, and when one is ready to board. To be ready takes
the stop's change time after arriving by vehicle, or the walk from where the vehicle arrived; walks are not chained.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ends import NO_GOAL, NOT_REACHED, Ends
from mobility.engine.search.riding import Earlier, before, first_to_catch, is_caught, queue_lanes, unmark
from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32, Array
from mobility.engine.timetable.days import Lanes


def earliest_arrival(lanes: Lanes, start: Ends, goal: Ends, leave_at: int) -> int:
    """Return the second at which ``goal`` is reached by at least one ride, or :data:`NOT_REACHED`.

    In mirrored lanes ``start`` is where one arrives and ``leave_at`` the negative second by which; what is returned is the
    negative second at which one leaves at the latest.
    """
    to_goal = np.full(len(lanes.change_s), NO_GOAL, dtype=I32)
    to_goal[goal.stops] = goal.seconds
    best, _arrived = _search(lanes, start.stops, start.seconds, leave_at, to_goal)
    return int(best)


def reach_all(lanes: Lanes, start: Ends, leave_at: int) -> Array:
    """Return for every stop the second at which one stands there, on foot or by vehicle; :data:`NOT_REACHED` where never."""
    nowhere = np.full(len(lanes.change_s), NO_GOAL, dtype=I32)
    _best, arrived = _search(lanes, start.stops, start.seconds, leave_at, nowhere)
    reached: Array = _walked_on(lanes, arrived)
    reached[start.stops] = np.minimum(reached[start.stops], leave_at + start.seconds)
    return reached


class _Labels(NamedTuple):
    """When each stop is reached by vehicle, when one is ready there, and the stops that changed in this round."""

    arrived: Array
    ready: Array
    marked: Array
    is_marked: Array
    came: Array
    has_come: Array


@njit(cache=True)
def _search(lanes: Lanes, start: Any, start_s: Any, leave_at: int, to_goal: Any) -> Any:  # pragma: no cover - compiled
    """Ride and walk on, round after round, until nothing gets better; return the best at the goal and arrivals by vehicle."""
    stops = len(lanes.change_s)
    labels = _Labels(
        np.full(stops, NOT_REACHED, dtype=I32), np.full(stops, NOT_REACHED, dtype=I32),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
    )  # fmt: skip
    queue = np.empty(len(lanes.call) - 1, dtype=I32)
    begins = np.full(len(lanes.call) - 1, NOT_REACHED, dtype=I32)
    best, marks = NOT_REACHED, len(start)
    for n in range(marks):
        labels.ready[start[n]] = leave_at + start_s[n]
        labels.marked[n], labels.is_marked[start[n]] = start[n], True
    while marks:
        queued = queue_lanes(lanes, marks, labels.marked, labels.ready, best, begins, queue)
        arrivals = 0
        for n in range(queued):
            best, arrivals = _ride(lanes, labels, queue[n], begins[queue[n]], best, arrivals, to_goal)
            begins[queue[n]] = NOT_REACHED
        unmark(marks, labels.marked, labels.is_marked)
        marks = 0
        for n in range(arrivals):
            marks = _walk_on(lanes, labels, labels.came[n], marks)
    return best, labels.arrived


@njit(cache=True)
def _ride(
    lanes: Lanes, labels: _Labels, lane: int, begin: int, best: int, arrivals: int, to_goal: Any
) -> Any:  # pragma: no cover - compiled
    """Go along a lane with the first ride that can be caught; return the best at the goal and how many stops were reached anew.

    Only marked stops are boarded at: from the others this lane was gone along before, with the same ride or an earlier one.
    """
    call, none, sign = lanes.call[lane], lanes.ride[lane + 1], lanes.sign
    on, first, shift = none, 0, 0
    earlier = Earlier(0, 0, 1)
    for i in range(begin, lanes.call[lane + 1] - call):
        s, may = lanes.stop[call + i], lanes.leave[call + i]
        if on < none and may & ALIGHT:
            when = sign * (lanes.arrival[first + sign * i] + shift)
            if when < labels.arrived[s] and when < best:
                best = min(best, when + to_goal[s])
                arrivals = _arrive(labels, s, when, arrivals)
        if (
            labels.is_marked[s]
            and may & BOARD
            and labels.ready[s] < best
            and is_caught(lanes, earlier, i, labels.ready[s])
        ):
            now = first_to_catch(lanes, i, lanes.ride[lane], on, labels.ready[s])
            if now < on:
                on, first, shift, earlier = now, lanes.first[now], lanes.shift[now], before(lanes, lane, now)
    return best, arrivals


@njit(cache=True, inline="always")
def _arrive(labels: _Labels, s: int, when: int, arrivals: int) -> int:  # pragma: no cover - compiled
    """Note when a stop is reached; return how many were reached anew in this round."""
    labels.arrived[s] = when
    if labels.has_come[s]:
        return arrivals
    labels.has_come[s], labels.came[arrivals] = True, s
    return arrivals + 1


@njit(cache=True)
def _walk_on(lanes: Lanes, labels: _Labels, s: int, marks: int) -> int:  # pragma: no cover - compiled
    """Be ready where a vehicle arrived, and where one walks from there; return how many stops are marked for the next round."""
    arrived, ready = labels.arrived[s], labels.ready
    labels.has_come[s] = False
    if lanes.change_s[s] >= 0 and arrived + lanes.change_s[s] < ready[s]:
        ready[s] = arrived + lanes.change_s[s]
        if not labels.is_marked[s]:
            labels.is_marked[s], labels.marked[marks] = True, s
            marks += 1
    for j in range(lanes.walk_start[s], lanes.walk_start[s + 1]):
        q = lanes.walk_to[j]
        if arrived + lanes.walk_s[j] < ready[q]:
            ready[q] = arrived + lanes.walk_s[j]
            if not labels.is_marked[q]:
                labels.is_marked[q], labels.marked[marks] = True, q
                marks += 1
    return marks


@njit(cache=True)
def _walked_on(lanes: Lanes, arrived: Any) -> Any:  # pragma: no cover - compiled
    """Return when each stop is reached by vehicle or by one walk after it."""
    reached = arrived.copy()
    for s in range(len(arrived)):
        if arrived[s] < NOT_REACHED:
            for j in range(lanes.walk_start[s], lanes.walk_start[s + 1]):
                q = lanes.walk_to[j]
                reached[q] = min(reached[q], arrived[s] + lanes.walk_s[j])
    return reached
