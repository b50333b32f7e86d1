"""Charts as plain SVG: places and lengths for the templates in ``wallet/charts/``; no script, no style, a table beside each."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LABEL, ROW = 640, 190, 26
PLOT_LEFT, PLOT_TOP, PLOT_HEIGHT = 64, 12, 180
CELL, HEAT_LEFT, HEAT_TOP = 52, 150, 96
SHADES = 6


@dataclass(frozen=True)
class Point:
    """One value and what it is called; None where it is withheld."""

    label: str
    value: int | None
    said: str


@dataclass(frozen=True)
class Bar:
    """A bar: where it begins, how long it is, what stands beside it."""

    x: float
    y: float
    width: float
    height: float
    point: Point
    text_y: float = 0

    @property
    def middle(self) -> float:
        """Where a name below stands."""
        return self.x + self.width / 2

    @property
    def end(self) -> float:
        """Where a text behind begins."""
        return self.x + self.width + 6


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Bars:
    """Bars beside or upon one another."""

    height: int
    bars: list[Bar]
    ticks: list[Tick]


@dataclass(frozen=True)
class Curve:
    """A line through points; where something is withheld it is interrupted."""

    height: int
    pieces: list[str]
    dots: list[Bar]
    ticks: list[Tick]
    names: list[Tick]


@dataclass(frozen=True)
class Cell:
    """One field of a heat map, 1 to 6 by its share of the largest, 0 where nothing was, -1 where it is withheld."""

    x: int
    y: int
    shade: int
    point: Point

    @property
    def middle(self) -> int:
        """Where a sign in it stands."""
        return self.x + CELL // 2 - 1

    @property
    def base(self) -> int:
        """The line on which the sign stands."""
        return self.y + CELL // 2 + 5


@dataclass(frozen=True)
class Heat:
    """A heat map."""

    width: int
    height: int
    rows: list[Tick]
    columns: list[Tick]
    cells: list[Cell]


def bars(points: Sequence[Point]) -> Bars:
    """Lay bars below one another, the names before them."""
    most = _most(points)
    room = WIDTH - LABEL - 180
    laid = [
        Bar(LABEL, number * ROW + 4, room * max(point.value or 0, 0) / most, ROW - 8, point, number * ROW + 18)
        for number, point in enumerate(points)
    ]
    return Bars(len(points) * ROW + 4, laid, [])


def columns(points: Sequence[Point]) -> Bars:
    """Stand bars beside one another, the names below them."""
    most = _round_up(_most(points))
    step = (WIDTH - PLOT_LEFT) / max(len(points), 1)
    stood = []
    for number, point in enumerate(points):
        tall = PLOT_HEIGHT * max(point.value or 0, 0) / most
        x, width = PLOT_LEFT + number * step + step * 0.12, step * 0.76
        stood.append(Bar(x, PLOT_TOP + PLOT_HEIGHT - tall, width, tall, point, PLOT_TOP + PLOT_HEIGHT + 18))
    return Bars(PLOT_TOP + PLOT_HEIGHT + 30, stood, _ticks(most))


def curve(points: Sequence[Point]) -> Curve:
    """Draw a line through what is said."""
    most = _round_up(_most(points))
    step = (WIDTH - PLOT_LEFT - 24) / max(len(points) - 1, 1)
    pieces: list[list[str]] = [[]]
    dots = []
    for number, point in enumerate(points):
        if point.value is None:
            pieces.append([])
            continue
        x, y = PLOT_LEFT + number * step, PLOT_TOP + PLOT_HEIGHT - PLOT_HEIGHT * max(point.value, 0) / most
        pieces[-1].append(f"{x:.1f},{y:.1f}")
        dots.append(Bar(x, y, 0, 0, point))
    every = max(1, -(-len(points) // 8))
    names = [Tick(PLOT_LEFT + number * step, point.label) for number, point in enumerate(points) if number % every == 0]
    return Curve(
        PLOT_TOP + PLOT_HEIGHT + 30, [" ".join(piece) for piece in pieces if len(piece) > 1], dots, _ticks(most), names
    )


def heat(rows: Sequence[str], names: Sequence[str], cells: Sequence[Sequence[Point | None]]) -> Heat:
    """Colour a field for each pair; None is nothing at all."""
    most = _most([point for line in cells for point in line if point is not None])
    made = [
        Cell(HEAT_LEFT + across * CELL, HEAT_TOP + down * CELL, _shade(point, most), point or Point("", 0, ""))
        for down, line in enumerate(cells)
        for across, point in enumerate(line)
    ]
    return Heat(
        HEAT_LEFT + len(names) * CELL + 64, HEAT_TOP + len(rows) * CELL + 8,
        [Tick(HEAT_TOP + number * CELL + CELL / 2 + 5, text) for number, text in enumerate(rows)],
        [Tick(HEAT_LEFT + number * CELL + CELL / 2, text) for number, text in enumerate(names)], made,
    )  # fmt: skip


def _shade(point: Point | None, most: int) -> int:
    if point is None:
        return 0
    return -1 if point.value is None else 1 + min(SHADES - 1, SHADES * max(point.value, 0) // (most + 1))


def _most(points: Sequence[Point]) -> int:
    return max([1, *(point.value for point in points if point.value is not None)])


def _round_up(most: int) -> int:
    """Return the next of 1, 2, 5, 10, 20 … that is not less."""
    size: int = 10 ** (len(str(most)) - 1)
    return next(step * size for step in (1, 2, 5, 10) if step * size >= most)


def _ticks(most: int) -> list[Tick]:
    return [Tick(PLOT_TOP + PLOT_HEIGHT - PLOT_HEIGHT * part / 2, f"{most * part // 2:,}") for part in range(3)]
