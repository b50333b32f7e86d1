"""The lines that trips draw on the map."""

import numpy as np

from mobility.engine.gtfs.directory import Shapes
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import degrees_of
from mobility.engine.timetable.arrays import I32, Array


def read_shapes(table: Table, faults: Faults) -> Shapes:
    """Return the lines; a point without a place or a number is remarked and left out."""
    index: dict[str, int] = {}
    line = np.fromiter(
        (index.setdefault(name, len(index)) for name in table.column("shape_id")), dtype=I32, count=len(table)
    )
    lat, lon = _degrees(table, "shape_pt_lat", 90), _degrees(table, "shape_pt_lon", 180)
    sequence = _numbers(table, "shape_pt_sequence", np.nan)
    wrong = np.isnan(lat) | np.isnan(lon) | np.isnan(sequence)
    for n in np.flatnonzero(wrong).tolist():
        faults.remark("point_left_aside", table.file, table.lines[n])
    dist = _numbers(table, "shape_dist_traveled", np.nan)
    order = np.lexsort((sequence, line))
    order = order[~wrong[order]]
    start = np.searchsorted(line[order], np.arange(len(index) + 1)).astype(I32)
    return Shapes(list(index), start, lat[order], lon[order], dist[order])


def _degrees(table: Table, name: str, most: int) -> Array:
    values = _numbers(table, name, np.nan)
    return np.where(np.abs(values) <= most, values, np.nan)


def _numbers(table: Table, name: str, default: float) -> Array:
    """Return a column of numbers; ``default`` where there is none."""
    column = table.column(name)
    try:
        return np.array(column, dtype=np.float64) if name in table.columns else np.full(len(column), default)
    except ValueError:
        found = (degrees_of(text, 1_000_000_000) for text in column)
        return np.array([default if value is None else value for value in found], dtype=np.float64)
