"""Which cells of a table stay unsaid, so that no figure speaks of fewer than ten people, not even after subtracting.

A cell under ten people is withheld. That alone would be no secret: with its row's total and the other cells of the row it is a
subtraction away. So more cells are withheld until none can be computed. In a table of two sides with its totals the withheld cells
are the edges of a graph between rows and columns, a withheld total an edge to a node for "all"; the totals that are said determine
a withheld cell exactly where its edge is a bridge, and nowhere else (D. Gusfield, *A Graph Theoretic Approach to Statistical Data
Security*, SIAM Journal on Computing 17(3), 1988, theorem 2.1). What is withheld in a line together must also be of ten people.
"""

from collections.abc import Hashable, Iterable, Mapping
from heapq import heappop, heappush
from typing import Any

import msgspec

LEAST = 10
"""People: of fewer nothing is said."""

Pair = tuple[str, str]
Node = tuple[str, str | None]
Edge = tuple[str | None, str | None]


class Tally(msgspec.Struct):
    """What one cell holds. ``people`` are accounts, a little more than :data:`LEAST` at most: enough to know that it is enough."""

    yen: int = 0
    support_yen: int = 0
    payments: int = 0
    people: set[Hashable] = msgspec.field(default_factory=set)

    @property
    def is_safe(self) -> bool:
        """Whether so many people stand behind it that it may be said."""
        return len(self.people) >= LEAST

    def add(self, yen: int, support_yen: int, payments: int, people: Iterable[Hashable]) -> None:
        """Take in one more part."""
        self.yen += yen
        self.support_yen += support_yen
        self.payments += payments
        if len(self.people) < LEAST:
            self.people.update(people)


def hidden_in_line(cells: Mapping[str, Tally]) -> set[str]:
    """Return which cells of one line are withheld where the line's total is said.

    Together they are of ten people at least, and two at least; the ones with the fewest payments are taken.
    """
    hidden = {name for name, tally in cells.items() if not tally.is_safe}
    left = sorted(cells.keys() - hidden, key=lambda name: (cells[name].payments, name))
    while hidden and left and not (len(hidden) > 1 and _enough(cells[name] for name in hidden)):
        hidden.add(left.pop(0))
    return hidden


def withheld(
    lines: Mapping[str, Mapping[str, Tally]], tables: Mapping[Pair, Mapping[Pair, Tally]]
) -> tuple[dict[str, set[str]], dict[Pair, set[Pair]]]:
    """Return what is withheld of lines, and of tables whose sides are two of the lines, where the total of all is said.

    Where a table is so empty that its own cells cannot hide one, totals hide with it, and then in every table that they belong to.
    """
    unsaid = {name: hidden_in_line(line) for name, line in lines.items()}
    while True:
        said_before = sum(map(len, unsaid.values()))
        hidden = {}
        for (rows, columns), cells in tables.items():
            sides = (lines[rows], lines[columns])
            hidden[rows, columns], more = hidden_in_table(cells, sides, (unsaid[rows], unsaid[columns]))
            unsaid[rows], unsaid[columns] = more
        if sum(map(len, unsaid.values())) == said_before:
            return unsaid, hidden


def hidden_in_table(
    cells: Mapping[Pair, Tally],
    lines: tuple[Mapping[str, Tally], Mapping[str, Tally]],
    unsaid: tuple[set[str], set[str]],
) -> tuple[set[Pair], tuple[set[str], set[str]]]:
    """Return which cells of one table are withheld, and which totals of its rows and columns.

    ``cells`` holds what is not empty; an empty cell is said, for it hides nothing.
    """
    hidden = {pair for pair, tally in cells.items() if not tally.is_safe}
    rows, columns = set(unsaid[0]), set(unsaid[1])
    while hidden or rows or columns:
        few = _beside_few(cells, hidden, rows, columns)
        around = _around_a_bridge(cells, lines, hidden | few, (rows, columns))
        if not few and not around:
            break
        hidden |= few | {edge for edge in around if None not in edge}
        rows |= {row for row, column in around if column is None and row is not None}
        columns |= {column for row, column in around if row is None and column is not None}
    return hidden, (rows, columns)


