"""From the files of a feed to the feed. Every table is read and checked on its own, then what points from one to another."""

from collections.abc import Mapping
from functools import partial

from mobility.engine.gtfs import calendars, calls, places, runs, texts
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.feed import Feed
from mobility.engine.gtfs.tables import Heard, Table, read_table, unheard

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "stops.txt": ("stop_id", "stop_name"),
    "routes.txt": ("route_id", "route_type"),
    "trips.txt": ("route_id", "service_id", "trip_id"),
    "stop_times.txt": ("trip_id", "stop_id", "stop_sequence"),
}
OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "calendar.txt": ("service_id", *calendars.WEEKDAYS, "start_date", "end_date"),
    "calendar_dates.txt": ("service_id", "date", "exception_type"),
    "frequencies.txt": ("trip_id", "start_time", "end_time", "headway_secs"),
    "transfers.txt": ("from_stop_id", "to_stop_id"),
    "agency.txt": (),
    "shapes.txt": ("shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"),
    "feed_info.txt": (),
    "translations.txt": (),
    "agency_jp.txt": (),
    "office_jp.txt": (),
    "routes_jp.txt": (),
}


TABLES_SHARE = 0.8
"""Of the work on a feed, how much the reading of its tables is; the rest is what they say of each other."""


def read_feed(files: Mapping[str, bytes], faults: Faults, heard: Heard = unheard) -> Feed | None:
    """Return the feed in these files, by their names; None where a fault was found, and ``faults`` tells which.

    ``heard`` is told how far it is, by the bytes of the files that are read.
    """
    tables = _tables(files, faults, heard)
    for name in REQUIRED.keys() - files.keys():
        faults.add("file_missing", name)
    if not {"calendar.txt", "calendar_dates.txt"} & files.keys():
        faults.add("file_missing", "calendar.txt")
    if faults.refuse():
        return None
    stops = places.read_stops(tables["stops.txt"], faults)
    services = calendars.read_services(tables["calendar.txt"], tables["calendar_dates.txt"], faults)
    trips = runs.read_trips(tables["routes.txt"], tables["trips.txt"], services, faults)
    timed = calls.read_calls(tables["stop_times.txt"], trips, stops, faults)
    heard(0.95)
    walks = places.read_walks(tables["transfers.txt"], stops, faults)
    if faults.refuse():
        return None
    repeated = runs.repeat(tables["frequencies.txt"], trips, timed, faults)
    if faults.refuse():
        return None
    return Feed(
        stop_id=stops.ids, stop_name=stops.names, stop_lat=stops.lat, stop_lon=stops.lon, stop_kind=stops.kinds,
        stop_parent=stops.parents, route_id=trips.route_ids, route_kind=trips.route_kinds, trip_id=repeated.ids,
        trip_route=repeated.routes, trip_service=repeated.services, trip_call=repeated.call, stop=repeated.stop,
        arrival=repeated.arrival, departure=repeated.departure, leave=repeated.leave, service_id=services.ids,
        first_day=services.first_day, runs=services.runs, walks=walks.told, untimed_walks=walks.untimed,
        directory=texts.read_directory(tables, stops, trips, timed, repeated, faults),
    )  # fmt: skip


def _told(heard: Heard, begin: float, share: float, part: float) -> None:
    heard(TABLES_SHARE * (begin + share * part))


def _tables(files: Mapping[str, bytes], faults: Faults, heard: Heard) -> dict[str, Table]:
    wanted = {**REQUIRED, **OPTIONAL}
    whole = max(1, sum(len(files.get(name, b"")) for name in wanted))
    tables, before = {}, 0
    for name, columns in wanted.items():
        data = files.get(name)
        if data is None:
            tables[name] = Table(name, {column: [] for column in columns}, [])
            continue
        tables[name] = read_table(name, data, columns, faults, partial(_told, heard, before / whole, len(data) / whole))
        before += len(data)
        heard(TABLES_SHARE * before / whole)
    return tables
