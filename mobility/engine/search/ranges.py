"""All journeys worth taking that leave within a span of time: none of them is beaten in departure, arrival and rides at once.

Range-RAPTOR: the departures of the span are tried from the last to the first, and the labels of later ones stay, so that a journey
is found only where leaving earlier brings something. Labels stand by rounds: number ``k`` is what at most ``k`` rides reach.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ends import NO_GOAL, NOT_REACHED, Ends
from mobility.engine.search.riding import Earlier, before, departs, first_to_catch, is_caught, queue_lanes, unmark
from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32, Array
from mobility.engine.timetable.days import Lanes

MOST_RIDES = 8


@dataclass(frozen=True)
class Ride:
    """One ride of a journey: on trip ``trip`` of the service day ``shift`` seconds from the asked one, from call to call.

    ``depart_at`` and ``arrive_at`` are seconds after the asked day's midnight, as the lanes have them.
    """

    trip: int
    shift: int
    board: int
    alight: int
    depart_at: int
    arrive_at: int


@dataclass(frozen=True)
class Found:
    """A journey: when it leaves and arrives, in seconds after the day's midnight, and its rides in order.

    Where one ride ends and the next begins is one change or one walk, whichever the two stops ask for.
    """

    leave_at: int
    arrive_at: int
    rides: tuple[Ride, ...]


def search_range(
    lanes: Lanes, start: Ends, goal: Ends, begin: int, end: int, *, most_rides: int = MOST_RIDES
) -> list[Found]:
    """Return the journeys that leave in ``[begin, end]``, the earliest first, those with fewer rides before others.

    Each leaves as late as its first ride lets it; one that is beaten by a journey that leaves after ``end`` is not among them.

    In mirrored lanes ``start`` is where one arrives, and ``begin`` and ``end`` are negative seconds of arrival; what is found is
    told the right way round.
    """
    to_goal = np.full(len(lanes.change_s), NO_GOAL, dtype=I32)
    to_goal[goal.stops] = goal.seconds
    when, where = _departures(lanes, start.stops, start.seconds, begin, end)
    order = np.argsort(-when, kind="stable")
    rows = _search(lanes, when[order], where[order], end + 1, start.stops, start.seconds, to_goal, most_rides)
    return sorted(
        (_found(lanes, row) for row in rows), key=lambda each: (each.leave_at, each.arrive_at, len(each.rides))
    )


def _found(lanes: Lanes, row: Array) -> Found:
    leave_at, arrive_at, count = row[:3].tolist()
    rides = []
    for lane, ride, board, alight in row[3 : 3 + 4 * count].reshape(-1, 4).tolist():
        last = int(lanes.call[lane + 1] - lanes.call[lane]) - 1
        times = _time(lanes, lanes.departure, ride, board), _time(lanes, lanes.arrival, ride, alight)
        calls = (board, alight)
        if lanes.sign == -1:
            times, calls = (-times[1], -times[0]), (last - alight, last - board)
        rides.append(Ride(int(lanes.trip[ride]), int(lanes.shift[ride]), *calls, *times))
    if lanes.sign == 1:
        return Found(leave_at, arrive_at, tuple(rides))
    return Found(-arrive_at, -leave_at, tuple(reversed(rides)))


def _time(lanes: Lanes, times: Array, ride: int, i: int) -> int:
    """Return when a ride calls, in the direction of the lanes."""
    return lanes.sign * int(times[lanes.first[ride] + lanes.sign * i] + lanes.shift[ride])


class _Labels(NamedTuple):
    """What at most ``k`` rides reach, in row ``k``: arrivals by vehicle and by which ride, readiness and from where one came.

    ``by`` holds lane, ride, board and alight; ``ended`` is where the last ride to the goal ended. The rest is what a
    round notes for itself.
    """

    arrived: Array
    ready: Array
    by: Array
    came_from: Array
    best: Array
    ended: Array
    is_better: Array
    marked: Array
    is_marked: Array
    came: Array
    has_come: Array
    queue: Array
    begins: Array


@njit(cache=True)
def _departures(lanes: Lanes, start: Any, start_s: Any, begin: int, end: int) -> Any:  # pragma: no cover - compiled
    """Return when one would leave for each ride at a stop of the start, and which of those stops it is."""
    when, where = [0 for _ in range(0)], [0 for _ in range(0)]
    for n in range(len(start)):
        for j in range(lanes.at[start[n]], lanes.at[start[n] + 1]):
            lane, i = lanes.at_lane[j], lanes.at_call[j]
            if not lanes.leave[lanes.call[lane] + i] & BOARD:
                continue
            ride = first_to_catch(lanes, i, lanes.ride[lane], lanes.ride[lane + 1], begin + start_s[n])
            while ride < lanes.ride[lane + 1] and departs(lanes, ride, i) <= end + start_s[n]:
                when.append(departs(lanes, ride, i) - start_s[n])
                where.append(n)
                ride += 1
    return np.array(when, dtype=np.int64), np.array(where, dtype=np.int64)


@njit(cache=True)
def _search(
    lanes: Lanes, when: Any, where: Any, after: int, start: Any, start_s: Any, to_goal: Any, most: int
) -> Any:  # pragma: no cover - compiled
    """Go through the departures; return a row a journey: when it leaves and arrives, and what ``by`` says of its rides.

    What leaves ``after`` the span is gone through first and not told: it may beat what leaves within.
    """
    labels = _blank(len(lanes.change_s), most, len(lanes.call) - 1)
    for n in range(len(start)):
        labels.ready[0, start[n]] = after + start_s[n]
        labels.marked[n], labels.is_marked[start[n]] = start[n], True
    _go(lanes, labels, len(start), to_goal)
    rows, told, n = np.zeros((32, 3 + 4 * most), dtype=np.int64), 0, 0
    while n < len(when):
        leaves = when[n]
        n, marks = _set_out(labels, when, where, start, start_s, n)
        labels.is_better[:] = False
        _go(lanes, labels, marks, to_goal)
        if told + most > len(rows):
            rows = np.concatenate((rows, np.zeros_like(rows)))
        for rides in range(1, most + 1):
            if labels.is_better[rides]:
                rows[told, 0], rows[told, 1], rows[told, 2] = leaves, labels.best[rides], rides
                _tell(lanes, labels, rides, rows[told, 3:])
                told += 1
    return rows[:told]


@njit(cache=True)
def _go(lanes: Lanes, labels: _Labels, marks: int, to_goal: Any) -> None:  # pragma: no cover - compiled
    """Ride and walk on from the marked stops, round after round."""
    most = len(labels.best) - 1
    for k in range(1, most + 1):
        queued = queue_lanes(
            lanes,
            marks,
            labels.marked,
            labels.ready[k - 1],
            labels.best[k],
            labels.begins,
            labels.queue,
        )
        arrivals = 0
        for n in range(queued):
            lane = labels.queue[n]
            arrivals = _ride(lanes, labels, k, lane, labels.begins[lane], arrivals, to_goal)
            labels.begins[lane] = NOT_REACHED
        unmark(marks, labels.marked, labels.is_marked)
        labels.best[k + 1 :] = np.minimum(labels.best[k + 1 :], labels.best[k])
        marks = 0
        for n in range(arrivals):
            marks = _walk_on(lanes, labels, k, labels.came[n], marks)
    unmark(marks, labels.marked, labels.is_marked)


@njit(cache=True)
def _blank(stops: int, most: int, lanes: int) -> _Labels:  # pragma: no cover - compiled
    """Return labels before any departure."""
    return _Labels(
        np.full((most + 1, stops), NOT_REACHED, dtype=I32), np.full((most + 1, stops), NOT_REACHED, dtype=I32),
        np.zeros((most + 1, stops, 4), dtype=I32), np.zeros((most + 1, stops), dtype=I32),
        np.full(most + 1, NOT_REACHED, dtype=I32), np.zeros(most + 1, dtype=I32), np.zeros(most + 1, dtype=np.bool_),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
        np.empty(lanes, dtype=I32), np.full(lanes, NOT_REACHED, dtype=I32),
    )  # fmt: skip


@njit(cache=True)
def _set_out(
    labels: _Labels, when: Any, where: Any, start: Any, start_s: Any, n: int
) -> Any:  # pragma: no cover - compiled
    """Be ready at the stops for which one leaves at departure ``n``'s second; return the next departure and the marks."""
    leaves, marks = when[n], 0
    while n < len(when) and when[n] == leaves:
        s, at_s = start[where[n]], leaves + start_s[where[n]]
        if at_s < labels.ready[0, s]:
            labels.ready[0, s] = at_s
            if not labels.is_marked[s]:
                labels.is_marked[s], labels.marked[marks] = True, s
                marks += 1
        n += 1
    return n, marks


