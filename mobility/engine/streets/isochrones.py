"""Where one can be in so many minutes: from the times at which stops are reached, and walking on from each of them."""

from typing import Any, NamedTuple

import numpy as np

from mobility.engine.streets.cells import Cells, Ring, shapes_of
from mobility.engine.streets.profiles import Profile
from mobility.engine.streets.words import Streets, Targets
from mobility.engine.timetable.arrays import Array

BAND_S, SIDE_M = 300, 100.0


class Band(NamedTuple):
    """What is reached within ``seconds``, and before: shapes, each an outer ring and its holes, longitude first."""

    seconds: int
    shapes: list[list[Ring]]


def bands_of(
    streets: Streets, starts: Targets, seconds: Array, profile: Profile, limit_s: int, *, band_s: int = BAND_S,
    side_m: float = SIDE_M,
) -> list[Band]:  # fmt: skip
    """Return what is reached within each ``band_s`` up to ``limit_s``.

    ``starts`` are places that are reached after ``seconds``: where one begins with 0, and stops as
    :func:`~mobility.engine.search.reach_all` tells them, less the second of leaving; later ones than the limit count for nothing.
    """
    is_early = np.asarray(seconds) <= limit_s
    early = Targets(starts.lat[is_early], starts.lon[is_early])
    if not len(early):
        return []
    times = np.asarray(seconds)[is_early].astype(np.int32)
    reach_m = float((limit_s - times).max()) * profile.speed / 1000
    cells = Cells.around(early.lat, early.lon, reach_m, side_m)
    field = streets.spread(early, times, profile, limit_s, cells)
    limits = range(band_s, limit_s + 1, band_s)
    return [Band(limit, shapes_of(field <= limit * 1000, cells)) for limit in limits]


def as_geojson(bands: list[Band], attribution: str = "") -> dict[str, Any]:
    """Return bands as a FeatureCollection, the widest first, so that the nearest is drawn last (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "properties": {"minutes": band.seconds // 60, "seconds": band.seconds},
            "geometry": {"type": "MultiPolygon", "coordinates": band.shapes},
        }
        for band in reversed(bands)
    ]
    return {"type": "FeatureCollection", "features": features} | ({"attribution": attribution} if attribution else {})
