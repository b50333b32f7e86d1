"""What is said of a few calls of a trip, carried on to all of them, as GTFS-Realtime has it (trip-updates, "Stop time updates").

A delay goes on from the last call it was told for until another is told, or until it is said that nothing is known; before the
first one told the plan stands. Times that would run back are pushed forward.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.timetable.arrays import I32, Array

NOT_TOLD = -(2**30)
"""In place of a time or a delay of which nothing is said."""
STANDS, TOLD, UNKNOWN, LEFT_OUT = range(4)
"""What is said of a call: nothing; a time; that nothing is known from here on; that the vehicle does not stop."""


class Said(NamedTuple):
    """Trips with their planned calls and what is said of each; times are seconds of the service day.

    The calls of trip ``k`` are ``[call[k], call[k + 1])``; ``arrival_told`` and ``departure_told`` are :data:`NOT_TOLD` where
    nothing is, ``delay`` is what was told of the whole trip.
    """

    call: Array
    delay: Array
    arrival: Array
    departure: Array
    state: Array
    arrival_told: Array
    departure_told: Array


def timed(said: Said) -> tuple[Array, Array, Array]:
    """Return arrivals, departures and which of them come from what was said, call by call."""
    arrival, departure = said.arrival.astype(I32), said.departure.astype(I32)
    is_told = np.zeros(len(arrival), dtype=np.bool_)
    _carry_on(said, arrival, departure, is_told)
    _mend(said, arrival, departure, is_told)
    return arrival, departure, is_told


@njit(cache=True, nogil=True)
def _carry_on(said: Said, arrival: Any, departure: Any, is_told: Any) -> None:  # pragma: no cover - compiled
    """Give each call the times told for it, or its plan and the delay that came before."""
    for k in range(len(said.call) - 1):
        delay = said.delay[k]
        for n in range(said.call[k], said.call[k + 1]):
            state = said.state[n]
            if state == UNKNOWN:
                delay = NOT_TOLD
            if delay != NOT_TOLD:
                arrival[n] += delay
                departure[n] += delay
            if state == TOLD:
                arrival[n], departure[n] = _told(said, n, arrival[n])
                delay = departure[n] - said.departure[n]
            is_told[n] = delay != NOT_TOLD


@njit(cache=True, nogil=True)
def _told(said: Said, n: int, expected: int) -> Any:  # pragma: no cover - compiled
    """Return when a call is made of which a time is told; what is told of one end alone holds for the other too."""
    arrives, departs = said.arrival_told[n], said.departure_told[n]
    if departs == NOT_TOLD:
        return arrives, said.departure[n] + arrives - said.arrival[n]
    if arrives == NOT_TOLD:
        return min(expected, departs), departs
    return arrives, departs


@njit(cache=True, nogil=True)
def _mend(said: Said, arrival: Any, departure: Any, is_told: Any) -> None:  # pragma: no cover - compiled
    """Let no time run back: what is known pushes forward what follows it, and pulls back the plan before it.

    A call that is left out holds up nobody; its times are put between those around it.
    """
    for k in range(len(said.call) - 1):
        begin, end = said.call[k], said.call[k + 1]
        first = begin
        while first < end and not (is_told[first] and said.state[first] != LEFT_OUT):
            first += 1
        if first < end:
            least = arrival[first]
            for n in range(first - 1, begin - 1, -1):
                departure[n] = min(departure[n], least)
                arrival[n] = min(arrival[n], departure[n])
                least = arrival[n]
        latest = NOT_TOLD
        for n in range(begin, end):
            if said.state[n] != LEFT_OUT:
                arrival[n] = max(arrival[n], latest)
                departure[n] = max(departure[n], arrival[n])
                latest = departure[n]
        _put_between(said, arrival, departure, k)


@njit(cache=True, nogil=True)
def _put_between(said: Said, arrival: Any, departure: Any, k: int) -> None:  # pragma: no cover - compiled
    """Put the calls that are left out between those around them."""
    begin, end = said.call[k], said.call[k + 1]
    least = -NOT_TOLD
    for n in range(end - 1, begin - 1, -1):
        if said.state[n] == LEFT_OUT:
            departure[n] = min(departure[n], least)
            arrival[n] = min(arrival[n], departure[n])
        least = arrival[n]
    latest = NOT_TOLD
    for n in range(begin, end):
        arrival[n] = max(arrival[n], latest)
        departure[n] = max(departure[n], arrival[n])
        latest = departure[n]
