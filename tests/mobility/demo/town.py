"""Several feeds as one, the demo town's first of all, for the second opinion: written out by code of its own."""

import csv
import io
from functools import cache

from mobility.demo import demo_feeds
from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.walking import StraightWalks
from tests.mobility.feeds import read

STOPS = {"stop_id", "parent_station", "from_stop_id", "to_stop_id"}
IDS = STOPS | {"route_id", "trip_id", "service_id", "agency_id"}
FILES = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt")


def rows(files, name):
    """Return a file's rows."""
    return (
        list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig")), skipinitialspace=True))
        if name in files
        else []
    )


@cache
def feeds_around(day):
    """Return the demo feeds, each a dict of files."""
    return demo_feeds(day)


@cache
def network_around(day):
    """Return the feeds merged as the product merges them."""
    return merge({slug: read(files) for slug, files in feeds_around(day).items()}, StraightWalks())


def files_of(network, feeds):
    """Return the merged network's files: ids behind their slug, repeating trips one by one, the network's own walks.

    Stops with the same id, name and kind are one, and stand behind the slug of the first feed that has it.
    """
    texts = {name: [] for name in FILES}
    first = {}
    for slug, files in feeds.items():
        for row in rows(files, "stops.txt"):
            first.setdefault(_stop(row), slug)
    for slug, files in feeds.items():
        repeats = {}
        for row in rows(files, "frequencies.txt"):
            begin, end = seconds(row["start_time"]), seconds(row["end_time"])
            repeats.setdefault(row["trip_id"], []).extend(range(begin, end, int(row["headway_secs"])))
        shown = {
            row["trip_id"]: seconds(row["departure_time"])
            for row in reversed(rows(files, "stop_times.txt"))
            if row["trip_id"] in repeats
        }
        home = {row["stop_id"]: first[_stop(row)] for row in rows(files, "stops.txt")}
        for name in FILES:
            for row in rows(files, name):
                if name == "stops.txt" and home[row["stop_id"]] != slug:
                    continue
                starts = repeats.get(row.get("trip_id"), [None])
                for at in starts:
                    texts[name].append(_row(row, slug, at, shown, home))
    walks = [
        {
            "from_stop_id": network.stop_id[a], "to_stop_id": network.stop_id[b],
            "transfer_type": "3" if s < 0 else "2", "min_transfer_time": max(s, 0),
        }
        for a, b, s in network.walks
    ]  # fmt: skip
    return {name: _text(each) for name, each in (texts | {"transfers.txt": walks}).items()}


def names_of(network):
    """Return the trips' ids as in these files: those that repeat bear the second at which they leave."""
    many = {name for name in network.trip_id if list(network.trip_id).count(name) > 1}
    starts = network.departure[network.trip_call[:-1]].tolist()
    return [f"{name}@{at}" if name in many else name for name, at in zip(network.trip_id, starts, strict=True)]


def _stop(row):
    return row["stop_id"], row["stop_name"], row.get("location_type") or "0"


def _row(row, slug, at, shown, home):
    told = {
        key: f"{home.get(value, slug) if key in STOPS else slug}:{value}" if key in IDS and value else value
        for key, value in row.items()
    }
    if at is not None:
        told["trip_id"] += f"@{at}"
        for key in ("arrival_time", "departure_time"):
            if key in row:
                told[key] = clock(seconds(row[key]) - shown[row["trip_id"]] + at)
    return told


def _text(told):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(told[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(told)
    return out.getvalue().encode()


def seconds(text):
    """Return seconds of the day."""
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def clock(at):
    """Return a time as GTFS has it."""
    return f"{at // 3600:02}:{at % 3600 // 60:02}:{at % 60:02}"