def _beside_few(
    cells: Mapping[Pair, Tally], hidden: set[Pair], hidden_rows: set[str], hidden_columns: set[str]
) -> set[Pair]:
    """Return one more cell for each line whose withheld cells, known together by subtraction, are of fewer than ten people."""
    more: set[Pair] = set()
    for side, unsaid in ((0, hidden_rows), (1, hidden_columns)):
        for name in {pair[side] for pair in hidden} - unsaid:
            line = [pair for pair in cells if pair[side] == name]
            if not _enough(cells[pair] for pair in line if pair in hidden):
                more |= set(sorted(set(line) - hidden, key=lambda pair: (cells[pair].payments, pair))[:1])
    return more


def _around_a_bridge(
    cells: Mapping[Pair, Tally],
    lines: tuple[Mapping[str, Tally], Mapping[str, Tally]],
    hidden: set[Pair],
    unsaid: tuple[set[str], set[str]],
) -> set[Any]:
    """Return the cells and totals that close the cheapest way around one bridge; everything where there is no way around it."""
    edges = hidden | {(name, None) for name in unsaid[0]} | {(None, name) for name in unsaid[1]}
    bridges = _bridges(edges)
    if not bridges:
        return set()
    costs: dict[Any, int] = {pair: 1 + tally.payments for pair, tally in cells.items()}
    costs |= {(name, None): 1 + tally.payments for name, tally in lines[0].items()}
    costs |= {(None, name): 1 + tally.payments for name, tally in lines[1].items()}
    costs |= dict.fromkeys(edges, 0)
    bridge = min(bridges, key=lambda edge: (edge[0] or "", edge[1] or ""))
    around = _cheapest_way(bridge, costs)
    return costs.keys() - edges if around is None else around - edges


def _ends(edge: Edge) -> tuple[Node, Node]:
    return ("row", edge[0]), ("column", edge[1])


def _neighbours(edges: Iterable[Edge]) -> dict[Node, list[tuple[Node, Edge]]]:
    around: dict[Node, list[tuple[Node, Edge]]] = {}
    for edge in edges:
        one, other = _ends(edge)
        around.setdefault(one, []).append((other, edge))
        around.setdefault(other, []).append((one, edge))
    return around


def _bridges(edges: set[Any]) -> set[Edge]:
    """Return the edges on no circle: those edges of a spanning forest over which no other edge leads back.

    Each edge outside the forest puts its own bit on both its ends; added up from the leaves, the bits left below an edge are those
    of the edges around it.
    """
    around = _neighbours(edges)
    came_by: dict[Node, tuple[Node, Edge] | None] = {}
    for root in around:
        _grow(root, around, came_by)
    forest = {step[1] for step in came_by.values() if step is not None}
    bits = dict.fromkeys(around, 0)
    for number, edge in enumerate(edges - forest):
        for end in _ends(edge):
            bits[end] ^= 1 << number
    found: set[Edge] = set()
    for node in reversed(came_by):
        step = came_by[node]
        if step is not None:
            bits[step[0]] ^= bits[node]
            found |= set() if bits[node] else {step[1]}
    return found


def _grow(
    root: Node, around: dict[Node, list[tuple[Node, Edge]]], came_by: dict[Node, tuple[Node, Edge] | None]
) -> None:
    """Reach everything from ``root``, nearest first, and write down from where."""
    if root in came_by:
        return
    came_by[root] = None
    reached = [root]
    for node in reached:
        for other, edge in around[node]:
            if other not in came_by:
                came_by[other] = (node, edge)
                reached.append(other)


def _cheapest_way(bridge: Edge, costs: dict[Any, int]) -> set[Any] | None:
    """Return the edges of the way between the ends of ``bridge`` that costs least (Dijkstra 1959); None without a way."""
    around = _neighbours(costs.keys() - {bridge})
    start, goal = _ends(bridge)
    best: dict[Node, int] = {start: 0}
    came: dict[Node, tuple[Node, Edge]] = {}
    heap: list[tuple[int, str, str, Node]] = [(0, start[0], start[1] or "", start)]
    while heap:
        cost, _side, _name, node = heappop(heap)
        if node == goal or cost > best[node]:
            continue
        for other, edge in around.get(node, ()):
            further = cost + costs[edge]
            if further < best.get(other, further + 1):
                best[other], came[other] = further, (node, edge)
                heappush(heap, (further, other[0], other[1] or "", other))
    if goal not in came:
        return None
    way: set[Any] = set()
    while goal != start:
        goal, edge = came[goal]
        way.add(edge)
    return way


def _enough(tallies: Iterable[Tally]) -> bool:
    people: set[Hashable] = set()
    for tally in tallies:
        people |= tally.people
        if len(people) >= LEAST:
            return True
    return False
