"""A pattern drawn: accounts on a circle, an arrow for each transfer, as plain SVG for ``wallet/watch/chain.html``."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from uuid import UUID

from wallet.selectors.watching import SeenTransfer
from wallet.selectors.words import mask_of

WIDTH, HEIGHT, RADIUS, NODE = 640, 420, 150, 26
MOST = 12


@dataclass(frozen=True)
class Node:
    """An account: where it stands and what it is called."""

    x: float
    y: float
    name: str


@dataclass(frozen=True)
class Arrow:
    """A transfer: from edge to edge, with its number at the middle."""

    x1: float
    y1: float
    x2: float
    y2: float
    tip: str
    text_x: float
    text_y: float
    text: str


@dataclass(frozen=True)
class Chain:
    """The whole picture; ``left_out`` accounts do not fit and stand in the table alone."""

    nodes: list[Node]
    arrows: list[Arrow]
    left_out: int


def names_of_accounts(transfers: Sequence[SeenTransfer]) -> dict[UUID, str]:
    """Return a short name for each account, in the order in which they appear: a letter and the mask."""
    order = dict.fromkeys(key for each in transfers for key in (each.sender, each.recipient))
    return {key: f"{_letter(number)} {mask_of(key)}" for number, key in enumerate(order)}


def chain(transfers: Sequence[SeenTransfer]) -> Chain:
    """Place the accounts and the arrows between them."""
    names = names_of_accounts(transfers)
    shown = list(names)[:MOST]
    places = {key: _place(number, len(shown)) for number, key in enumerate(shown)}
    arrows = [
        _arrow(places[each.sender], places[each.recipient], f"{number}. {each.amount:,}")
        for number, each in enumerate(transfers, start=1)
        if each.sender in places and each.recipient in places
    ]
    return Chain([Node(*places[key], names[key]) for key in shown], arrows, len(names) - len(shown))


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number - 25}"


def _place(number: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * number / max(count, 1) - pi / 2
    return WIDTH / 2 + RADIUS * 1.4 * cos(angle), HEIGHT / 2 + RADIUS * sin(angle)


def _arrow(begin: tuple[float, float], end: tuple[float, float], text: str) -> Arrow:
    """Draw from edge to edge; the number stands nearer to where it begins, so that two ways between two do not cover it."""
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    length = hypot(dx, dy) or 1
    ux, uy = dx / length, dy / length
    x1, y1 = begin[0] + ux * NODE, begin[1] + uy * NODE
    x2, y2 = end[0] - ux * NODE, end[1] - uy * NODE
    left, right = (x2 - 10 * ux - 5 * uy, y2 - 10 * uy + 5 * ux), (x2 - 10 * ux + 5 * uy, y2 - 10 * uy - 5 * ux)
    tip = " ".join(f"{x:.1f},{y:.1f}" for x, y in ((x2, y2), left, right))
    return Arrow(x1, y1, x2, y2, tip, x1 + (x2 - x1) * 0.4, y1 + (y2 - y1) * 0.4 - 4, text)
