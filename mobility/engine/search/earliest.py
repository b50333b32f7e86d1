"""The earliest arrival, at one place or at every stop, when one leaves at a given second.

Two labels stand at each stop and are never mixed: when a vehicle arrives there, and when one is ready to board. To be ready takes
the stop's change time after arriving by vehicle, or the walk from where the vehicle arrived; walks are not chained.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ends import NO_GOAL, NOT_REACHED, Ends
from mobility.engine.search.riding import Gone, before, first_to_catch, leaves, nothing_gone, nth
from mobility.engine.timetable.arrays import ALIGHT, I32, Array
from mobility.engine.timetable.days import Lanes


def earliest_arrival(lanes: Lanes, start: Ends, goal: Ends, leave_at: int) -> int:
    """Return the second at which ``goal`` is reached by at least one ride, or :data:`NOT_REACHED`.

    In mirrored lanes ``start`` is where one arrives and ``leave_at`` the negative second by which; what is returned is the
    negative second at which one leaves at the latest.
    """
    best: int = _earliest(lanes, start.stops, start.seconds, goal.stops, goal.seconds, leave_at)
    return best


def reach_all(lanes: Lanes, start: Ends, leave_at: int) -> Array:
    """Return for every stop the second at which one stands there, on foot or by vehicle; :data:`NOT_REACHED` where never."""
    reached: Array = _everywhere(lanes, start.stops, start.seconds, leave_at)
    reached[start.stops] = np.minimum(reached[start.stops], leave_at + start.seconds)
    return reached


class _Labels(NamedTuple):
    """When each stop is reached by vehicle, when one is ready there, and the stops that changed in this round."""

    arrived: Array
    ready: Array
    to_goal: Array
    marked: Array
    is_marked: Array
    came: Array
    has_come: Array


@njit(cache=True)
def _earliest(lanes: Lanes, start: Any, start_s: Any, goal: Any, goal_s: Any, leave_at: int) -> int:  # pragma: no cover
    """Return the best at the goal."""
    labels = _blank(len(lanes.change_s))
    for n in range(len(goal)):
        labels.to_goal[nth(goal[n])] = goal_s[n]
    return _search(lanes, labels, nothing_gone(lanes, 1), start, start_s, leave_at)


@njit(cache=True)
def _everywhere(lanes: Lanes, start: Any, start_s: Any, leave_at: int) -> Any:  # pragma: no cover - compiled
    """Return when each stop is reached by vehicle or by one walk after it."""
    labels = _blank(len(lanes.change_s))
    _search(lanes, labels, nothing_gone(lanes, 1), start, start_s, leave_at)
    arrived, reached = labels.arrived, labels.arrived.copy()
    for s in range(len(arrived)):
        if arrived[s] < NOT_REACHED:
            for j in range(lanes.walk_start[s], lanes.walk_start[s + 1]):
                q = lanes.walk_to[j]
                reached[q] = min(reached[q], arrived[s] + lanes.walk_s[j])
    return reached


@njit(cache=True)
def _blank(stops: int) -> _Labels:  # pragma: no cover - compiled
    """Return labels before anybody sets out, and no goal."""
    return _Labels(
        np.full(stops, NOT_REACHED, dtype=I32), np.full(stops, NOT_REACHED, dtype=I32), np.full(stops, NO_GOAL, dtype=I32),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
    )  # fmt: skip


@njit(cache=True)
def _search(
    lanes: Lanes, labels: _Labels, gone: Gone, start: Any, start_s: Any, leave_at: int
) -> int:  # pragma: no cover - compiled
    """Ride and walk on, round after round, until nothing gets better; return the best at the goal."""
    best, marks = NOT_REACHED, len(start)
    for n in range(marks):
        labels.ready[nth(start[n])] = leave_at + start_s[n]
        labels.marked[n] = start[n]
    while marks:
        best, arrivals = _ride(lanes, labels, gone, marks, best)
        marks = _walk_on(lanes, labels, arrivals)
    return best


@njit(cache=True)
def _ride(lanes: Lanes, labels: _Labels, gone: Gone, marks: int, best: int) -> Any:  # pragma: no cover - compiled
    """Get on at each call of each marked stop, and go along to where the lane was gone along with that ride or an earlier one.

    Return the best at the goal and how many stops were reached anew.
    """
    arrivals, sign, n, j, last, ready = 0, lanes.sign, 0, 0, 0, 0
    while n < marks or j < last:
        if j == last:
            s = nth(labels.marked[nth(n)])
            labels.is_marked[s] = False
            n, j, last, ready = n + 1, lanes.at[s], lanes.at[nth(s + 1)], labels.ready[s]
            if ready >= best:
                j = last
            continue
        lane, i = nth(lanes.at_lane[nth(j)]), lanes.at_call[nth(j)]
        m, j = nth(lanes.call[lane] + i), j + 1
        if ready > gone.until[m]:
            continue
        begin, end = lanes.ride[lane], min(gone.by[m], lanes.ride[nth(lane + 1)])
        on = first_to_catch(lanes, i, begin, end, ready)
        gone.until[m] = ready - 1
        if on == end:
            continue
        first, shift = lanes.first[nth(on)], lanes.shift[nth(on)]
        first_before, shift_before = before(lanes, on, begin)
        gone.until[m] = leaves(lanes, first_before, shift_before, i)
        for call in range(m + 1, lanes.call[nth(lane + 1)]):
            m, i = nth(call), i + 1
            if gone.by[m] <= on:
                break
            gone.by[m], gone.until[m] = on, min(gone.until[m], leaves(lanes, first_before, shift_before, i))
            s, when = nth(lanes.stop[m]), sign * (lanes.arrival[nth(first + sign * i)] + shift)
            if when < min(labels.arrived[s], best) and lanes.leave[m] & ALIGHT:
                best, arrivals = min(best, when + labels.to_goal[s]), _arrive(labels, s, when, arrivals)
    return best, arrivals


@njit(cache=True)
def _arrive(labels: _Labels, s: int, when: int, arrivals: int) -> int:  # pragma: no cover - compiled
    """Note when a stop is reached; return how many were reached anew in this round."""
    labels.arrived[nth(s)] = when
    if labels.has_come[nth(s)]:
        return arrivals
    labels.has_come[nth(s)], labels.came[nth(arrivals)] = True, s
    return arrivals + 1


@njit(cache=True)
def _walk_on(lanes: Lanes, labels: _Labels, arrivals: int) -> int:  # pragma: no cover - compiled
    """Be ready where vehicles arrived, and where one walks from there; return how many stops are marked for the next round."""
    marks = 0
    for n in range(arrivals):
        s = nth(labels.came[nth(n)])
        arrived, change_s = labels.arrived[s], lanes.change_s[s]
        labels.has_come[s] = False
        if change_s >= 0 and arrived + change_s < labels.ready[s]:
            marks = _be_ready(labels, s, arrived + change_s, marks)
        for j in range(lanes.walk_start[s], lanes.walk_start[nth(s + 1)]):
            q, when = nth(lanes.walk_to[nth(j)]), arrived + lanes.walk_s[nth(j)]
            if when < labels.ready[q]:
                marks = _be_ready(labels, q, when, marks)
    return marks


@njit(cache=True)
def _be_ready(labels: _Labels, s: int, when: int, marks: int) -> int:  # pragma: no cover - compiled
    """Note when one is ready at a stop; return how many stops are marked for the next round."""
    labels.ready[nth(s)] = when
    if labels.is_marked[nth(s)]:
        return marks
    labels.is_marked[nth(s)], labels.marked[nth(marks)] = True, s
    return marks + 1
