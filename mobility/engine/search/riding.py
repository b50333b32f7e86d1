"""What every search does on a lane: when a ride calls, and which ride can be caught. Compiled into the searches that use it."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ends import NOT_REACHED
from mobility.engine.timetable.days import Lanes


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


class Earlier(NamedTuple):
    """The ride before the one that somebody is on: where its times begin and how they are shifted.

    ``state`` is 0 where there is such a ride, 1 where nobody is on any yet, 2 where nothing goes before.
    """

    first: Any
    shift: Any
    state: int


@njit(cache=True, inline="always")
def before(lanes: Lanes, lane: int, on: int) -> Earlier:  # pragma: no cover - compiled
    """Return the ride before ``on`` in its lane."""
    if on == lanes.ride[lane]:
        return Earlier(0, 0, 2)
    return Earlier(np.int64(lanes.first[on - 1]), np.int64(lanes.shift[on - 1]), 0)


@njit(cache=True, inline="always")
def is_caught(lanes: Lanes, earlier: Earlier, i: int, ready: int) -> Any:  # pragma: no cover - compiled
    """Tell whether a ride before the one somebody is on may be caught at call ``i``."""
    if earlier.state:
        return earlier.state == 1
    return lanes.sign * (lanes.departure[earlier.first + lanes.sign * i] + earlier.shift) >= ready


@njit(cache=True)
def queue_lanes(
    lanes: Lanes, marks: int, marked: Any, ready: Any, best: int, begins: Any, queue: Any
) -> int:  # pragma: no cover - compiled
    """Queue the lanes that call at marked stops, and note in ``begins`` from which call on; return how many lanes."""
    queued = 0
    for n in range(marks):
        s = marked[n]
        if ready[s] >= best:
            continue
        for j in range(lanes.at[s], lanes.at[s + 1]):
            lane, i = lanes.at_lane[j], lanes.at_call[j]
            if begins[lane] == NOT_REACHED:
                queue[queued] = lane
                queued += 1
            begins[lane] = min(begins[lane], i)
    return queued


@njit(cache=True)
def unmark(marks: int, marked: Any, is_marked: Any) -> None:  # pragma: no cover - compiled
    """Take the marks off the stops of a round that is over."""
    for n in range(marks):
        is_marked[marked[n]] = False
