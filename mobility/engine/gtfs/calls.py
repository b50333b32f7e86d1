"""Where and when trips call: in order, with times that never run back, and blanks filled in between."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.places import STATION, Stops
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import number_of, time_of
from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32, Array

if TYPE_CHECKING:
    from mobility.engine.gtfs.runs import Trips

BLANK = -1
NOT_AT_ALL = 1
MOST_CALLS = 1000


@dataclass(frozen=True)
class Calls:
    """The calls of all trips, one trip after another; ``call`` says where each trip's begin, and where the last one's end.

    ``row`` is where each stands in its table, ``sequence`` the number it has there; ``pickup`` and ``drop_off`` are as told.
    """

    call: Array
    stop: Array
    arrival: Array
    departure: Array
    leave: Array
    row: Array
    sequence: Array
    pickup: Array
    drop_off: Array


def read_calls(table: Table, trips: "Trips", stops: Stops, faults: Faults) -> Calls:
    """Return the calls; a trip without any is remarked. Pickup and drop-off by arrangement count as allowed."""
    trip = _numbers(table, "trip_id", trips.index, faults)
    stop = _numbers(table, "stop_id", stops.index, faults)
    order_of = [number_of(text, 10**9, -1) for text in table.column("stop_sequence")]
    for n, each in enumerate(order_of):
        if each is None or each < 0:
            faults.add(
                "value_unknown",
                table.file,
                table.lines[n],
                field="stop_sequence",
                value=table.column("stop_sequence")[n],
            )
    arrival, departure = _times(table, "arrival_time", faults), _times(table, "departure_time", faults)
    pickup, drop_off = _ways(table, "pickup_type", faults), _ways(table, "drop_off_type", faults)
    leave = BOARD * (pickup != NOT_AT_ALL) + ALIGHT * (drop_off != NOT_AT_ALL)
    if faults.refuse():
        empty = np.zeros(0, dtype=I32)
        return Calls(np.zeros(len(trips.ids) + 1, dtype=I32), *[empty] * 8)
    sequence = np.array(order_of, dtype=np.int64)
    order = np.lexsort((sequence, trip))
    lines = np.array(table.lines, dtype=np.int64)[order]
    trip, stop, sequence = trip[order], stop[order], sequence[order]
    arrival, departure, leave = arrival[order], departure[order], leave[order].astype(np.int8)
    call = np.searchsorted(trip, np.arange(len(trips.ids) + 1)).astype(I32)
    _check_order(table, trip, sequence, lines, faults)
    _check_places(table, stops, stop, lines, faults)
    _check_lengths(trips, call, faults)
    arrival, departure = (
        np.where(arrival == BLANK, departure, arrival),
        np.where(departure == BLANK, arrival, departure),
    )
    for n in np.flatnonzero(_fill_in(call, arrival, departure)).tolist():
        faults.add("ends_untimed", table.file, int(lines[call[n]]), value=trips.ids[n])
    for n in np.flatnonzero(_runs_back(call, arrival, departure)).tolist():
        faults.add("runs_back", table.file, int(lines[n]), value=trips.ids[trip[n]])
    return Calls(
        call, stop, arrival, departure, leave, order.astype(I32), sequence.astype(I32), pickup[order], drop_off[order]
    )


def _numbers(table: Table, name: str, index: dict[str, int], faults: Faults) -> Array:
    """Return what a column points to; what it does not find is at fault."""
    found = np.fromiter((index.get(text, -1) for text in table.column(name)), dtype=I32, count=len(table))
    for n in np.flatnonzero(found < 0).tolist():
        faults.add("unknown", table.file, table.lines[n], field=name, value=table.column(name)[n])
    return found


def _times(table: Table, name: str, faults: Faults) -> Array:
    """Return a column of times, each different text read once; digits of another script are read, and remarked."""
    column = table.column(name)
    known: dict[str, int | None] = {text: BLANK if not text else time_of(text) for text in set(column)}
    odd = {text for text in known if not text.isascii()}
    for n, text in enumerate(column):
        if text in odd and known[text] is not None:
            faults.remark("time_in_other_digits", table.file, table.lines[n], field=name, value=text)
        if known[text] is None:
            faults.add("time_wrong", table.file, table.lines[n], field=name, value=text)
    return np.fromiter((BLANK if known[text] is None else known[text] for text in column), dtype=I32, count=len(table))


def _ways(table: Table, name: str, faults: Faults) -> Array:
    column = table.column(name)
    known = {text: number_of(text, 3) for text in set(column)}
    for n, text in enumerate(column):
        if known[text] is None:
            faults.add("value_unknown", table.file, table.lines[n], field=name, value=text)
    return np.fromiter((known[text] or 0 for text in column), dtype=np.int8, count=len(table))


def _check_order(table: Table, trip: Array, sequence: Array, lines: Array, faults: Faults) -> None:
    for n in np.flatnonzero((trip[1:] == trip[:-1]) & (sequence[1:] == sequence[:-1])).tolist():
        faults.add("twice", table.file, int(lines[n + 1]), field="stop_sequence", value=sequence[n + 1])


def _check_places(table: Table, stops: Stops, stop: Array, lines: Array, faults: Faults) -> None:
    for n in np.flatnonzero(stops.kinds[stop] >= STATION).tolist():
        faults.add("not_a_stop", table.file, int(lines[n]), field="stop_id", value=stops.ids[stop[n]])


def _check_lengths(trips: "Trips", call: Array, faults: Faults) -> None:
    for n in np.flatnonzero(np.diff(call) < 2).tolist():
        faults.remark("trip_leads_nowhere", "trips.txt", trips.lines[n], value=trips.ids[n])
    for n in np.flatnonzero(np.diff(call) > MOST_CALLS).tolist():
        faults.add("calls_too_many", "trips.txt", trips.lines[n], value=trips.ids[n])


@njit(cache=True)
def _fill_in(call: Any, arrival: Any, departure: Any) -> Any:  # pragma: no cover - compiled
    """Fill blanks in evenly between the times around them, in place; return which trips have none at an end."""
    untimed = np.zeros(len(call) - 1, dtype=np.bool_)
    for trip in range(len(call) - 1):
        begin, end = call[trip], call[trip + 1]
        if begin == end:
            continue
        if arrival[begin] == BLANK or arrival[end - 1] == BLANK:
            untimed[trip] = True
            continue
        known = begin
        for n in range(begin + 1, end):
            if arrival[n] == BLANK:
                continue
            span = arrival[n] - departure[known]
            for between in range(known + 1, n):
                arrival[between] = departure[between] = departure[known] + span * (between - known) // (n - known)
            known = n
    return untimed


@njit(cache=True)
def _runs_back(call: Any, arrival: Any, departure: Any) -> Any:  # pragma: no cover - compiled
    """Return the calls whose times lie before those of the call before, or that leave before they arrive."""
    wrong = np.zeros(len(arrival), dtype=np.bool_)
    for trip in range(len(call) - 1):
        for n in range(call[trip], call[trip + 1]):
            late = n > call[trip] and arrival[n] < departure[n - 1]
            wrong[n] = late or departure[n] < arrival[n]
    return wrong
