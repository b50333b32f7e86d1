"""From a place on an edge to the edge's two ends and back, and from one place to another on the same edge."""

import math
from typing import Any

from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.costs import Costs
from mobility.engine.streets.earth import METRES_A_DEGREE
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.snapping import Spots

NO_WAY = 2**30
COMING, LEAVING = 0, 1
"""Which way one goes between a place and the end of its edge."""


@njit(cache=True, inline="always")
def to_end(
    network: Network, costs: Costs, spots: Spots, n: int, end: int, direction: int
) -> Any:  # pragma: no cover - compiled
    """Return node, cost, time, length and risk between a place and one end of its edge, without waiting there.

    ``end`` is 0 where the edge's line begins and 1 where it ends; ``direction`` says whether one leaves the place or comes to it.
    """
    edge = spots.edge[n]
    cm = network.edge_cm[edge] - spots.at_cm[n] if end == 1 else spots.at_cm[n]
    node = network.edge_to[edge] if end == 1 else network.edge_from[edge]
    cost, ms = _part(costs, edge, end == direction, cm, network.edge_cm[edge])
    off = spots.off_cm[n]
    off_ms = round(off / 100 * costs.off_ms)
    if cost >= NO_WAY:
        return node, NO_WAY, NO_WAY, 0, 0
    return node, cost + off_ms, ms + off_ms, cm + off, round(costs.edge_risk[edge] * cm / network.edge_cm[edge])


@njit(cache=True, inline="always")
def without_a_node(
    network: Network, costs: Costs, start: Spots, s: int, goal: Spots, g: int
) -> Any:  # pragma: no cover - compiled
    """Return cost, time, length and risk between two places along one edge, or across the open where no street is nearer."""
    off = start.off_cm[s] + goal.off_cm[g]
    crow = _crow_cm(start, s, goal, g)
    if crow <= off:
        ms = round(crow / 100 * costs.off_ms)
        return ms, ms, crow, 0
    edge = start.edge[s]
    if edge != goal.edge[g]:
        return NO_WAY, NO_WAY, 0, 0
    cm = goal.at_cm[g] - start.at_cm[s]
    cost, ms = _part(costs, edge, cm >= 0, abs(cm), network.edge_cm[edge])
    if cost >= NO_WAY:
        return NO_WAY, NO_WAY, 0, 0
    off_ms = round(start.off_cm[s] / 100 * costs.off_ms) + round(goal.off_cm[g] / 100 * costs.off_ms)
    return cost + off_ms, ms + off_ms, abs(cm) + off, round(costs.edge_risk[edge] * abs(cm) / network.edge_cm[edge])


@njit(cache=True, inline="always")
def _part(costs: Costs, edge: int, is_along: Any, cm: int, of_cm: int) -> Any:  # pragma: no cover - compiled
    """Return what so many centimetres of an edge cost and take in one direction; none cost nothing in any."""
    if cm == 0:
        return 0, 0
    cost = costs.along[edge] if is_along else costs.against[edge]
    ms = costs.along_ms[edge] if is_along else costs.against_ms[edge]
    if cost < 0:
        return NO_WAY, NO_WAY
    return round(cost * (cm / of_cm)), round(ms * (cm / of_cm))


@njit(cache=True, inline="always")
def _crow_cm(start: Spots, s: int, goal: Spots, g: int) -> int:  # pragma: no cover - compiled
    """Return the distance of two places that are near each other; degrees are taken for straight."""
    north = (goal.lat[g] - start.lat[s]) / UNITS_A_DEGREE
    east = (goal.lon[g] - start.lon[s]) / UNITS_A_DEGREE * math.cos(math.radians(start.lat[s] / UNITS_A_DEGREE))
    return round(100 * METRES_A_DEGREE * math.hypot(north, east))
