"""Which edges belong to the town: from each one gets to the others and back. A courtyard that is drawn alone does not."""

from typing import Any

import numpy as np
from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.costs import Costs
from mobility.engine.timetable.arrays import I32, Array

LEAST_CM = 300_000
"""A part with fewer streets than three kilometres is an island, unless it is the largest there is."""


def mainland(network: Network, costs: Costs) -> Array:
    """Return for each edge whether somebody set down on it can leave it for a large part, and could have come from there.

    So it is between two nodes of one large part, and on a street open both ways that hangs on one, such as up to a closed gate.
    """
    part: Array = _parts(network.arc, network.arc_to, costs.go)
    start, end = network.edge_from, network.edge_to
    is_open, both_ways = ((costs.along >= 0) | (costs.against >= 0)), (costs.along >= 0) & (costs.against >= 0)
    is_within = is_open & (part[start] == part[end]) & (costs.wait[start] >= 0) & (costs.wait[end] >= 0)
    size_cm = np.bincount(part[start[is_within]], network.edge_cm[is_within], minlength=int(part.max()) + 1)
    is_town = (size_cm >= min(LEAST_CM, float(size_cm.max())))[part] & (costs.wait >= 0)
    is_through = is_within & is_town[start]
    kept: Array = (is_through | (both_ways & (is_town[start] | is_town[end]))).astype(np.uint8)
    return kept


@njit(cache=True)
def _parts(arc: Any, arc_to: Any, go: Any) -> Any:  # pragma: no cover - compiled
    """Number the strongly connected parts (Tarjan 1972, with a stack of its own instead of recursion)."""
    nodes = len(arc) - 1
    part, order, low = np.full(nodes, -1, I32), np.full(nodes, -1, I32), np.zeros(nodes, I32)
    following = arc[:-1].copy()
    path, open_nodes = np.zeros(nodes, I32), np.zeros(nodes, I32)
    parts, seen, opened = 0, 0, 0
    for root in range(nodes):
        if order[root] >= 0:
            continue
        depth = 1
        path[0] = root
        while depth > 0:
            node = path[depth - 1]
            if order[node] < 0:
                order[node] = low[node] = seen
                seen += 1
                open_nodes[opened] = node
                opened += 1
            deeper = _next_new(node, following, arc, arc_to, go, order, part, low)
            if deeper >= 0:
                path[depth] = deeper
                depth += 1
                continue
            depth -= 1
            if depth > 0:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[node])
            if low[node] == order[node]:
                opened = _close(node, open_nodes, opened, part, parts)
                parts += 1
    return part


@njit(cache=True)
def _next_new(
    node: int, following: Any, arc: Any, arc_to: Any, go: Any, order: Any, part: Any, low: Any
) -> int:  # pragma: no cover - compiled
    """Return the next node that was not seen yet, -1 where there is none; note the lowest that can be got back to."""
    while following[node] < arc[node + 1]:
        each = following[node]
        following[node] += 1
        if go[each] < 0:
            continue
        there = arc_to[each]
        if order[there] < 0:
            return int(there)
        if part[there] < 0:
            low[node] = min(low[node], order[there])
    return -1


@njit(cache=True)
def _close(node: int, open_nodes: Any, opened: int, part: Any, number: int) -> int:  # pragma: no cover - compiled
    """Give all nodes down to this one their part; return how many stay open."""
    while True:
        opened -= 1
        part[open_nodes[opened]] = number
        if open_nodes[opened] == node:
            return opened
