"""Chains: where nothing changes from one piece of street to the next, they are one edge."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from mobility.engine.timetable.arrays import I32, Array

LONGEST_M = 150
"""A chain ends at the first node after so many metres: what is closed closes whole edges, and should not close much more."""


class Pieces(NamedTuple):
    """Pieces of street from node ``start`` to node ``end``; ``turned[k]`` is kind ``k`` seen from the other end."""

    start: Array
    end: Array
    metres: Array
    kind: Array
    name: Array
    turned: Array


class Chains(NamedTuple):
    """Chains of nodes: those of chain ``c`` are ``nodes[first[c]:first[c + 1]]``; ``kind`` is seen along the chain."""

    first: Array
    nodes: Array
    kind: Array
    name: Array


def chains_of(pieces: Pieces, node_spot: Array) -> Chains:
    """Join pieces at every node where just two meet, of one kind and name, and nothing stands in the way."""
    nodes = len(node_spot)
    count = len(pieces.start)
    ends = np.concatenate((pieces.start, pieces.end))
    order = np.argsort(ends, kind="stable").astype(I32)
    at = np.searchsorted(ends[order], np.arange(nodes + 1)).astype(I32)
    is_joint = _joints(pieces, at, order % count, node_spot)
    first, chained, kind, name = _chained(pieces, at, order % count, is_joint)
    return Chains(first, chained, kind, name)


@njit(cache=True, inline="always")
def _seen_from(pieces: Pieces, piece: int, node: int) -> Any:  # pragma: no cover - compiled
    """Return the kind of a piece for whoever leaves ``node`` on it."""
    kind = pieces.kind[piece]
    return kind if pieces.start[piece] == node else pieces.turned[kind]


@njit(cache=True)
def _joints(pieces: Pieces, at: Any, touching: Any, node_spot: Any) -> Any:  # pragma: no cover - compiled
    """Tell for each node whether a chain runs through it."""
    is_joint = np.zeros(len(at) - 1, dtype=np.bool_)
    for node in range(len(at) - 1):
        if at[node + 1] - at[node] != 2 or node_spot[node] != 0:
            continue
        one, other = touching[at[node]], touching[at[node] + 1]
        same = pieces.turned[_seen_from(pieces, one, node)] == _seen_from(pieces, other, node)
        is_joint[node] = same and one != other and pieces.name[one] == pieces.name[other]
    return is_joint


@njit(cache=True)
def _followed(
    pieces: Pieces, joints: Any, is_done: Any, nodes: Any, piece: int, node: int, filled: int
) -> Any:  # pragma: no cover - compiled
    """Write the nodes of one chain; return where it ends, the piece that goes on from there, and how many nodes there are now."""
    at, touching, is_joint = joints
    nodes[filled] = node
    filled += 1
    metres = 0.0
    while not is_done[piece] and metres < LONGEST_M:
        is_done[piece] = True
        metres += pieces.metres[piece]
        node = pieces.end[piece] if pieces.start[piece] == node else pieces.start[piece]
        nodes[filled] = node
        filled += 1
        if is_joint[node]:
            one = touching[at[node]]
            piece = touching[at[node] + 1] if one == piece else one
    return node, piece, filled


@njit(cache=True)
def _chained(pieces: Pieces, at: Any, touching: Any, is_joint: Any) -> Any:  # pragma: no cover - compiled
    """Follow each chain from end to end; a ring without an end begins anywhere."""
    count = len(pieces.start)
    is_done = np.zeros(count, dtype=np.bool_)
    first, kind, name = np.zeros(count + 1, I32), np.zeros(count, I32), np.zeros(count, I32)
    nodes = np.zeros(2 * count, dtype=I32)
    joints = (at, touching, is_joint)
    chains, filled = 0, 0
    for turn in range(2 * count):
        piece = turn % count
        node = pieces.start[piece]
        if turn < count and is_joint[node]:
            node = pieces.end[piece]
        if is_done[piece] or (turn < count and is_joint[node]):
            continue
        while not is_done[piece]:
            kind[chains], name[chains] = _seen_from(pieces, piece, node), pieces.name[piece]
            node, piece, filled = _followed(pieces, joints, is_done, nodes, piece, node, filled)
            chains += 1
            first[chains] = filled
    return first[: chains + 1].copy(), nodes[:filled].copy(), kind[:chains].copy(), name[:chains].copy()
