"""All journeys worth taking that leave within a span of time: none of them is beaten in departure, arrival and rides at once.

Range-RAPTOR: the departures of the span are tried from the last to the first, and the labels of later ones stay, so that a journey
is found only where leaving earlier brings something. Labels stand by rounds: number ``k`` is what at most ``k`` rides reach.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ahead import Ahead, look_ahead
from mobility.engine.search.ends import NO_GOAL, NOT_REACHED, Ends
from mobility.engine.search.riding import TOO_EARLY, Gone, before, departs, first_to_catch, leaves, nothing_gone, nth
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
    lanes: Lanes,
    start: Ends,
    goal: Ends,
    begin: int,
    end: int,
    *,
    most_rides: int = MOST_RIDES,
    under_s: int = NOT_REACHED,
    ahead: Ahead | None = None,
) -> list[Found]:
    """Return the journeys that leave in ``[begin, end]``, the earliest first, those with fewer rides before others.

    Each leaves as late as its first ride lets it; one that is beaten by a journey that leaves after ``end`` is not among them, nor
    one that takes ``under_s`` or longer. ``ahead`` is what :func:`look_ahead` says of these lanes (or ones with more rides), this
    goal (or one with more stops) and as many rides; it is found anew where it is not given.

    In mirrored lanes ``start`` is where one arrives, and ``begin`` and ``end`` are negative seconds of arrival; what is found is
    told the right way round.
    """
    when, where = _departures(lanes, start.stops, start.seconds, begin, end)
    if not len(when):
        return []
    order = np.argsort(-when, kind="stable")
    span = _Span(when[order], where[order], end + 1, under_s)
    to_goal = np.full(len(lanes.change_s), NO_GOAL, dtype=I32)
    to_goal[goal.stops] = goal.seconds
    ahead = ahead or look_ahead(lanes, goal, most_rides)
    rows = _search(lanes, span, start.stops, start.seconds, to_goal, ahead, most_rides)
    return sorted(
        (_found(lanes, row) for row in rows), key=lambda each: (each.leave_at, each.arrive_at, len(each.rides))
    )


def first_departure(lanes: Lanes, start: Ends, begin: int) -> int:
    """Return when one leaves at ``begin`` or later for the first ride at any stop of the start, else :data:`NOT_REACHED`."""
    first: int = _first_departure(lanes, start.stops, start.seconds, begin)
    return first


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

    ``by`` holds lane, ride, board and alight; ``best`` is when the goal is reached, with more rides than may be taken never
    soon enough; ``ended`` is where the last ride to it ended. The rest is what a round notes for itself.
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


class _Span(NamedTuple):
    """The departures to go through, the latest first: when one leaves, for a ride at which of the stops of the start.

    ``after`` is the first second beyond the span; journeys take less than ``under_s``.
    """

    when: Array
    where: Array
    after: int
    under_s: int


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _first_departure(lanes: Lanes, start: Any, start_s: Any, begin: int) -> Any:  # pragma: no cover - compiled
    """Return when one leaves for the first ride of all lanes at the start."""
    first = NOT_REACHED
    for n in range(len(start)):
        for j in range(lanes.at[start[n]], lanes.at[start[n] + 1]):
            lane, i = lanes.at_lane[j], lanes.at_call[j]
            ride = first_to_catch(lanes, i, lanes.ride[lane], lanes.ride[lane + 1], begin + start_s[n])
            if ride < lanes.ride[lane + 1] and lanes.leave[lanes.call[lane] + i] & BOARD:
                first = min(first, departs(lanes, ride, i) - start_s[n])
    return first


@njit(cache=True, nogil=True)
def _search(
    lanes: Lanes, span: _Span, start: Any, start_s: Any, to_goal: Any, ahead: Ahead, most: int
) -> Any:  # pragma: no cover - compiled
    """Go through the departures; return a row a journey: when it leaves and arrives, and what ``by`` says of its rides.

    What leaves after the span is gone through first and not told: it may beat what leaves within.
    """
    labels, gone = _blank(len(lanes.change_s), most), nothing_gone(lanes, most + 1)
    _hurry(labels, span.after + span.under_s, most)
    marks = 0
    for n in range(len(start)):
        marks = _set_out(labels, ahead, start[n], span.after + start_s[n], marks)
    _go(lanes, labels, gone, marks, to_goal, ahead, most)
    rows, told, n = np.zeros((32, 3 + 4 * most), dtype=np.int64), 0, 0
    while n < len(span.when):
        leaves, marks = span.when[n], 0
        _hurry(labels, leaves + span.under_s, most)
        while n < len(span.when) and span.when[n] == leaves:
            marks = _set_out(labels, ahead, start[span.where[n]], leaves + start_s[span.where[n]], marks)
            n += 1
        if not marks:
            continue
        _go(lanes, labels, gone, marks, to_goal, ahead, most)
        if told + most > len(rows):
            rows = np.concatenate((rows, np.zeros_like(rows)))
        for rides in range(1, most + 1):
            if labels.is_better[rides]:
                rows[told, 0], rows[told, 1], rows[told, 2] = leaves, labels.best[rides], rides
                _tell(lanes, labels, rides, rows[told, 3:])
                told += 1
    return rows[:told]


@njit(cache=True)
def _hurry(labels: _Labels, by: int, most: int) -> None:  # pragma: no cover - compiled
    """Begin anew for one departure: what is not at the goal before ``by`` is not followed."""
    for k in range(1, most + 1):
        labels.best[k], labels.is_better[k] = min(labels.best[k], by), False


@njit(cache=True)
def _go(
    lanes: Lanes, labels: _Labels, gone: Gone, marks: int, to_goal: Any, ahead: Ahead, most: int
) -> None:  # pragma: no cover - compiled
    """Ride and walk on from the marked stops, round after round."""
    for k in range(1, most + 1):
        arrivals = _ride(lanes, labels, gone, k, marks, to_goal, ahead)
        for rides in range(k + 1, most + 1):
            labels.best[rides] = min(labels.best[rides], labels.best[k])
        marks = _walk_on(lanes, labels, k, arrivals, ahead)
        if not marks:
            break
    for n in range(marks):
        labels.is_marked[labels.marked[n]] = False


@njit(cache=True)
def _blank(stops: int, most: int) -> _Labels:  # pragma: no cover - compiled
    """Return labels before any departure."""
    best = np.full(2 * most + 2, TOO_EARLY, dtype=I32)
    best[: most + 1] = NOT_REACHED
    return _Labels(
        np.full((most + 1, stops), NOT_REACHED, dtype=I32), np.full((most + 1, stops), NOT_REACHED, dtype=I32),
        np.zeros((most + 1, stops, 4), dtype=I32), np.zeros((most + 1, stops), dtype=I32),
        best, np.zeros(most + 1, dtype=I32), np.zeros(most + 1, dtype=np.bool_),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
        np.empty(stops, dtype=I32), np.zeros(stops, dtype=np.bool_),
    )  # fmt: skip


@njit(cache=True)
def _set_out(labels: _Labels, ahead: Ahead, s: int, when: int, marks: int) -> int:  # pragma: no cover - compiled
    """Be ready at a stop of the start where that may bring something; return how many stops are marked."""
    if when >= labels.ready[0, s] or when + ahead.ready_s[s] >= labels.best[ahead.ready_rides[s]]:
        return marks
    labels.ready[0, s] = when
    if labels.is_marked[s]:
        return marks
    labels.is_marked[s], labels.marked[marks] = True, s
    return marks + 1


@njit(cache=True)
def _ride(
    lanes: Lanes, labels: _Labels, gone: Gone, k: int, marks: int, to_goal: Any, ahead: Ahead
) -> int:  # pragma: no cover - compiled
    """Get on at each call of each marked stop, and go along to where the lane was gone along with that ride or an earlier one.

    Return how many stops were reached anew in this round.
    """
    arrivals, sign, row, n, j, last, ready = 0, lanes.sign, k * len(lanes.stop), 0, 0, 0, 0
    while n < marks or j < last:
        if j == last:
            s = nth(labels.marked[nth(n)])
            labels.is_marked[s] = False
            n, j, last, ready = n + 1, lanes.at[s], lanes.at[nth(s + 1)], labels.ready[k - 1, s]
            if ready + ahead.ready_s[s] >= labels.best[k - 1 + ahead.ready_rides[s]]:
                j = last
            continue
        lane, i = nth(lanes.at_lane[nth(j)]), lanes.at_call[nth(j)]
        m, j, board = nth(row + lanes.call[lane] + i), j + 1, i
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
        for call in range(lanes.call[lane] + i + 1, lanes.call[nth(lane + 1)]):
            m, i = nth(row + call), i + 1
            if gone.by[m] <= on:
                break
            gone.by[m], gone.until[m] = on, min(gone.until[m], leaves(lanes, first_before, shift_before, i))
            s, when = nth(lanes.stop[nth(call)]), sign * (lanes.arrival[nth(first + sign * i)] + shift)
            if (
                when < labels.arrived[k, s]
                and when + ahead.got_off_s[s] < labels.best[k + ahead.got_off_rides[s]]
                and lanes.leave[nth(call)] & ALIGHT
            ):
                arrivals = _arrive(labels, k, s, (when, when + to_goal[s]), (lane, on, board, i), arrivals)
    return arrivals


@njit(cache=True)
def _arrive(labels: _Labels, k: int, s: int, when: Any, by: Any, arrivals: int) -> int:  # pragma: no cover - compiled
    """Note when a stop, and the goal from it, are reached and by what; return how many stops were reached anew in this round."""
    _lower(labels.arrived, k, s, when[0])
    row = labels.by[k, s]
    row[0], row[1], row[2], row[3] = by
    if when[1] < labels.best[k]:
        labels.best[k], labels.ended[k], labels.is_better[k] = when[1], s, True
    if labels.has_come[s]:
        return arrivals
    labels.has_come[s], labels.came[arrivals] = True, s
    return arrivals + 1


@njit(cache=True)
def _walk_on(lanes: Lanes, labels: _Labels, k: int, arrivals: int, ahead: Ahead) -> int:  # pragma: no cover - compiled
    """Be ready where vehicles arrived, and where one walks from there; return how many stops are marked for the next round."""
    marks, ready, best = 0, labels.ready[k], labels.best[k:]
    for n in range(arrivals):
        s = nth(labels.came[nth(n)])
        arrived, change_s = labels.arrived[k, s], lanes.change_s[s]
        labels.has_come[s] = False
        when = arrived + change_s
        if change_s >= 0 and when < ready[s] and when + ahead.ready_s[s] < best[ahead.ready_rides[s]]:
            marks = _be_ready(labels, k, s, when, s, marks)
        for j in range(lanes.walk_start[s], lanes.walk_start[nth(s + 1)]):
            q, when = nth(lanes.walk_to[nth(j)]), arrived + lanes.walk_s[nth(j)]
            if when < ready[q] and when + ahead.ready_s[q] < best[ahead.ready_rides[q]]:
                marks = _be_ready(labels, k, q, when, s, marks)
    return marks


@njit(cache=True)
def _be_ready(
    labels: _Labels, k: int, s: int, when: int, came_from: int, marks: int
) -> int:  # pragma: no cover - compiled
    """Note when one is ready at a stop and from where; return how many stops are marked for the next round."""
    _lower(labels.ready, k, s, when)
    labels.came_from[k, s] = came_from
    if labels.is_marked[s]:
        return marks
    labels.is_marked[s], labels.marked[marks] = True, s
    return marks + 1


@njit(cache=True)
def _lower(rows: Any, k: int, s: int, value: int) -> None:  # pragma: no cover - compiled
    """Note a time for ``k`` rides, and that no more rides need be later."""
    for rides in range(k, len(rows)):
        if rows[nth(rides), nth(s)] <= value:
            break
        rows[nth(rides), nth(s)] = value


@njit(cache=True)
def _tell(lanes: Lanes, labels: _Labels, rides: int, row: Any) -> None:  # pragma: no cover - compiled
    """Follow a journey back from where its last ride ended, and write its rides down in order."""
    s = labels.ended[rides]
    for k in range(rides, 0, -1):
        by = labels.by[k, s]
        row[4 * k - 4 : 4 * k] = by
        s = labels.came_from[k - 1, lanes.stop[lanes.call[by[0]] + by[2]]]
