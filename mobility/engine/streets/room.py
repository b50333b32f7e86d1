"""Where a search writes: labels of nodes, used again by the next search without being wiped."""

from typing import NamedTuple

import numpy as np

from mobility.engine.timetable.arrays import I32, Array


class Room(NamedTuple):
    """One label a node, valid where ``stamp`` is that of the running search: cost, true time, length, risk, the arc one came by.

    ``seen`` lists the labelled nodes. A room serves one compiled call after the other: compiled code holds the interpreter's
    lock from beginning to end, so that threads cannot meet in it; whatever must be kept is copied out by the same call.
    """

    turn: Array
    stamp: Array
    cost: Array
    ms: Array
    cm: Array
    risk_cm: Array
    came: Array
    ahead: Array
    is_settled: Array
    seen: Array
    heap: Array

    @classmethod
    def of(cls, nodes: int, arcs: int) -> "Room":
        """Make one for a network of that size."""
        whole = [np.zeros(nodes, dtype=I32) for _ in range(8)]
        return cls(
            turn=np.zeros(1, I32), stamp=whole[0], cost=whole[1], ms=whole[2], cm=whole[3], risk_cm=whole[4], came=whole[5],
            ahead=whole[6], seen=whole[7], is_settled=np.zeros(nodes, np.uint8), heap=np.zeros(arcs + 16, np.int64),
        )  # fmt: skip
