"""The walk along a log with a tree: rows, seals, leaves and nodes, a stretch at a time, so that memory stays flat.

Two trees are grown on the way, one from the rows and one from the leaves that are kept; where the two part, the heads that were
signed tell which of them was changed.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from kernel.log import growth
from kernel.log.damage import Damage
from kernel.log.heads import Head
from kernel.log.tree import Frontier, Node

STRETCH = 5_000
LONGEST_TRANSACTION = timedelta(hours=1)

Progress = Callable[[int, int], None]


class State(NamedTuple):
    """What the database says of a log: its own head, the last seal there is, the last that retention took, the tree's size."""

    head_seq: int
    head_hash: bytes
    last_seq: int
    anchor_seq: int
    size: int

    @property
    def end(self) -> int:
        """The number of the last row that anything speaks of."""
        return max(self.head_seq, self.last_seq, self.size)


class Row(NamedTuple):
    """One sealed row, as hashes."""

    seq: int
    entry: UUID
    recorded_at: datetime
    hash: bytes
    is_gone: bool
    seal_fits: bool | None
    leaf: bytes | None


class Walk:
    """One walk; afterwards ``damages`` holds what was found and ``roots`` the two roots at each size that was signed."""

    def __init__(self, log: str, heads: Iterable[Head]) -> None:
        """Prepare; nothing is read but the log's state."""
        self.log = log
        self.state = state_of(log)
        self.damages: list[Damage] = []
        self.roots: dict[int, tuple[bytes, bytes]] = {}
        self.last_hash = b""
        self._heads = sorted(heads, key=lambda head: (head.size, head.at))
        self._sizes = {head.size for head in self._heads}
        self._latest: datetime | None = (
            None  # when the newest head was signed that does not have the row under the eyes
        )
        self._by_rows, self._by_leaves = Frontier(), Frontier()
        self._note_roots()

    @property
    def root(self) -> bytes:
        """The root of the tree that the kept leaves make."""
        return self._by_leaves.root

    def go(self, progress: Progress) -> None:
        """Walk to the end, telling ``progress`` how far."""
        for start in range(0, self.state.end, STRETCH):
            end = min(start + STRETCH, self.state.end)
            nodes, rows = _nodes(self.log, start, end), {row.seq: row for row in _rows(self.log, start, end)}
            for seq in range(start + 1, end + 1):
                self._look(seq, rows.get(seq), nodes)
            progress(end, self.state.end)

    def _look(self, seq: int, row: Row | None, nodes: dict[Node, bytes]) -> None:
        kept = nodes.get(Node(0, seq - 1))
        if row is not None:
            self.last_hash = row.hash
            self._check_row(row, kept)
            self._check_time(row)
        elif seq > self.state.anchor_seq:
            self._found("seal_missing", seq)
        if seq <= self.state.size:
            if kept is None:
                self._found("leaf_missing", seq, row)
            from_row = row.leaf if row is not None else None
            self._check_nodes(from_row or kept or bytes(32), kept or from_row or bytes(32), nodes)
            self._note_roots()

    def _check_row(self, row: Row, kept: bytes | None) -> None:
        """Hold the row against its seal and its leaf: whichever stands alone was changed."""
        if row.leaf is None:
            if not row.is_gone:
                self._found("row_missing", row.seq, row)
        elif not row.seal_fits:
            self._found("seal_changed" if kept == row.leaf else "row_changed", row.seq, row)
        elif kept is not None and kept != row.leaf:
            self._found("row_differs", row.seq, row)

    def _check_time(self, row: Row) -> None:
        """A row that a head does not have yet was written about then or later; one that it has was not written after it."""
        while self._heads and self._heads[0].size < row.seq:
            passed = self._heads.pop(0).at
            self._latest = max(passed, self._latest or passed)
        is_too_old = self._latest is not None and row.recorded_at < self._latest - LONGEST_TRANSACTION
        is_too_young = bool(self._heads) and row.recorded_at > self._heads[0].at + LONGEST_TRANSACTION
        if is_too_old or is_too_young:
            self._found("row_misdated", row.seq, row)

    def _check_nodes(self, from_row: bytes, kept: bytes, nodes: dict[Node, bytes]) -> None:
        """Grow both trees; a node that fits neither was changed itself."""
        grown = zip(self._by_rows.grow(from_row), self._by_leaves.grow(kept), strict=True)
        for (node, by_rows), (_node, by_leaves) in grown:
            if node.level > 0 and nodes.get(node) not in (by_rows, by_leaves):
                first, last = (node.position << node.level) + 1, (node.position + 1) << node.level
                kind, where = (
                    "node_changed" if node in nodes else "node_missing",
                    f"level {node.level}, index {node.position}",
                )
                self.damages.append(Damage(kind, first, last, detail=where))

    def _note_roots(self) -> None:
        size = self._by_leaves.size
        if size in self._sizes:
            self.roots[size] = self._by_rows.root, self._by_leaves.root

    def _found(self, kind: str, seq: int, row: Row | None = None) -> None:
        """Note a finding; the same at the next number makes one finding longer."""
        last = self.damages[-1] if self.damages else None
        if last is not None and last.kind == kind and last.last == seq - 1:
            self.damages[-1] = Damage(kind, last.first, seq, last.entry, last.recorded_at)
        else:
            entry, recorded_at = (row.entry, row.recorded_at) if row is not None else (None, None)
            self.damages.append(Damage(kind, seq, seq, entry, recorded_at))


def state_of(log: str) -> State:
    """Return what the database says of the log; :raises LookupError: for one without a tree."""
    found = _ask("SELECT head_seq, head_hash, anchor_seq FROM kernel_log WHERE name = %s AND has_tree", log)
    if not found:
        raise LookupError(f"no tree grows over {log}")
    ((head_seq, head_hash, anchor_seq),) = found
    ((last_seq,),) = _ask(f"SELECT coalesce(max(seq), %s) FROM {log}_seal", anchor_seq)  # noqa: S608 - a log that exists
    return State(head_seq, bytes(head_hash), last_seq, anchor_seq, growth.size(log))


def _nodes(log: str, start: int, end: int) -> dict[Node, bytes]:
    found = _ask("SELECT level, index, hash FROM kernel_tree_stretch(%s, %s, %s)", log, start, end)
    return {Node(level, index): bytes(hash_) for level, index, hash_ in found}


def _rows(log: str, start: int, end: int) -> Iterator[Row]:
    columns = "seq, entry_id, recorded_at, hash, is_gone, seal_fits, leaf"
    for row in _ask(f"SELECT {columns} FROM kernel_check_rows(%s, %s, %s)", log, start, end):  # noqa: S608
        seq, entry, recorded_at, hash_, is_gone, seal_fits, leaf = row
        yield Row(seq, entry, recorded_at, bytes(hash_), is_gone, seal_fits, bytes(leaf) if leaf is not None else None)


def _ask(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
