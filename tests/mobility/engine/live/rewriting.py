"""A feed rewritten by hand with what was said: the slow and obvious way to let trips run otherwise on single days."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Word:
    """What is said of one trip of one day: by call, ``(arrival, departure)`` delays, "skipped" or "no_data"; or more."""

    trip_id: str
    day: date
    calls: dict[int, object] = field(default_factory=dict)
    is_canceled: bool = False
    delay_s: int | None = None
    added: list[tuple[str, int, int]] = field(default_factory=list)


def rewritten(files, words):
    """Return the files of a feed in which the words hold on their days, and nothing else changes."""
    tables = {name: rows(files, name) for name in ("trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt")}
    trips = {row["trip_id"]: row for row in tables["trips.txt"]}
    calls = {}
    for row in tables["stop_times.txt"]:
        calls.setdefault(row["trip_id"], []).append(row)
    for word in words:
        if not word.added:
            _take_away(tables, trips[word.trip_id], word.day)
        if word.is_canceled:
            continue
        new = f"{word.trip_id}~{word.day:%Y%m%d}"
        if word.added:
            told = [
                {"stop_id": stop, "arrival_time": clock(arrival), "departure_time": clock(departure)}
                for stop, arrival, departure in word.added
            ]
            route, block = next(iter(trips.values()))["route_id"], ""
        else:
            told = _as_said(sorted(calls[word.trip_id], key=lambda row: int(row["stop_sequence"])), word)
            route, block = trips[word.trip_id]["route_id"], trips[word.trip_id].get("block_id", "")
        tables["trips.txt"].append({"route_id": route, "service_id": f"only~{new}", "trip_id": new, "block_id": block})
        tables["calendar_dates.txt"].append(
            {"service_id": f"only~{new}", "date": f"{word.day:%Y%m%d}", "exception_type": "1"}
        )
        tables["stop_times.txt"] += [row | {"trip_id": new, "stop_sequence": str(n)} for n, row in enumerate(told)]
    return files | {name: text(table) for name, table in tables.items() if table}


def _take_away(tables, trip, day):
    """Give the trip a service of its own that does not run on the day."""
    old, new = trip["service_id"], f"{trip['service_id']}~{trip['trip_id']}"
    if not old.endswith(f"~{trip['trip_id']}"):
        for name in ("calendar.txt", "calendar_dates.txt"):
            tables[name] += [row | {"service_id": new} for row in tables[name] if row["service_id"] == old]
        trip["service_id"] = new
    else:
        new = old
    day = f"{day:%Y%m%d}"
    tables["calendar_dates.txt"] = [
        row for row in tables["calendar_dates.txt"] if (row["service_id"], row["date"]) != (new, day)
    ]
    tables["calendar_dates.txt"].append({"service_id": new, "date": day, "exception_type": "2"})


def _as_said(calls, word):
    """Return the calls that are made, with their times: a delay holds until another is told or nothing is known any more."""
    made, delay = [], word.delay_s if not word.calls else None
    first_known = 0 if delay is not None else None
    for n, row in enumerate(calls):
        said = word.calls.get(n)
        arrival, departure = seconds(row["arrival_time"]), seconds(row["departure_time"])
        if said == "skipped":
            continue
        delay = None if said == "no_data" else delay
        comes, goes = arrival + (delay or 0), departure + (delay or 0)
        if isinstance(said, tuple):
            comes, goes = _told(arrival, departure, comes, said)
            delay = goes - departure
        if delay is not None and first_known is None:
            first_known = len(made)
        made.append([row, comes, goes])
    _put_in_order(made, first_known or 0)
    return [row | {"arrival_time": clock(comes), "departure_time": clock(goes)} for row, comes, goes in made]


def _told(arrival, departure, comes, said):
    """What is told of one end of a call alone holds for the other too, but nobody leaves before coming."""
    late, leaves_late = said
    if late is None:
        return min(comes, departure + leaves_late), departure + leaves_late
    return arrival + late, departure + (late if leaves_late is None else leaves_late)


def _put_in_order(made, first_known):
    """What lies before the first call of which something is known gives way to it, what lies after is pushed forward."""
    for n in reversed(range(first_known)):
        made[n][2] = min(made[n][2], made[n + 1][1])
        made[n][1] = min(made[n][1], made[n][2])
    for n in range(len(made)):
        made[n][1] = max(made[n][1], made[n - 1][2] if n else made[n][1])
        made[n][2] = max(made[n][2], made[n][1])


def rows(files, name):
    """Return a file's rows as dictionaries."""
    if name not in files:
        return []
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


def text(table):
    """Write rows as a file."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in table for name in row))
    writer = csv.DictWriter(out, names, restval="")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue().encode()


def seconds(told):
    """Read a clock time."""
    hours, minutes, rest = told.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def clock(at):
    """Write a clock time."""
    return f"{at // 3600:02}:{at % 3600 // 60:02}:{at % 60:02}"
