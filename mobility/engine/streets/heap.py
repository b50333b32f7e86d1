"""A binary heap of whole numbers for compiled code: the cost in the upper half, the node in the lower."""

from typing import Any

import numpy as np
from numba import njit

NODE_BITS = 32


@njit(cache=True)
def push(heap: Any, size: int, cost: int, node: int) -> Any:  # pragma: no cover - compiled
    """Put a node in; return the heap, a larger one where it was full. The caller counts."""
    if size == len(heap):
        heap = np.concatenate((heap, np.zeros(len(heap) + 16, dtype=np.int64)))
    key = (np.int64(cost) << NODE_BITS) | np.int64(node)
    here = size
    while here > 0:
        above = (here - 1) >> 1
        if heap[above] <= key:
            break
        heap[here] = heap[above]
        here = above
    heap[here] = key
    return heap


@njit(cache=True)
def pop(heap: Any, size: int) -> Any:  # pragma: no cover - compiled
    """Take out the node with the least cost; return both."""
    least, last = heap[0], heap[size - 1]
    here, end = 0, size - 1
    while True:
        below = 2 * here + 1
        if below >= end:
            break
        if below + 1 < end and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= last:
            break
        heap[here] = heap[below]
        here = below
    heap[here] = last
    return least >> NODE_BITS, least & 0xFFFFFFFF