@njit(cache=True)
def _ride(
    lanes: Lanes, labels: _Labels, k: int, lane: int, begin: int, arrivals: int, to_goal: Any
) -> int:  # pragma: no cover - compiled
    """Go along a lane with the first ride that can be caught; return how many stops were reached anew in this round.

    Only marked stops are boarded at: from the others this lane was gone along before, with the same ride or an earlier one.
    """
    call, none, sign = lanes.call[lane], lanes.ride[lane + 1], lanes.sign
    on, board, first, shift = none, 0, 0, 0
    earlier = Earlier(0, 0, 1)
    for i in range(begin, lanes.call[lane + 1] - call):
        s, may = lanes.stop[call + i], lanes.leave[call + i]
        if on < none and may & ALIGHT:
            at_s = sign * (lanes.arrival[first + sign * i] + shift)
            if at_s < labels.arrived[k, s] and at_s < labels.best[k]:
                _lower(labels.arrived, k, s, at_s)
                by = labels.by[k, s]
                by[0], by[1], by[2], by[3] = lane, on, board, i
                arrivals = _arrive(labels, k, s, at_s + to_goal[s], arrivals)
        ready = labels.ready[k - 1, s]
        if labels.is_marked[s] and may & BOARD and ready < labels.best[k] and is_caught(lanes, earlier, i, ready):
            now = first_to_catch(lanes, i, lanes.ride[lane], on, ready)
            if now < on:
                on, board, first, shift, earlier = now, i, lanes.first[now], lanes.shift[now], before(lanes, lane, now)
    return arrivals


