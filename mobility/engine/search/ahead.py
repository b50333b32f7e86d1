"""What still lies ahead of whoever is at a stop: no journey from there to the goal takes less time or fewer rides, whenever it is.

Found backwards from the goal, round after round, with the least time that any ride of the day takes from call to call, and
without waiting. So a label that with this is no better than what is known at the goal need not be followed (A*: Hart, Nilsson,
Raphael 1968).
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.search.ends import NO_GOAL, Ends
from mobility.engine.search.riding import nth
from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32, Array
from mobility.engine.timetable.days import Lanes


class Ahead(NamedTuple):
    """By stop, the least seconds and the fewest rides to the goal: ``got_off_s`` and ``got_off_rides`` from a vehicle's arrival
    there (0 rides where one walks from it), ``ready_s`` and ``ready_rides`` for who is ready to board.

    Where nothing leads to the goal the seconds are ``NO_GOAL`` or more, and the rides one more than may be taken.
    """

    got_off_s: Array
    got_off_rides: Array
    ready_s: Array
    ready_rides: Array


def look_ahead(lanes: Lanes, goal: Ends, most_rides: int) -> Ahead:
    """Return what lies ahead of each stop on the way to a goal with at most so many rides."""
    return Ahead(*_looked_ahead(lanes, goal.stops, goal.seconds, most_rides))


@njit(cache=True, nogil=True)
def _looked_ahead(lanes: Lanes, goal: Any, goal_s: Any, most: int) -> Any:  # pragma: no cover - compiled
    """Ride and walk backwards, round after round, until nothing becomes shorter."""
    stops = len(lanes.change_s)
    got_off_s, ready_s = np.full(stops, NO_GOAL, dtype=I32), np.full(stops, NO_GOAL, dtype=I32)
    got_off_rides, ready_rides = np.full(stops, most + 1, dtype=I32), np.full(stops, most + 1, dtype=I32)
    for n in range(len(goal)):
        got_off_s[nth(goal[n])], got_off_rides[nth(goal[n])] = goal_s[n], 0
    for rides in range(1, most + 1):
        if not _ride_back(lanes, got_off_s, ready_s, ready_rides, rides):
            break
        if not _walk_back(lanes, got_off_s, got_off_rides, ready_s, rides):
            break
    return got_off_s, got_off_rides, ready_s, ready_rides


@njit(cache=True)
def _ride_back(
    lanes: Lanes, got_off_s: Any, ready_s: Any, ready_rides: Any, rides: int
) -> bool:  # pragma: no cover - compiled
    """Go along each lane from its last call to its first; tell whether anything became shorter."""
    is_shorter = False
    for lane in range(len(lanes.ride) - 1):
        left = NO_GOAL
        for call in range(lanes.call[nth(lane + 1)] - 1, lanes.call[nth(lane)] - 1, -1):
            m = nth(call)
            s, leave = nth(lanes.stop[m]), lanes.leave[m]
            if left < ready_s[s] and leave & BOARD:
                ready_s[s], ready_rides[s], is_shorter = left, min(ready_rides[s], rides), True
            if got_off_s[s] < left and leave & ALIGHT:
                left = got_off_s[s]
            left = min(NO_GOAL, left + lanes.hop_s[m])
    return is_shorter


@njit(cache=True)
def _walk_back(
    lanes: Lanes, got_off_s: Any, got_off_rides: Any, ready_s: Any, rides: int
) -> bool:  # pragma: no cover - compiled
    """Change or walk to where one is ready to board; tell whether anything became shorter."""
    is_shorter = False
    for stop in range(len(got_off_s)):
        s = nth(stop)
        least, change_s = got_off_s[s], lanes.change_s[s]
        if change_s >= 0:
            least = min(least, ready_s[s] + change_s)
        for j in range(lanes.walk_start[s], lanes.walk_start[nth(stop + 1)]):
            least = min(least, ready_s[nth(lanes.walk_to[nth(j)])] + lanes.walk_s[nth(j)])
        if least < got_off_s[s]:
            got_off_s[s], got_off_rides[s], is_shorter = least, min(got_off_rides[s], rides), True
    return is_shorter
