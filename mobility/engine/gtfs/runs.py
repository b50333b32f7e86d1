"""Routes and trips, and trips that repeat themselves after so many seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mobility.engine.gtfs.calendars import Services
from mobility.engine.gtfs.calls import Calls
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.places import indexed
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.values import number_of, time_of
from mobility.engine.timetable.arrays import I32, Array

MOST_REPEATED, MOST_REPEATED_CALLS = 200_000, 20_000_000


@dataclass(frozen=True)
class Trips:
    """The trips of a feed, and the routes they belong to; ``lines`` is where each stands in its file."""

    ids: Sequence[str]
    index: dict[str, int]
    routes: Array
    services: Array
    lines: Sequence[int]
    route_ids: Sequence[str]
    route_kinds: Array


@dataclass(frozen=True)
class Repeated:
    """All trips with their calls, those that repeat written out.

    ``row`` is the trip that each shows, ``call_row`` the call that each of its calls comes from.
    """

    ids: Sequence[str]
    routes: Array
    services: Array
    call: Array
    stop: Array
    arrival: Array
    departure: Array
    leave: Array
    row: Array
    call_row: Array


def read_trips(routes: Table, trips: Table, services: Services, faults: Faults) -> Trips:
    """Return the trips of both files."""
    route_index = indexed(routes, "route_id", faults)
    kinds = [number_of(text, 1800) for text in routes.column("route_type")]
    for n, kind in enumerate(kinds):
        if kind is None or not routes.column("route_type")[n]:
            faults.add(
                "value_unknown", routes.file, routes.lines[n], field="route_type", value=routes.column("route_type")[n]
            )
    index = indexed(trips, "trip_id", faults)
    pointed = {"route_id": route_index, "service_id": services.index}
    found = {}
    for name, known in pointed.items():
        found[name] = np.fromiter((known.get(text, -1) for text in trips.column(name)), dtype=I32, count=len(trips))
        for n in np.flatnonzero(found[name] < 0).tolist():
            faults.add("unknown", trips.file, trips.lines[n], field=name, value=trips.column(name)[n])
    return Trips(
        trips.column("trip_id"), index, found["route_id"], found["service_id"], trips.lines, routes.column("route_id"),
        np.array([kind or 0 for kind in kinds], dtype=np.int16),
    )  # fmt: skip


def repeat(table: Table, trips: Trips, calls: Calls, faults: Faults) -> Repeated:
    """Write out trips that repeat, in place of the trip that shows their times; all others stay as they are.

    The first leaves at ``start_time``, the others each ``headway_secs`` later, the last before ``end_time``; what two rows tell of
    one second leaves once.
    """
    starts: dict[int, set[int]] = {}
    for n, trip_id in enumerate(table.column("trip_id")):
        begin, end = time_of(table.column("start_time")[n]), time_of(table.column("end_time")[n])
        headway = number_of(table.column("headway_secs")[n], 86_400)
        trip = trips.index.get(trip_id)
        for name in ("start_time", "end_time"):
            text = table.column(name)[n]
            if not text.isascii() and time_of(text) is not None:
                faults.remark("time_in_other_digits", table.file, table.lines[n], field=name, value=text)
        if trip is None:
            faults.add("unknown", table.file, table.lines[n], field="trip_id", value=trip_id)
        elif begin is None or end is None or end <= begin or not headway:
            faults.add("frequency_wrong", table.file, table.lines[n], value=trip_id)
        else:
            starts.setdefault(trip, set()).update(range(begin, end, headway))
    written = sum(len(each) * int(calls.call[trip + 1] - calls.call[trip]) for trip, each in starts.items())
    if sum(map(len, starts.values())) > MOST_REPEATED or written > MOST_REPEATED_CALLS:
        faults.add("frequencies_too_many", table.file)
        return _written_out(trips, calls, {})
    return _written_out(trips, calls, starts)


def _written_out(trips: Trips, calls: Calls, starts: dict[int, set[int]]) -> Repeated:
    if not starts:
        return Repeated(
            trips.ids, trips.routes, trips.services, calls.call, calls.stop, calls.arrival, calls.departure, calls.leave,
            np.arange(len(trips.ids), dtype=I32), np.arange(len(calls.stop), dtype=I32),
        )  # fmt: skip
    ids: list[str] = []
    source: list[int] = []
    shift: list[int] = []
    for trip, trip_id in enumerate(trips.ids):
        begin = calls.call[trip]
        shows = int(calls.departure[begin]) if calls.call[trip + 1] > begin else 0
        for at in sorted(starts.get(trip, [shows])):
            ids.append(trip_id)
            source.append(trip)
            shift.append(at - shows)
    lengths = np.diff(calls.call)[source]
    call = np.concatenate(([0], np.cumsum(lengths))).astype(I32)
    index = np.arange(call[-1]) - np.repeat(call[:-1] - calls.call[source], lengths)
    later = np.repeat(shift, lengths)
    return Repeated(
        ids, trips.routes[source], trips.services[source], call, calls.stop[index],
        (calls.arrival[index] + later).astype(I32), (calls.departure[index] + later).astype(I32), calls.leave[index],
        np.array(source, dtype=I32), index.astype(I32),
    )  # fmt: skip
