"""Everything that leaves some stops within a span, out of a day's lanes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mobility.engine.timetable import BOARD, Lanes
from mobility.engine.timetable.arrays import I32, Array


class Calls(NamedTuple):
    """Calls at which one can board, by departure; ``shift`` is the trip's service day, ``call`` which of its calls it is."""

    trip: Array
    shift: Array
    call: Array
    stop: Array
    depart_at: Array

    def keys(self) -> list[tuple[int, int, int]]:
        """Return what makes each of them one of a kind: trip, service day, call."""
        return list(zip(self.trip.tolist(), self.shift.tolist(), self.call.tolist(), strict=True))


def calls_at(lanes: Lanes, stops: Sequence[int], begin: int, end: int) -> Calls:
    """Return what leaves one of the stops in ``[begin, end)``; nobody boards where a trip ends."""
    at = np.concatenate([np.arange(lanes.at[stop], lanes.at[stop + 1]) for stop in stops] or [np.zeros(0)]).astype(I32)
    stop = np.repeat(np.array(stops, dtype=I32), [lanes.at[each + 1] - lanes.at[each] for each in stops])
    lane, call = lanes.at_lane[at], lanes.at_call[at]
    where = lanes.call[lane] + call
    can_board = ((lanes.leave[where] & BOARD) > 0) & (where < lanes.call[lane + 1] - 1)
    lane, call, stop = lane[can_board], call[can_board], stop[can_board]
    counts = lanes.ride[lane + 1] - lanes.ride[lane]
    before = np.concatenate(([0], np.cumsum(counts)))[:-1]
    ride = (np.arange(counts.sum()) - np.repeat(before, counts) + np.repeat(lanes.ride[lane], counts)).astype(I32)
    call, stop = np.repeat(call, counts), np.repeat(stop, counts)
    depart_at = lanes.departure[lanes.first[ride] + call] + lanes.shift[ride]
    within = np.flatnonzero((depart_at >= begin) & (depart_at < end))
    order = within[np.lexsort((call[within], lanes.trip[ride[within]], depart_at[within]))]
    ride = ride[order]
    return Calls(lanes.trip[ride], lanes.shift[ride], call[order], stop[order], depart_at[order])
