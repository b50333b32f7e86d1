"""The demo town's two feeds as one, for the second opinion: written out by code of its own."""

import csv
import io
from functools import cache

from mobility.demo import demo_feeds
from mobility.engine.gtfs.merging import merge
from mobility.engine.gtfs.walking import StraightWalks
from tests.mobility.feeds import read

IDS = {
    "stop_id", "parent_station", "route_id", "trip_id", "service_id", "from_stop_id", "to_stop_id", "agency_id",
}  # fmt: skip
FILES = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt", "calendar_dates.txt")


def rows(files, name):
    """Return a file's rows."""
    return list(csv.DictReader(io.StringIO(files[name].decode()))) if name in files else []


@cache
def feeds_around(day):
    """Return the demo feeds, each a dict of files."""
    return demo_feeds(day)


@cache
def network_around(day):
    """Return the feeds merged as the product merges them."""
    return merge({slug: read(files) for slug, files in feeds_around(day).items()}, StraightWalks())


def files_of(network, feeds):
    """Return the merged network's files: ids behind their slug, repeating trips one by one, the network's own walks."""
    texts = {name: [] for name in FILES}
    for slug, files in feeds.items():
        repeats = {}
        for row in rows(files, "frequencies.txt"):
            begin, end = seconds(row["start_time"]), seconds(row["end_time"])
            repeats.setdefault(row["trip_id"], []).extend(range(begin, end, int(row["headway_secs"])))
        shown = {row["trip_id"]: seconds(row["departure_time"]) for row in reversed(rows(files, "stop_times.txt"))}
        for name in FILES:
            for row in rows(files, name):
                starts = repeats.get(row.get("trip_id"), [None])
                for at in starts:
                    texts[name].append(_row(row, slug, at, shown))
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


def _row(row, slug, at, shown):
    told = {key: f"{slug}:{value}" if key in IDS and value else value for key, value in row.items()}
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
