"""From the tables of a feed to its directory. What is wrong here harms no search: it is remarked, and left blank."""

import re
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from mobility.engine.gtfs.calls import Calls
from mobility.engine.gtfs.directory import Agency, Directory, Member, Names, Office, Publisher
from mobility.engine.gtfs.faults import Faults
from mobility.engine.gtfs.places import Stops
from mobility.engine.gtfs.runs import Repeated, Trips
from mobility.engine.gtfs.shapes import read_shapes
from mobility.engine.gtfs.signs import Signs
from mobility.engine.gtfs.stays import read_stays
from mobility.engine.gtfs.tables import Table
from mobility.engine.gtfs.translations import Translations, read_translations
from mobility.engine.gtfs.values import date_of, number_of
from mobility.engine.timetable.arrays import I32, Array

Tables = Mapping[str, Table]
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")


def read_directory(
    tables: Tables, stops: Stops, trips: Trips, calls: Calls, repeated: Repeated, faults: Faults
) -> Directory:
    """Return what passengers read of a feed whose stops, trips and calls are in order."""
    told = read_translations(tables["translations.txt"], faults)
    rows, routes, row = tables["trips.txt"], tables["routes.txt"], repeated.row
    agencies = _agencies(tables, faults)
    publisher = _publisher(tables["feed_info.txt"], faults)
    shapes = read_shapes(tables["shapes.txt"], faults)
    signs = Signs(told)
    trip_sign = signs.of_trips(rows)
    call_sign = signs.of_calls(tables["stop_times.txt"])
    names = _names(tables, told, agencies, publisher, row.tolist())
    names["sign"] = signs.texts, signs.others
    return Directory(
        members=[Member("", publisher, 0, 0, 0, np.arange(len(stops.ids), dtype=I32))],
        agencies=agencies,
        names=Names(
            {kind: texts for kind, (texts, _others) in names.items()},
            {kind: others for kind, (_texts, others) in names.items() if others},
        ),
        stop_code=tables["stops.txt"].column("stop_code"),
        stop_zone=tables["stops.txt"].column("zone_id"),
        stop_wheelchair=_marks(tables["stops.txt"], "wheelchair_boarding", 2, faults),
        route_agency=_agency_of(routes, agencies, faults),
        route_color=_colors(routes, "route_color", faults),
        route_text_color=_colors(routes, "route_text_color", faults),
        trip_row=row,
        trip_block=_picked(rows.column("block_id"), row.tolist()),
        stays=read_stays(tables["transfers.txt"], trips, repeated, list(stops.ids), faults),
        trip_direction=_marks(rows, "direction_id", 1, faults, -1)[row],
        trip_wheelchair=_marks(rows, "wheelchair_accessible", 2, faults)[row],
        trip_bikes=_marks(rows, "bikes_allowed", 2, faults)[row],
        trip_shape=_pointed(rows, "shape_id", {name: n for n, name in enumerate(shapes.ids)}, faults)[row],
        trip_sign=trip_sign[row],
        call_sign=call_sign[calls.row[repeated.call_row]],
        call_sequence=calls.sequence[repeated.call_row],
        call_pickup=calls.pickup[repeated.call_row],
        call_drop_off=calls.drop_off[repeated.call_row],
        shapes=shapes,
    )


def _names(
    tables: Tables, told: Translations, agencies: Sequence[Agency], publisher: Publisher, rows: Sequence[int]
) -> dict[str, tuple[Sequence[str], Mapping[str, Mapping[int, str]]]]:
    """Return by kind the texts as they are, and those in other languages."""
    columns = {
        "stop": ("stops", "stop_id", "stop_name"),
        "stop_desc": ("stops", "stop_id", "stop_desc"),
        "platform": ("stops", "stop_id", "platform_code"),
        "route_short": ("routes", "route_id", "route_short_name"),
        "route_long": ("routes", "route_id", "route_long_name"),
        "route_desc": ("routes", "route_id", "route_desc"),
        "trip_short": ("trips", "trip_id", "trip_short_name"),
    }
    found: dict[str, tuple[Sequence[str], Mapping[str, Mapping[int, str]]]] = {}
    for kind, (table, key, name) in columns.items():
        texts, records = tables[f"{table}.txt"].column(name), tables[f"{table}.txt"].column(key)
        if kind == "route_desc":
            texts = _described(tables["routes_jp.txt"], texts, records)
        if table == "trips":
            texts, records = _picked(texts, rows), _picked(records, rows)
        found[kind] = texts, told.column(table, name, texts, records)
    names = [each.name for each in agencies]
    found["agency"] = names, told.column("agency", "agency_name", names, [each.id for each in agencies])
    published = [publisher.name]
    found["publisher"] = published, told.column("feed_info", "feed_publisher_name", published, ["feed_info"])
    return found


