"""The arithmetic of a Merkle tree (RFC 6962, section 2; RFC 9162, section 2.1): pure, without a database.

A tree of any size is a row of complete subtrees. A complete subtree of ``2**level`` leaves never changes once its last leaf is
there, so their hashes are what is kept; everything else is put together from a logarithm of them.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

EMPTY = hashlib.sha256(b"").digest()  # the root of the tree without leaves: e3b0c442…


class Node(NamedTuple):
    """A complete subtree: the leaves from ``position * 2**level`` to before ``(position + 1) * 2**level``."""

    level: int
    position: int


class Span(NamedTuple):
    """The leaves from ``start`` to before ``end``, as the standard cuts them."""

    start: int
    end: int

    @property
    def nodes(self) -> list[Node]:
        """The complete subtrees of which the span is made, from left to right, each smaller than the one before."""
        found, at = [], self.start
        while at < self.end:
            level = (self.end - at).bit_length() - 1
            found.append(Node(level, at >> level))
            at += 1 << level
        return found

    def hash_from(self, kept: Mapping[Node, bytes]) -> bytes:
        """Return the span's hash from the kept ones; :raises KeyError: with the node that is missing."""
        hashes = [kept[node] for node in self.nodes]
        if not hashes:
            return EMPTY
        whole = hashes.pop()
        while hashes:
            whole = node_hash(hashes.pop(), whole)
        return whole


def leaf_hash(text: bytes) -> bytes:
    """Return the hash of a leaf; the sign in front keeps a leaf from ever passing for a node."""
    return hashlib.sha256(b"\x00" + text).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return whose hashes prove that leaf ``index`` stands in the tree of ``size``, from the leaf up (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in this tree")
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """Return whose hashes prove that the tree of ``second`` begins with the tree of ``first`` (RFC 6962, 2.1.2)."""
    if not 0 <= first <= second:
        raise ValueError("a tree only grows")
    if first in (0, second):
        return []
    spans, start, end = [], 0, second
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            spans.append(Span(middle, end))
            end = middle
        else:
            spans.append(Span(start, middle))
            start = middle
    return ([Span(start, end)] if start else []) + spans[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, whole = index, size - 1, leaf
    for each in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            whole = node_hash(each, whole)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            whole = node_hash(whole, each)
        at, last = at >> 1, last >> 1
    return last == 0 and whole == root


def verify_consistency(first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether the second tree begins with the first (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        return not path and first_root == (second_root if first else EMPTY)
    hashes = list(path) if first & (first - 1) else [first_root, *path]
    if not hashes:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for each in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, each)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


class Frontier:
    """A tree that grows leaf by leaf and remembers no more than its right edge: as many hashes as its size has ones."""

    def __init__(self) -> None:
        """Begin with the tree without leaves."""
        self.size = 0
        self._edge: list[bytes] = []

    def grow(self, leaf: bytes) -> Iterator[tuple[Node, bytes]]:
        """Add a leaf and yield it, then each subtree that it completes."""
        level, index, whole = 0, self.size, leaf
        yield Node(level, index), whole
        while index & 1:
            level, index, whole = level + 1, index >> 1, node_hash(self._edge.pop(), whole)
            yield Node(level, index), whole
        self._edge.append(whole)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root of the tree so far."""
        if not self._edge:
            return EMPTY
        whole = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            whole = node_hash(left, whole)
        return whole


def _split(size: int) -> int:
    """Return the greatest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