@njit(cache=True)
def _arrive(labels: _Labels, k: int, s: int, there: int, arrivals: int) -> int:  # pragma: no cover - compiled
    """Note that a stop was reached, from which one is at the goal ``there``; return how many were reached anew in this round."""
    if there < labels.best[k]:
        labels.best[k], labels.ended[k], labels.is_better[k] = there, s, True
    if labels.has_come[s]:
        return arrivals
    labels.has_come[s], labels.came[arrivals] = True, s
    return arrivals + 1


@njit(cache=True)
def _walk_on(lanes: Lanes, labels: _Labels, k: int, s: int, marks: int) -> int:  # pragma: no cover - compiled
    """Be ready where a vehicle arrived, and where one walks from there; return how many stops are marked for the next round."""
    labels.has_come[s] = False
    for j in range(lanes.walk_start[s] - 1, lanes.walk_start[s + 1]):
        is_change = j < lanes.walk_start[s]
        seconds = lanes.change_s[s] if is_change else lanes.walk_s[j]
        if seconds < 0:
            continue
        q, at_q = s if is_change else lanes.walk_to[j], labels.arrived[k, s] + seconds
        if at_q < labels.ready[k, q] and at_q < labels.best[k]:
            _lower(labels.ready, k, q, at_q)
            labels.came_from[k, q] = s
            if not labels.is_marked[q]:
                labels.is_marked[q], labels.marked[marks] = True, q
                marks += 1
    return marks


@njit(cache=True)
def _lower(rows: Any, k: int, s: int, value: int) -> None:  # pragma: no cover - compiled
    """Note a time for ``k`` rides, and that no more rides need be later."""
    for rides in range(k, len(rows)):
        if rows[rides, s] <= value:
            break
        rows[rides, s] = value


@njit(cache=True)
def _tell(lanes: Lanes, labels: _Labels, rides: int, row: Any) -> None:  # pragma: no cover - compiled
    """Follow a journey back from where its last ride ended, and write its rides down in order."""
    s = labels.ended[rides]
    for k in range(rides, 0, -1):
        by = labels.by[k, s]
        row[4 * k - 4 : 4 * k] = by
        s = labels.came_from[k - 1, lanes.stop[lanes.call[by[0]] + by[2]]]
