"""Feeds for tests: real ones from the folder of open data, and small ones written on the spot."""

import os
from pathlib import Path

import pytest

from mobility.engine.gtfs import Faults, Feed, read_feed
from mobility.gateways.feed_files import read_files
from tests.places import ROOT

OPEN_DATA = Path(os.environ.get("MACHI_OPEN_DATA", ROOT.parent / "shared" / "data"))
GTFS = OPEN_DATA / "gtfs"
needs_open_data = pytest.mark.skipif(not GTFS.exists(), reason=f"no open data in {OPEN_DATA}")
DAILY = "all,1,1,1,1,1,1,1,20260101,20261231"


def open_feed(name: str) -> tuple[dict[str, bytes], Feed]:
    """Return a real feed's files, and the feed as the product reads it."""
    files = read_files(GTFS / name)
    faults = Faults()
    feed = read_feed(files, faults)
    assert feed is not None, faults.found[:5]
    return files, feed


def written(
    stops: str, trips: dict[str, str], *, walks: str = "", services: str = DAILY, more: str = ""
) -> dict[str, bytes]:
    """Return the files of a small feed.

    ``stops`` are ids with spaces between; a trip is ``"A 8:00, B 8:10 8:11, C 8:20"``, its id may name a service after ``@``; after
    a stop's id ``-`` means that nobody boards there and ``+`` that nobody alights. ``walks`` are ``"A B 120, A A 60"``.
    """
    names = stops.split()
    texts = {
        "stops.txt": [
            "stop_id,stop_name,stop_lat,stop_lon",
            *(f"{s},{s},32.{n:03},130.7" for n, s in enumerate(names)),
        ],
        "routes.txt": ["route_id,route_type", "r,3"],
        "trips.txt": ["route_id,service_id,trip_id"],
        "stop_times.txt": ["trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type"],
        "calendar.txt": [f"service_id,{','.join(DAYS)},start_date,end_date", *services.split()],
        "transfers.txt": ["from_stop_id,to_stop_id,transfer_type,min_transfer_time"],
    }
    for name, told in trips.items():
        trip, _at, service = name.partition("@")
        texts["trips.txt"].append(f"r,{service or 'all'},{trip}")
        for n, call in enumerate(told.split(",")):
            stop, *times = call.split()
            arrival, departure = (times * 2)[:2] if times else ("", "")
            bare = stop.rstrip("-+")
            ways = f"{int('-' in stop)},{int('+' in stop)}"
            texts["stop_times.txt"].append(f"{trip},{n},{bare},{_clock(arrival)},{_clock(departure)},{ways}")
    for walk in filter(None, walks.split(",")):
        begin, end, seconds = walk.split()
        texts["transfers.txt"].append(f"{begin},{end},2,{seconds}" if seconds != "never" else f"{begin},{end},3,")
    files = {name: "\n".join(lines).encode() for name, lines in texts.items()}
    return files | ({"frequencies.txt": more.encode()} if more else {})


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read(files: dict[str, bytes]) -> Feed:
    """Read a feed that must be without fault."""
    faults = Faults()
    feed = read_feed(files, faults)
    assert feed is not None, faults.found
    return feed


def _clock(text: str) -> str:
    return f"{text}:00" if text.count(":") == 1 else text
