"""What every search does on a lane: when a ride calls, which ride can be caught, and what of the lane was gone along already.

Compiled code copies every array that it hands to a function of its own, and counts who holds it where the function is compiled
into the caller. So a function goes over a whole round, and what it calls for every stop or ride is small.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ends import NOT_REACHED
from mobility.engine.timetable.arrays import BOARD, I32, Array
from mobility.engine.timetable.days import Lanes

nth: Any = np.uint32
"""Makes a number an index that is never counted from the end: where it cannot be negative, compiled code does not ask."""
TOO_EARLY = -NOT_REACHED
"""Nobody is ready so soon."""


class Gone(NamedTuple):
    """What was gone along, a row of all calls for each round that is kept apart.

    From a call on, its lane was gone along with the ride ``by`` or an earlier one, and who is ready there after ``until`` catches
    none that is earlier still. Along a lane ``by`` never grows.
    """

    by: Array
    until: Array


@njit(cache=True)
def nothing_gone(lanes: Lanes, rows: int) -> Gone:  # pragma: no cover - compiled
    """Return rows in which nothing was gone along yet; where nobody may get on, nobody ever catches anything."""
    calls = len(lanes.stop)
    until = np.empty(rows * calls, dtype=I32)
    for m in range(calls):
        until[m] = NOT_REACHED - 1 if lanes.leave[m] & BOARD else TOO_EARLY
    for row in range(1, rows):
        until[row * calls : (row + 1) * calls] = until[:calls]
    return Gone(np.full(rows * calls, NOT_REACHED, dtype=I32), until)


@njit(cache=True)
def leaves(lanes: Lanes, first: int, shift: int, i: int) -> Any:  # pragma: no cover - compiled
    """Return when a ride whose times begin at ``first`` departs from its call ``i``."""
    return lanes.sign * (lanes.departure[nth(first + lanes.sign * i)] + shift)


@njit(cache=True)
def departs(lanes: Lanes, ride: int, i: int) -> Any:  # pragma: no cover - compiled
    """Return when a ride departs from its call ``i``."""
    return leaves(lanes, lanes.first[nth(ride)], lanes.shift[nth(ride)], i)


@njit(cache=True)
def before(lanes: Lanes, ride: int, begin: int) -> Any:  # pragma: no cover - compiled
    """Return where the times of the ride before begin and how they are shifted; too early where ``ride`` is the first."""
    if ride == begin:
        return lanes.first[nth(ride)], lanes.sign * TOO_EARLY
    return lanes.first[nth(ride - 1)], lanes.shift[nth(ride - 1)]


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
