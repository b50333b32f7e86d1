"""When a board changes by itself: a vehicle leaves, or one comes near enough to be looked for."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from mobility.engine.departures.board import AHEAD_S
from mobility.engine.departures.calls import calls_at
from mobility.engine.network import Network
from mobility.engine.timetable import DAY_S
from mobility.engine.timetable.arrays import Array


@dataclass(frozen=True)
class Moments:
    """Every departure about one day: ``at`` in seconds after its midnight, rising, and from which stop."""

    at: Array
    stop: Array

    def between(self, begin: int, end: int) -> set[int]:
        """Return the stops whose boards change in ``[begin, end)``.

        A departure in that time is no longer shown afterwards, and one that lies a board's look ahead is shown from then on.
        """
        found: set[int] = set()
        for ahead in (0, AHEAD_S):
            low, high = np.searchsorted(self.at, (begin + ahead, end + ahead))
            found.update(self.stop[low:high].tolist())
        return found


def moments_of(plan: Network, running: Network, day: date) -> Moments:
    """Return the moments of a day: when vehicles leave as they run, and when those would have left that do not."""
    networks = [plan] if running.live is None else [plan, running]
    found = [calls_at(each.lanes(day), each.boarded.tolist(), -DAY_S, 3 * DAY_S) for each in networks]
    at, stop = (np.concatenate([getattr(calls, name) for calls in found]) for name in ("depart_at", "stop"))
    order = np.argsort(at, kind="stable")
    return Moments(at[order], stop[order])
