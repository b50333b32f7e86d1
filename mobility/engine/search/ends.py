"""Where a search begins or ends: stops, and the seconds that lie between them and the place itself."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mobility.engine.timetable.arrays import I32, Array
from mobility.engine.timetable.days import Lanes

NOT_REACHED = 2**30
"""More seconds than any journey takes: not reached, or not yet."""
NO_GOAL = NOT_REACHED + 2**29
"""From a stop that is none of the goal's: so far that it stays beyond even where times are negative."""

_I32 = np.dtype(I32)


class Ends(NamedTuple):
    """Stops near one end of a journey, each once, with the seconds to or from them."""

    stops: Array
    seconds: Array

    @classmethod
    def of(cls, seconds_by_stop: Mapping[int, int]) -> "Ends":
        """Take them from a mapping."""
        count = len(seconds_by_stop)
        return cls(np.fromiter(seconds_by_stop, _I32, count), np.fromiter(seconds_by_stop.values(), _I32, count))

    @classmethod
    def around(cls, lanes: Lanes, stop: int) -> "Ends":
        """Return a stop and all that the timetable's walks join to it, seen from it in the direction of the lanes."""
        begin, end = lanes.walk_start[stop], lanes.walk_start[stop + 1]
        walks = zip(lanes.walk_to[begin:end].tolist(), lanes.walk_s[begin:end].tolist(), strict=True)
        return cls.of(dict(walks) | {stop: 0})