def _described(ways: Table, texts: Sequence[str], routes: Sequence[str]) -> Sequence[str]:
    """Return what routes say of themselves; where they say nothing, whence, by which way and whither (routes_jp.txt)."""
    ends = (ways.column(name) for name in ("origin_stop", "via_stop", "destination_stop"))
    told = {route: " → ".join(filter(None, way)) for route, *way in zip(ways.column("route_id"), *ends, strict=True)}
    return [text or told.get(route, "") for text, route in zip(texts, routes, strict=True)]


def _agencies(tables: Tables, faults: Faults) -> list[Agency]:
    table, official, places = tables["agency.txt"], tables["agency_jp.txt"], tables["office_jp.txt"]
    if not len(table):
        faults.remark("file_missing", table.file)
    columns = ("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang", "agency_phone")
    found = [Agency(*row) for row in zip(*map(table.column, (*columns, "agency_fare_url")), strict=True)]
    rows = zip(*map(official.column, ("agency_id", "agency_official_name", "agency_address")), strict=True)
    told = {name: texts for name, *texts in rows}
    offices = tuple(
        Office(*row) for row in zip(*map(places.column, ("office_name", "office_url", "office_phone")), strict=True)
    )
    return [
        msgspec.structs.replace(
            each, official_name=told.get(each.id, ("", ""))[0], address=told.get(each.id, ("", ""))[1],
            offices=offices if len(found) == 1 else (),
        )
        for each in found
    ]  # fmt: skip


def _publisher(table: Table, faults: Faults) -> Publisher:
    if not len(table):
        return Publisher()
    of = {name: column[0] for name, column in table.columns.items()}
    start, end = date_of(of.get("feed_start_date", "")), date_of(of.get("feed_end_date", ""))
    for name, day in (("feed_start_date", start), ("feed_end_date", end)):
        if of.get(name) and day is None:
            faults.remark("value_left_aside", table.file, table.lines[0], field=name, value=of[name])
    return Publisher(
        of.get("feed_publisher_name", ""), of.get("feed_publisher_url", ""), of.get("feed_lang", ""), start, end,
        of.get("feed_version", ""), of.get("feed_contact_email", ""), of.get("feed_contact_url", ""),
    )  # fmt: skip


def _agency_of(routes: Table, agencies: Sequence[Agency], faults: Faults) -> Array:
    """Return who runs each route: where a feed has one agency alone, it need not be named."""
    found = _pointed(routes, "agency_id", {each.id: n for n, each in enumerate(agencies) if each.id}, faults)
    return np.where(found < 0, 0, found).astype(I32) if len(agencies) == 1 else found


def _pointed(table: Table, name: str, index: Mapping[str, int], faults: Faults) -> Array:
    """Return what a column points to, -1 for nothing; what it does not find is remarked."""
    column = table.column(name)
    found = np.fromiter((index.get(text, -1) for text in column), dtype=I32, count=len(column))
    for n in np.flatnonzero(found < 0).tolist():
        if column[n]:
            faults.remark("unknown", table.file, table.lines[n], field=name, value=column[n])
    return found


def _marks(table: Table, name: str, most: int, faults: Faults, default: int = 0) -> Array:
    column = table.column(name)
    known = {text: number_of(text, most, default) for text in set(column)}
    for n, text in enumerate(column if None in known.values() else ()):
        if known[text] is None:
            faults.remark("value_left_aside", table.file, table.lines[n], field=name, value=text)
    values = {text: default if value is None else value for text, value in known.items()}
    return np.fromiter((values[text] for text in column), dtype=np.int8, count=len(column))


def _colors(table: Table, name: str, faults: Faults) -> list[str]:
    colors = []
    for n, text in enumerate(table.column(name)):
        fits = _COLOR.fullmatch(text) is not None
        if text and not fits:
            faults.remark("value_left_aside", table.file, table.lines[n], field=name, value=text)
        colors.append(text.upper() if fits else "")
    return colors


def _picked(column: Sequence[str], rows: Sequence[int]) -> Sequence[str]:
    return [column[row] for row in rows]
