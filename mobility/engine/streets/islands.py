"""Which edges belong to the town: from each of them one gets to the others and back. A courtyard that is drawn alone does not."""

from typing import Any

import numpy as np
from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.costs import Costs
from mobility.engine.timetable.arrays import I32, Array

FEW = 50
"""A part with fewer nodes is an island, unless it is the largest there is."""


def mainland(network: Network, costs: Costs) -> Array:
    """Return for each edge whether both of its ends are of one large part, and somebody may go along it in some direction."""
    part: Array = _parts(network.arc, network.arc_to, costs.go)
    sizes = np.bincount(part[part >= 0], minlength=1)
    is_large = sizes >= min(FEW, int(sizes.max()))
    start, end = part[network.edge_from], part[network.edge_to]
    is_open = (costs.along >= 0) | (costs.against >= 0)
    kept: Array = (is_open & (start >= 0) & (start == end) & is_large[np.maximum(start, 0)]).astype(np.uint8)
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
