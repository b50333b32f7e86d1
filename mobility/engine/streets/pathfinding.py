"""One to one: the best way by cost, with the arcs that it takes (A*: Hart, Nilsson, Raphael 1968)."""

import math
from typing import Any

import numpy as np
from numba import njit

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.costs import SHUT, Costs
from mobility.engine.streets.earth import EARTH_M
from mobility.engine.streets.ends import COMING, LEAVING, NO_WAY, to_end, without_a_node
from mobility.engine.streets.heap import pop, push
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.room import Room
from mobility.engine.streets.snapping import Spots
from mobility.engine.timetable.arrays import Array

CAUTION = 0.99
"""What is still ahead is estimated a little low, since lengths and costs are rounded."""


def globe_of(network: Network) -> Array:
    """Return the nodes as points of a sphere in metres: the straight line through the earth is never longer than a way."""
    lat, lon = np.radians(network.node_lat / UNITS_A_DEGREE), np.radians(network.node_lon / UNITS_A_DEGREE)
    points = (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    return EARTH_M * np.ascontiguousarray(np.stack(points, axis=1))


@njit(cache=True)
def find_way(
    network: Network, costs: Costs, room: Room, globe: Any, start: Spots, goal: Spots
) -> Any:  # pragma: no cover - compiled
    """Return (cost, time, length, risk) and the arcs of the best way, none where it takes no node.

    The cost is ``NO_WAY`` or more where there is no way.
    """
    room.turn[0] += 1
    best, ms, cm, risk_cm = without_a_node(network, costs, start, 0, goal, 0)
    last, there = -1, _on_the_globe(goal)
    heap, size = _leave(network, costs, room, globe, start, there)
    tails = (to_end(network, costs, goal, 0, 0, COMING), to_end(network, costs, goal, 0, 1, COMING))
    while size > 0:
        key, node = pop(heap, size)
        size -= 1
        if key >= best:
            break
        if room.is_settled[node] or key != room.cost[node] + room.ahead[node]:
            continue
        room.is_settled[node] = 1
        for end, tail, tail_ms, tail_cm, tail_risk in tails:
            if end == node and tail < NO_WAY and room.cost[node] + tail < best:
                best, ms, last = room.cost[node] + tail, room.ms[node] + tail_ms, node
                cm, risk_cm = room.cm[node] + tail_cm, room.risk_cm[node] + tail_risk
        for arc in range(network.arc[node], network.arc[node + 1]):
            if costs.go[arc] == SHUT:
                continue
            to = network.arc_to[arc]
            label = (room.cost[node] + costs.go[arc], room.ms[node] + costs.go_ms[arc])
            length = room.cm[node] + network.edge_cm[network.arc_edge[arc] >> 1]
            more = (length, room.risk_cm[node] + costs.risk_cm[arc], arc)
            if _label(room, globe, there, costs.least_ms, to, label, more):
                heap = push(heap, size, label[0] + room.ahead[to], to)
                size += 1
    return (best, ms, cm, risk_cm), _walked_back(network, room, last)


@njit(cache=True)
def _leave(
    network: Network, costs: Costs, room: Room, globe: Any, start: Spots, there: Any
) -> Any:  # pragma: no cover - compiled
    """Label the ends of the edge on which one starts."""
    heap, size = room.heap, 0
    for end in (0, 1):
        node, cost, ms, cm, risk = to_end(network, costs, start, 0, end, LEAVING)
        if cost >= NO_WAY or costs.wait[node] < 0:
            continue
        label = (cost + costs.wait[node], ms + costs.wait[node])
        if _label(room, globe, there, costs.least_ms, node, label, (cm, risk + costs.wait_risk[node], -1)):
            heap = push(heap, size, label[0] + room.ahead[node], node)
            size += 1
    return heap, size


@njit(cache=True, inline="always")
def _label(
    room: Room, globe: Any, there: Any, least_ms: float, node: int, label: Any, more: Any
) -> bool:  # pragma: no cover - compiled
    """Write a label where it is better, and tell whether it was; a node may be settled again."""
    if room.stamp[node] != room.turn[0]:
        room.stamp[node] = room.turn[0]
        x, y, z = globe[node, 0] - there[0], globe[node, 1] - there[1], globe[node, 2] - there[2]
        room.ahead[node] = int(CAUTION * least_ms * math.sqrt(x * x + y * y + z * z))
    elif label[0] >= room.cost[node]:
        return False
    room.is_settled[node] = 0
    room.cost[node], room.ms[node] = label
    room.cm[node], room.risk_cm[node], room.came[node] = more
    return True


@njit(cache=True)
def _on_the_globe(spot: Spots) -> Any:  # pragma: no cover - compiled
    lat, lon = math.radians(spot.on_lat[0] / UNITS_A_DEGREE), math.radians(spot.on_lon[0] / UNITS_A_DEGREE)
    return EARTH_M * math.cos(lat) * math.cos(lon), EARTH_M * math.cos(lat) * math.sin(lon), EARTH_M * math.sin(lat)


@njit(cache=True)
def _walked_back(network: Network, room: Room, last: int) -> Any:  # pragma: no cover - compiled
    """Return the arcs from the start's edge to the last node, after that node itself."""
    count, node = 0, last
    while node >= 0 and room.came[node] >= 0:
        count += 1
        node = _origin(network, room.came[node])
    arcs = np.empty(count + 1, dtype=np.int32)
    arcs[0], node = last, last
    for n in range(count, 0, -1):
        arcs[n] = room.came[node]
        node = _origin(network, arcs[n])
    return arcs


@njit(cache=True, inline="always")
def _origin(network: Network, arc: int) -> Any:  # pragma: no cover - compiled
    """Return the node that an arc leaves."""
    edge = network.arc_edge[arc]
    return network.edge_to[edge >> 1] if edge & 1 else network.edge_from[edge >> 1]
