"""A map of the town's shops as plain SVG, on which an officer picks a point: an image that is a button, without any script."""

from collections.abc import Sequence
from typing import NamedTuple

from wallet.selectors.coupons.desk import MapShop

WIDTH, HEIGHT, MARGIN = 640, 420, 40
MICRO = 1_000_000
METRES_A_DEGREE = 111_195  # of a great circle, at the mean radius (IUGG)
NARROW = 84  # hundredths: how much shorter a degree of longitude is than one of latitude, at 33° north
LEAST_SPAN = 5_000  # millionths of a degree, half a kilometre: a town of one shop has a map all the same
NOWHERE = (33_000_000, 131_000_000)


class Dot(NamedTuple):
    """A place on the drawing."""

    x: int
    y: int
    name: str


class _Frame(NamedTuple):
    """Which part of the world is drawn: its north-west corner, and how many millionths of a degree a step is."""

    north: int
    west: int
    step_e6: int


def dots(shops: Sequence[MapShop]) -> list[Dot]:
    """Return where the shops stand on the drawing."""
    frame = _frame(shops)
    return [Dot(*_on(frame, shop.latitude_e6, shop.longitude_e6), shop.name) for shop in shops]


def circle_on(shops: Sequence[MapShop], latitude_e6: int, longitude_e6: int, radius_m: int) -> tuple[int, int, int]:
    """Return centre and radius of a circle on the drawing."""
    frame = _frame(shops)
    return *_on(frame, latitude_e6, longitude_e6), radius_m * MICRO // METRES_A_DEGREE // frame.step_e6


def point_at(shops: Sequence[MapShop], x: int, y: int) -> tuple[int, int]:
    """Return which point of the world lies under a place on the drawing, in millionths of a degree."""
    frame = _frame(shops)
    return frame.north - y * frame.step_e6, frame.west + x * frame.step_e6 * 100 // NARROW


def _on(frame: _Frame, latitude_e6: int, longitude_e6: int) -> tuple[int, int]:
    return (longitude_e6 - frame.west) * NARROW // 100 // frame.step_e6, (frame.north - latitude_e6) // frame.step_e6


def _frame(shops: Sequence[MapShop]) -> _Frame:
    """Take in the middle eight tenths of the shops each way, with a margin, in one scale: a lonely one may lie outside."""
    norths = _middle([shop.latitude_e6 for shop in shops] or [NOWHERE[0]])
    easts = _middle([shop.longitude_e6 for shop in shops] or [NOWHERE[1]])
    tall = max(max(norths) - min(norths), LEAST_SPAN)
    wide = max((max(easts) - min(easts)) * NARROW // 100, LEAST_SPAN)
    step = max(-(-tall // (HEIGHT - 2 * MARGIN)), -(-wide // (WIDTH - 2 * MARGIN)), 1)
    north = (max(norths) + min(norths)) // 2 + HEIGHT // 2 * step
    west = (max(easts) + min(easts)) // 2 - WIDTH // 2 * step * 100 // NARROW
    return _Frame(north, west, step)


def _middle(places: list[int]) -> list[int]:
    cut = len(places) // 10
    return sorted(places)[cut : len(places) - cut]
