"""A way that was found, as people follow it: its line on the map, and its steps street by street."""

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from mobility.engine.streets.arrays import Network
from mobility.engine.streets.costs import Costs
from mobility.engine.streets.ends import COMING, LEAVING, NO_WAY, to_end
from mobility.engine.streets.kinds import Class
from mobility.engine.streets.records import UNITS_A_DEGREE
from mobility.engine.streets.snapping import Spots
from mobility.engine.streets.words import Point, Step, Way

StepKind = Literal["street", "path", "steps", "crossing", "lift", "off_street", "estimate"]
_KINDS: dict[int, StepKind] = {Class.STEPS: "steps", Class.CROSSING: "crossing", Class.LIFT: "lift"}
_PATHS = (Class.TRACK, Class.PEDESTRIAN, Class.FOOTWAY, Class.PATH, Class.CYCLEWAY, Class.PLATFORM)
_KINDS |= dict.fromkeys(_PATHS, "path")
LEAST_OFF_CM = 100
"""Less than this between a place and its street is no step of its own."""


class _Piece(NamedTuple):
    """A stretch of one edge, or of no edge (-1) off the street: its points, its length and its time."""

    edge: int
    points: Sequence[tuple[int, int]]
    cm: int
    ms: int


def way_of(
    network: Network, costs: Costs, start: Spots, goal: Spots, totals: Sequence[int], arcs: Sequence[int]
) -> Way:
    """Return the way that these arcs make between two places, as :func:`~mobility.engine.streets.pathfinding.find_way` found it."""
    _cost, ms, cm, risk_cm = totals
    pieces = list(_pieces(network, costs, start, goal, cm, ms, arcs))
    line: list[tuple[int, int]] = [(int(start.lat[0]), int(start.lon[0]))]
    begins = []
    for piece in pieces:
        begins.append(len(line) - 1)
        line += [point for n, point in enumerate(piece.points) if point != (piece.points[n - 1] if n else line[-1])]
    if len(line) == 1:
        line.append(line[0])
    points = tuple((lat / UNITS_A_DEGREE, lon / UNITS_A_DEGREE) for lat, lon in line)
    steps = tuple(_steps(network, pieces, begins, points))
    return Way(-(-ms // 1000), (cm + 50) // 100, points, steps, is_estimate=False, risk_m=-(-risk_cm // 100))


def _pieces(
    network: Network, costs: Costs, start: Spots, goal: Spots, cm: int, ms: int, arcs: Sequence[int]
) -> Iterator[_Piece]:
    """Yield the stretches from door to door."""
    here, there = _place(start), _place(goal)
    off = int(start.off_cm[0]) + int(goal.off_cm[0])
    if arcs[0] < 0 and (start.edge[0] != goal.edge[0] or cm < off):
        yield _Piece(-1, (here, there), cm, ms)
        return
    yield _off_street(costs, start, (here, _on_line(start)))
    if arcs[0] < 0:
        yield _on_one_edge(network, start, goal, cm - off, ms - round(off / 100 * costs.off_ms))
    else:
        first = _origin(network, arcs[1]) if len(arcs) > 1 else arcs[0]
        yield _to_node(network, costs, start, first, LEAVING)
        for arc in arcs[1:]:
            edge, is_back = int(network.arc_edge[arc]) >> 1, bool(network.arc_edge[arc] & 1)
            points = _shape(network, int(network.shape[edge]), int(network.shape[edge + 1]), is_back=is_back)
            yield _Piece(edge, points, int(network.edge_cm[edge]), int(costs.go_ms[arc]))
        yield _to_node(network, costs, goal, arcs[0], COMING)
    yield _off_street(costs, goal, (_on_line(goal), there))


def _to_node(network: Network, costs: Costs, spots: Spots, node: int, direction: int) -> _Piece:
    """Return the stretch between a place on an edge and the end of it that the way takes, the cheaper where both are one node."""
    told = [(to_end(network, costs, spots, 0, end, direction), end) for end in (0, 1)]
    (_node, _cost, ms, cm, _risk), end = min((each for each in told if each[0][0] == node), key=lambda each: each[0][1])
    edge, point = int(spots.edge[0]), int(spots.point[0])
    first, last = int(network.shape[edge]), int(network.shape[edge + 1])
    points = _shape(network, point + 1, last) if end == 1 else _shape(network, first, point + 1, is_back=True)
    if direction == COMING:
        points = [*reversed(points), _on_line(spots)]
    off_cm = int(spots.off_cm[0])
    waited = int(costs.wait[node]) if direction == LEAVING else 0
    return _Piece(edge, points, int(cm) - off_cm, int(ms) - round(off_cm / 100 * costs.off_ms) + waited)


def _on_one_edge(network: Network, start: Spots, goal: Spots, cm: int, ms: int) -> _Piece:
    one, other = int(start.point[0]), int(goal.point[0])
    is_back = goal.at_cm[0] < start.at_cm[0]
    between = _shape(network, other + 1, one + 1, is_back=True) if is_back else _shape(network, one + 1, other + 1)
    return _Piece(int(start.edge[0]), [*between, _on_line(goal)], cm, ms)


def _off_street(costs: Costs, spots: Spots, points: Sequence[tuple[int, int]]) -> _Piece:
    off_cm = int(spots.off_cm[0])
    return _Piece(-1, points, off_cm, round(off_cm / 100 * costs.off_ms))


def _shape(network: Network, begin: int, end: int, *, is_back: bool = False) -> list[tuple[int, int]]:
    """Return the points ``[begin, end)`` of the lines, the last first where one goes against them."""
    lats, lons = network.shape_lat[begin:end].tolist(), network.shape_lon[begin:end].tolist()
    points = list(zip(lats, lons, strict=True))
    return points[::-1] if is_back else points


def _origin(network: Network, arc: int) -> int:
    edge = int(network.arc_edge[arc])
    return int(network.edge_to[edge >> 1] if edge & 1 else network.edge_from[edge >> 1])


def _place(spots: Spots) -> tuple[int, int]:
    return int(spots.lat[0]), int(spots.lon[0])


def _on_line(spots: Spots) -> tuple[int, int]:
    return int(spots.on_lat[0]), int(spots.on_lon[0])


def _steps(network: Network, pieces: list[_Piece], begins: list[int], line: Sequence[Point]) -> Iterator[Step]:
    """Join the stretches that go on along the same street, and yield them with how one turns into each."""
    joined: list[tuple[tuple[StepKind, int], int, int, int]] = []
    for piece, begin in zip(pieces, begins, strict=True):
        if piece.edge < 0 and piece.cm < LEAST_OFF_CM and len(pieces) > 1:
            continue
        said = _said(network, piece.edge)
        if joined and joined[-1][0] == said:
            _same, first, cm, ms = joined[-1]
            joined[-1] = (said, first, cm + piece.cm, ms + piece.ms)
        elif piece.cm > 0:
            joined.append((said, begin, piece.cm, piece.ms))
    for (kind, name), begin, cm, ms in joined:
        told, told_en = network.names_of(name)
        turn = _turn(line, begin) if begin > 0 else 0
        yield Step(kind, told, told_en, (cm + 50) // 100, (ms + 500) // 1000, turn, begin)


def _said(network: Network, edge: int) -> tuple[StepKind, int]:
    if edge < 0:
        return "off_street", 0
    street = int(network.kind[network.edge_kind[edge]][0])
    return _KINDS.get(street, "street"), int(network.edge_name[edge])


def _turn(line: Sequence[Point], at: int) -> int:
    """Return by how many degrees one turns at a point of the line, to the right where positive."""
    if not 0 < at < len(line) - 1:
        return 0
    change = _heading(line[at], line[at + 1]) - _heading(line[at - 1], line[at])
    return round((change + 180) % 360 - 180)


def _heading(one: Point, other: Point) -> float:
    """Return the direction from one point to a near one in degrees, clockwise from the north."""
    east = (other[1] - one[1]) * math.cos(math.radians(one[0]))
    return math.degrees(math.atan2(east, other[0] - one[0]))


__all__ = ["NO_WAY", "way_of"]
