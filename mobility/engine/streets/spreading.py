"""One to many: how far one gets within a time (Dijkstra 1959), and which of many places that reaches."""

from typing import Any

import numpy as np
from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.costs import SHUT, Costs
from mobility.engine.streets.ends import COMING, NO_WAY, to_end, without_a_node
from mobility.engine.streets.heap import pop, push
from mobility.engine.streets.room import Room
from mobility.engine.streets.snapping import MOST_OFF_M, UNITS_A_METRE, Spots

ACROSS = 2 * MOST_OFF_M * UNITS_A_METRE
"""Two places farther apart than this, in parts of a degree of latitude, are not joined across the open."""


@njit(cache=True)
def reach(
    network: Network, costs: Costs, room: Room, start: Spots, goals: Spots, limit_ms: int, direction: int
) -> Any:  # pragma: no cover - compiled
    """Return goals within a time of one place, with seconds (rounded up), metres and risk; by cost the best way to each.

    With the direction ``COMING`` the ways lead from the goals to the place.
    """
    none = np.zeros(1, dtype=np.int32)
    spread(network, costs, room, start, none, limit_ms, direction)
    near = _near(
        network.edge_from, network.edge_to, room.stamp, room.turn[0], start.edge[0], start.lat[0], goals.edge, goals.lat
    )
    told = np.empty((4, len(near)), dtype=np.int32)
    count = 0
    for g in near:
        ms, cm, risk_cm = _to_goal(network, costs, room, start, goals, g, direction)
        if ms <= limit_ms:
            told[0, count], told[1, count] = g, (ms + 999) // 1000
            told[2, count], told[3, count] = (cm + 50) // 100, (risk_cm + 99) // 100
            count += 1
    return told[:, :count].copy()


@njit(cache=True)
def _near(
    edge_from: Any, edge_to: Any, stamp: Any, turn: int, edge: int, lat: int, goal_edge: Any, goal_lat: Any
) -> Any:  # pragma: no cover - compiled
    """Return the goals with an end of their edge labelled, and those that lie so close that no node need be.

    The arrays come one by one: taken out of a tuple in such a loop each costs more than the question.
    """
    near = np.empty(len(goal_edge), dtype=np.int32)
    count = 0
    for g in range(len(goal_edge)):
        there = goal_edge[g]
        if there < 0:
            continue
        is_labelled = stamp[edge_from[there]] == turn or stamp[edge_to[there]] == turn
        if is_labelled or there == edge or abs(goal_lat[g] - lat) <= ACROSS:
            near[count] = g
            count += 1
    return near[:count]


@njit(cache=True)
def spread(
    network: Network, costs: Costs, room: Room, starts: Spots, begin_ms: Any, limit_ms: int, direction: int
) -> Any:  # pragma: no cover - compiled
    """Label every node within a time of the nearest place; a place is left ``begin_ms`` after the beginning.

    Costs order the search, times bound it: it ends when no label within the limit is open any more, and until then goes on from
    labels beyond it too, so that each label is that of the best way by cost. Return how many nodes were seen.
    """
    room.turn[0] += 1
    heap, size, seen, alive = _leave(network, costs, room, starts, begin_ms, limit_ms, direction)
    arc_cost = costs.come if direction == COMING else costs.go
    arc_ms = costs.come_ms if direction == COMING else costs.go_ms
    while alive > 0:
        cost, node = pop(heap, size)
        size -= 1
        if room.is_settled[node] or cost != room.cost[node]:
            continue
        room.is_settled[node] = 1
        alive -= room.ms[node] <= limit_ms
        for arc in range(network.arc[node], network.arc[node + 1]):
            there = network.arc_to[arc]
            if arc_cost[arc] == SHUT or (room.stamp[there] == room.turn[0] and room.is_settled[there]):
                continue
            cm = network.edge_cm[network.arc_edge[arc] >> 1]
            label = (cost + arc_cost[arc], room.ms[node] + arc_ms[arc], room.cm[node] + cm)
            is_new, seen, alive = _label(
                room, there, label, (room.risk_cm[node] + costs.risk_cm[arc], arc, limit_ms), seen, alive
            )
            if is_new:
                heap = push(heap, size, label[0], there)
                size += 1
    return seen


@njit(cache=True)
def _leave(
    network: Network, costs: Costs, room: Room, starts: Spots, begin_ms: Any, limit_ms: int, direction: int
) -> Any:  # pragma: no cover - compiled
    """Label the ends of the edges on which one starts; return the heap, its size, how many are seen, and how many in time."""
    heap, size, seen, alive = room.heap, 0, 0, 0
    for n in range(2 * len(starts.edge)):
        if starts.edge[n >> 1] < 0:
            continue
        node, cost, ms, cm, risk = to_end(network, costs, starts, n >> 1, n & 1, direction)
        wait = costs.wait[node]
        if cost >= NO_WAY or wait < 0:
            continue
        label = (cost + wait + begin_ms[n >> 1], ms + wait + begin_ms[n >> 1], cm)
        more = (risk + costs.wait_risk[node], -1, limit_ms)
        is_new, seen, alive = _label(room, node, label, more, seen, alive)
        if is_new:
            heap = push(heap, size, label[0], node)
            size += 1
    return heap, size, seen, alive


@njit(cache=True, inline="always")
def _label(room: Room, node: int, label: Any, more: Any, seen: int, alive: int) -> Any:  # pragma: no cover - compiled
    """Write a label where it is better; return whether it was, how many nodes are seen, and how many open labels are in time."""
    cost, ms, cm = label
    risk_cm, arc, limit_ms = more
    if room.stamp[node] != room.turn[0]:
        room.stamp[node] = room.turn[0]
        room.is_settled[node] = 0
        room.seen[seen] = node
        seen += 1
    elif cost >= room.cost[node]:
        return False, seen, alive
    else:
        alive -= room.ms[node] <= limit_ms
    room.cost[node], room.ms[node], room.cm[node] = cost, ms, cm
    room.risk_cm[node], room.came[node] = risk_cm, arc
    alive += ms <= limit_ms
    return True, seen, alive


@njit(cache=True, inline="always")
def _to_goal(
    network: Network, costs: Costs, room: Room, start: Spots, goals: Spots, g: int, direction: int
) -> Any:  # pragma: no cover - compiled
    """Return time, length and risk of the best way to one goal, by either end of its edge or by none."""
    if direction == COMING:
        best, ms, cm, risk_cm = without_a_node(network, costs, goals, g, start, 0)
    else:
        best, ms, cm, risk_cm = without_a_node(network, costs, start, 0, goals, g)
    for end in (0, 1):
        node, tail, tail_ms, tail_cm, tail_risk = to_end(network, costs, goals, g, end, 1 - direction)
        if tail >= NO_WAY or room.stamp[node] != room.turn[0] or room.cost[node] + tail >= best:
            continue
        best, ms = room.cost[node] + tail, room.ms[node] + tail_ms
        cm, risk_cm = room.cm[node] + tail_cm, room.risk_cm[node] + tail_risk
    return ms, cm, risk_cm
