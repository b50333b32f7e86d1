"""Stops and the walks between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import degrees_of, number_of
from mobility.engine.timetable.arrays import I32, NEVER, Array

STOP, STATION, ENTRANCE, JOINT, PLATFORM_PART = range(5)
NO_CHANGE, NOT_BY_FOOT, WITHOUT_TIME = 3, (4, 5), (0, 2)
MOST_WALK_S = 86_400


@dataclass(frozen=True)
class Stops:
    """The stops of a feed; ``index`` finds them by id, ``parents`` is -1 for a stop that is part of no station."""

    ids: Sequence[str]
    names: Sequence[str]
    index: dict[str, int]
    lat: Array
    lon: Array
    kinds: Array
    parents: Array


def read_stops(table: Table, faults: Faults) -> Stops:
    """Return the stops; each has a name, a place on earth and at most one parent, as its kind asks."""
    ids = table.column("stop_id")
    index = indexed(table, "stop_id", faults)
    kinds = [number_of(text, PLATFORM_PART) for text in table.column("location_type")]
    rows = zip(
        ids, kinds, table.column("stop_lat"), table.column("stop_lon"), table.column("parent_station"), strict=True
    )
    lat, lon, parents = np.zeros(len(ids)), np.zeros(len(ids)), np.full(len(ids), -1, dtype=I32)
    for n, (_id, kind, north, east, parent) in enumerate(rows):
        line = table.lines[n]
        if kind is None:
            faults.add("value_unknown", table.file, line, field="location_type", value=table.column("location_type")[n])
            continue
        at = (degrees_of(north, 90), degrees_of(east, 180))
        if at[0] is None or at[1] is None or at == (0, 0):
            if kind in (STOP, STATION, ENTRANCE):
                faults.add("place_unknown", table.file, line, value=f"{north} {east}")
        else:
            lat[n], lon[n] = at
        if parent and parent not in index:
            faults.add("unknown", table.file, line, field="parent_station", value=parent)
        elif parent:
            parents[n] = index[parent]
    return Stops(
        ids, table.column("stop_name"), index, lat, lon, np.array([kind or 0 for kind in kinds], np.int8), parents
    )


@dataclass(frozen=True)
class Walks:
    """Changes and walks as (from, to, seconds): -1 where changing is not possible, 0 where no time is given.

    ``untimed`` are the pairs of stops of which a feed says that one may change there, and not how long it takes.
    """

    told: Sequence[tuple[int, int, int]]
    untimed: frozenset[tuple[int, int]]


def read_walks(table: Table, stops: Stops, faults: Faults) -> Walks:
    """Return changes and walks; rules for single routes or trips are left aside and remarked, staying seated is read elsewhere."""
    found: dict[tuple[int, int], int] = {}
    untimed: set[tuple[int, int]] = set()
    pairs = zip(table.column("from_stop_id"), table.column("to_stop_id"), strict=True)
    kinds, times = table.column("transfer_type"), table.column("min_transfer_time")
    narrow = [table.column(name) for name in ("from_route_id", "to_route_id", "from_trip_id", "to_trip_id")]
    for n, (begin, end) in enumerate(pairs):
        line = table.lines[n]
        kind, seconds = number_of(kinds[n], 5), number_of(times[n], MOST_WALK_S)
        if kind in NOT_BY_FOOT:
            continue
        if any(column[n] for column in narrow):
            faults.remark("transfer_left_aside", table.file, line)
            continue
        for name, value in (("from_stop_id", begin), ("to_stop_id", end)):
            if value not in stops.index:
                faults.add("unknown", table.file, line, field=name, value=value)
        if kind is None or seconds is None:
            faults.add("value_unknown", table.file, line, value=f"{kinds[n]} {times[n]}")
        elif begin in stops.index and end in stops.index:
            pair = stops.index[begin], stops.index[end]
            found[pair] = NEVER if kind == NO_CHANGE else seconds
            if kind in WITHOUT_TIME and not times[n]:
                untimed.add(pair)
    return Walks([(begin, end, seconds) for (begin, end), seconds in found.items()], frozenset(untimed))


def indexed(table: Table, name: str, faults: Faults) -> dict[str, int]:
    """Return where each id stands; an id must be there, and once."""
    index: dict[str, int] = {}
    for n, value in enumerate(table.column(name)):
        if not value:
            faults.add("value_missing", table.file, table.lines[n], field=name)
        elif index.setdefault(value, n) != n:
            faults.add("twice", table.file, table.lines[n], field=name, value=value)
    return index
