"""What every search does on a lane: when a ride calls, and which ride can be caught. Compiled into the searches that use it."""

from typing import Any

from numba import njit

from mobility.engine.search.ends import NOT_REACHED
from mobility.engine.timetable.days import Lanes


@njit(cache=True, inline="always")
def arrives(lanes: Lanes, ride: int, i: int) -> Any:  # pragma: no cover - compiled
    """Return when a ride arrives at its call ``i``."""
    return lanes.sign * (lanes.arrival[lanes.first[ride] + lanes.sign * i] + lanes.shift[ride])


@njit(cache=True, inline="always")
def departs(lanes: Lanes, ride: int, i: int) -> Any:  # pragma: no cover - compiled
    """Return when a ride departs from its call ``i``."""
    return lanes.sign * (lanes.departure[lanes.first[ride] + lanes.sign * i] + lanes.shift[ride])


@njit(cache=True)
def first_to_catch(lanes: Lanes, i: int, begin: int, end: int, ready: int) -> int:  # pragma: no cover - compiled
    """Return the first ride of a lane's ``[begin, end)`` that leaves its call ``i`` at ``ready`` or later, else ``end``."""
    low, high = begin, end
    while low < high:
        middle = (low + high) >> 1
        if departs(lanes, middle, i) < ready:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True)
def caught(lanes: Lanes, lane: int, i: int, on: int, ready: int) -> int:  # pragma: no cover - compiled
    """Return the ride one is on after call ``i``: ``on``, which may be none (the lane's end), or an earlier one that is caught."""
    begin = lanes.ride[lane]
    if on == begin or (on < lanes.ride[lane + 1] and departs(lanes, on - 1, i) < ready):
        return on
    return first_to_catch(lanes, i, begin, on, ready)


@njit(cache=True)
def queue_lanes(
    lanes: Lanes, marks: int, marked: Any, is_marked: Any, ready: Any, best: int, begins: Any, queue: Any
) -> int:  # pragma: no cover - compiled
    """Queue the lanes that call at marked stops, and note in ``begins`` from which call on; unmark all, return how many lanes."""
    queued = 0
    for n in range(marks):
        s = marked[n]
        is_marked[s] = False
        if ready[s] >= best:
            continue
        for j in range(lanes.at[s], lanes.at[s + 1]):
            lane = lanes.at_lane[j]
            if begins[lane] == NOT_REACHED:
                queue[queued] = lane
                queued += 1
            begins[lane] = min(begins[lane], lanes.at_call[j])
    return queued
