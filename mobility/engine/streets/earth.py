"""Distances and directions on the globe, in metres and degrees."""

import math
from typing import Any

import numpy as np

from mobility.engine.timetable.arrays import Array

EARTH_M = 6_371_008.8
"""The mean radius of the earth (IUGG)."""
METRES_A_DEGREE = EARTH_M * math.pi / 180


def metres_between(lat: Any, lon: Any, to_lat: Any, to_lon: Any) -> Array:
    """Return great-circle distances in metres (haversine); degrees in, single numbers or arrays."""
    here, there = np.radians(lat), np.radians(to_lat)
    half = (
        np.sin((there - here) / 2) ** 2
        + np.cos(here) * np.cos(there) * np.sin(np.radians(np.subtract(to_lon, lon)) / 2) ** 2
    )
    distance: Array = 2 * EARTH_M * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return distance
