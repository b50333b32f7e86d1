"""The town's outline, a polygon of a few corners, and whether a place lies in it."""

import re
from typing import NamedTuple

MICRO = 1_000_000
LEAST_CORNERS = 3

_CORNER = re.compile(r"(-?\d{1,2})(?:\.(\d{1,6}))?,(-?\d{1,3})(?:\.(\d{1,6}))?")


class Corner(NamedTuple):
    """A corner of the outline (WGS 84), in whole millionths of a degree."""

    latitude_e6: int
    longitude_e6: int


Area = tuple[Corner, ...]


def read_area(text: str) -> Area:
    """Read an outline as it stands in the settings: ``32.30,130.70 32.25,130.87 …``, latitude first; nothing for no outline.

    :raises ValueError: for what is no outline: another writing, fewer than three corners, a corner beside the globe.
    """
    found = [_CORNER.fullmatch(part) for part in text.split()]
    corners = tuple(Corner(_micro(each[1], each[2]), _micro(each[3], each[4])) for each in found if each)
    if len(corners) != len(found) or 0 < len(corners) < LEAST_CORNERS:
        raise ValueError("an outline is at least three corners, each latitude,longitude")
    if any(abs(each.latitude_e6) > 90 * MICRO or abs(each.longitude_e6) > 180 * MICRO for each in corners):
        raise ValueError("an outline lies on the globe")
    return corners


def is_inside(area: Area, latitude_e6: int, longitude_e6: int) -> bool:
    """Tell whether a place lies in the outline, which is drawn straight from corner to corner; without one everything does.

    A line to the east is followed and the sides that it crosses are counted (Jordan; Shimrat 1962), in whole numbers.
    """
    inside = not area
    for here, there in zip(area, (*area[1:], *area[:1]), strict=True):
        if (here.latitude_e6 > latitude_e6) != (there.latitude_e6 > latitude_e6):
            rise, run = there.latitude_e6 - here.latitude_e6, there.longitude_e6 - here.longitude_e6
            east = (longitude_e6 - here.longitude_e6) * rise - (latitude_e6 - here.latitude_e6) * run
            inside ^= (east < 0) == (rise > 0)
    return inside


def _micro(whole: str, part: str | None) -> int:
    size = abs(int(whole)) * MICRO + int((part or "0").ljust(6, "0"))
    return -size if whole.startswith("-") else size
