"""Which trips one may stay in when they end, and in which one must not: transfers.txt, types 4 and 5, between two trips."""

import numpy as np

from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.runs import Repeated, Trips
from mobility.engine.gtfs.tables import Table
from mobility.engine.timetable.arrays import I32, Array

MAY_STAY, MUST_LEAVE = "4", "5"


def read_stays(table: Table, trips: Trips, repeated: Repeated, stop_ids: list[str], faults: Faults) -> Array:
    """Return rows of (trip, next trip, 1 where one may stay or 0 where one must not); of two rows about a pair the last counts.

    Remarked and left aside are a row that names no two trips, or trips that repeat; one that names a stop at which they do not
    meet; one that lets somebody stay in a trip that leaves before the other arrives.
    """
    number = _numbers(trips, repeated)
    columns = [table.column(name) for name in ("from_trip_id", "to_trip_id", "from_stop_id", "to_stop_id")]
    found: dict[tuple[int, int], int] = {}
    for n, kind in enumerate(table.column("transfer_type")):
        if kind not in (MAY_STAY, MUST_LEAVE):
            continue
        one, other, end, begin = (column[n] for column in columns)
        pair = number.get(one, -1), number.get(other, -1)
        if min(pair) < 0 or one == other:
            faults.remark("stay_without_trips", table.file, table.lines[n], value=f"{one} → {other}")
        elif not _do_meet(repeated, pair, stop_ids, (end, begin)):
            faults.remark("stay_elsewhere", table.file, table.lines[n], value=f"{one} → {other}")
        elif kind == MAY_STAY and _is_before(repeated, pair):
            faults.remark("stay_too_early", table.file, table.lines[n], value=f"{one} → {other}")
        else:
            found[pair] = int(kind == MAY_STAY)
    return np.array([(*pair, may) for pair, may in found.items()], dtype=I32).reshape(-1, 3)


def _numbers(trips: Trips, repeated: Repeated) -> dict[str, int]:
    """Return by id the trips that run once a day and call anywhere."""
    once = np.bincount(repeated.row, minlength=len(trips.ids)) == 1
    calls = np.diff(repeated.call) > 0
    return {repeated.ids[n]: n for n in np.flatnonzero(once[repeated.row] & calls).tolist()}


def _do_meet(repeated: Repeated, pair: tuple[int, int], stop_ids: list[str], told: tuple[str, str]) -> bool:
    """Tell whether the stops that a row names, if any, are the last of the first trip and the first of the second."""
    last, first = repeated.stop[repeated.call[pair[0] + 1] - 1], repeated.stop[repeated.call[pair[1]]]
    return all(not name or name == stop_ids[stop] for name, stop in zip(told, (last, first), strict=True))


def _is_before(repeated: Repeated, pair: tuple[int, int]) -> bool:
    arrives, leaves = repeated.arrival[repeated.call[pair[0] + 1] - 1], repeated.departure[repeated.call[pair[1]]]
    return bool(leaves < arrives)
