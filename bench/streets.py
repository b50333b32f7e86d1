"""Streets over Porto Alegre: access to all stops, ways from door to door, footpaths between all stops, shapes of minutes.

A sample is answered a second time by the tests' own slow search over the raw map, and must take the same. Without the open data
this says so and fails.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.report import figure, table, write
from mobility.engine.gtfs import Faults, read_feed
from mobility.engine.streets import PROFILES, Closure, Gap, StreetMap, Targets, bands_of
from mobility.engine.streets.compiling import network_of_map
from mobility.engine.streets.records import MapRecords
from mobility.gateways.feed_files import read_files
from mobility.gateways.street_files import read_map
from tests.mobility.engine.streets.oracle import Oracle

FOLDER = Path(os.environ.get("MACHI_OPEN_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
CENTRE = (-30.045, -30.025, -51.235, -51.205)
WALK, WHEELCHAIR, CAR = PROFILES["walk"], PROFILES["wheelchair"], PROFILES["car"]
QUESTIONS, LIMIT_S, SAMPLE = 400, 900, 20
GOALS_MS = {"access": 2.0, "way": 5.0, "footpaths": 5_000.0, "closures": 100.0, "bands": 50.0, "import": 20_000.0}


def main() -> list[dict[str, Any]]:
    """Measure, compare, print and keep the figures."""
    records, streets, laid_out_ms = _town()
    stops, asked = _stops(), _questions()
    streets.prepare((WALK, WHEELCHAIR, CAR), [stops])
    rows = [
        _row("streets.import", [laid_out_ms], "import", edges=streets.network.edges),
        *_access(streets, stops, asked),
    ]
    rows += [_way(streets, profile, asked) for profile in (WALK, WHEELCHAIR, CAR)]
    rows += [_footpaths(streets, stops), _closures(streets, asked), _bands(streets, stops, asked)]
    compared = _compare(streets, records, asked)
    rows[1]["compared"] = compared
    write("streets", rows)
    print(table(rows))
    missed = [row["name"] for row in rows if not row["is_met"]]
    if missed:
        print(f"Missed: {', '.join(missed)}")
    return rows


def _town() -> tuple[MapRecords, StreetMap, float]:
    """Read the map and lay it out, compiled code being there; return what that took as well."""
    path = FOLDER / "osm" / "poa_osm.pbf"
    network_of_map(read_map(path))
    begun = time.perf_counter_ns()
    records = read_map(path)
    network = network_of_map(records)
    spent = (time.perf_counter_ns() - begun) / 1e6
    assert network is not None
    return records, StreetMap(network), spent


def _stops() -> Targets:
    feed = read_feed(read_files(FOLDER / "gtfs" / "poa_eptc.zip"), Faults())
    if feed is None:
        raise SystemExit("The feed is not what it was.")
    return Targets(feed.stop_lat, feed.stop_lon)


def _questions() -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Ask from and to anywhere in the centre."""
    dice = random.Random(20261201)
    south, north, west, east = CENTRE
    return [
        tuple((dice.uniform(south, north), dice.uniform(west, east)) for _ in range(2))  # type: ignore[misc]
        for _ in range(QUESTIONS)
    ]


def _access(streets: StreetMap, stops: Targets, asked: list[Any]) -> list[dict[str, Any]]:
    rows = []
    for name, is_arriving in (("streets.access", False), ("streets.egress", True)):
        told, spent = _timed(
            lambda a, _b, way=is_arriving: streets.reach(*a, WALK, LIMIT_S, stops, is_arriving=way), asked
        )
        reached = [len(each.target) for each in told if not isinstance(each, Gap)]
        rows.append(
            _row(f"{name}.p50_ms", spent, "access", stops=len(stops), reached=sum(reached) // max(1, len(reached)))
        )
    return rows


def _way(streets: StreetMap, profile: Any, asked: list[Any]) -> dict[str, Any]:
    told, spent = _timed(lambda a, b: streets.way(a, b, profile), asked)
    found = [each for each in told if not isinstance(each, Gap)]
    metres = sum(each.metres for each in found) // max(1, len(found))
    return _row(f"streets.way.{profile.name}.p50_ms", spent, "way", found=len(found), metres=metres)


def _footpaths(streets: StreetMap, stops: Targets) -> dict[str, Any]:
    begun = time.perf_counter_ns()
    walks = streets.between(stops, WALK, 600)
    spent = (time.perf_counter_ns() - begun) / 1e6
    for n in np.random.default_rng(1).choice(len(stops), SAMPLE, replace=False).tolist():
        told, mine = streets.reach(stops.lat[n], stops.lon[n], WALK, 600, stops), walks.begin == n
        alone = {} if isinstance(told, Gap) else dict(zip(told.target.tolist(), told.seconds.tolist(), strict=True))
        alone.pop(n, None)
        if alone != dict(zip(walks.end[mine].tolist(), walks.seconds[mine].tolist(), strict=True)):
            raise SystemExit(f"Footpaths of stop {n} are not its access")
    return _row("streets.footpaths.ms", [spent], "footpaths", stops=len(stops), walks=len(walks.begin))


def _closures(streets: StreetMap, asked: list[Any]) -> dict[str, Any]:
    """Close a street in the middle of each of a hundred ways, and find the first way of the new generation."""

    def shut(a: Any, b: Any) -> Any:
        way = streets.way(a, b, WALK)
        if isinstance(way, Gap):
            return None
        lat, lon = way.line[len(way.line) // 2]
        return streets.with_closures([Closure({"type": "Point", "coordinates": [lon, lat]})]).way(a, b, WALK)

    _told, spent = _timed(shut, asked[:100])
    return _row("streets.closure.p50_ms", spent, "closures")


def _bands(streets: StreetMap, stops: Targets, asked: list[Any]) -> dict[str, Any]:
    """Draw half an hour in six bands, from one place and all stops that are reached on foot and left at once."""

    def draw(a: Any, _b: Any) -> Any:
        told = streets.reach(*a, WALK, LIMIT_S, stops)
        if isinstance(told, Gap):
            return None
        starts = Targets(np.append(stops.lat[told.target], a[0]), np.append(stops.lon[told.target], a[1]))
        return bands_of(streets, starts, np.append(told.seconds, 0), WALK, 1800)

    _told, spent = _timed(draw, asked[:100])
    return _row("streets.bands.p50_ms", spent, "bands")


def _compare(streets: StreetMap, records: MapRecords, asked: list[Any]) -> int:
    """Answer some of the questions over the raw map; the walk must take the same to the second."""
    oracle, compared = Oracle(records, "walk"), 0
    for start, end in asked[:SAMPLE]:
        begin, goal, way = oracle.snap(start), oracle.snap(end), streets.way(start, end, WALK)
        if begin is None or goal is None:
            continue
        expected = oracle.arrive(oracle.spread(oracle.leave(begin)), begin, start, goal, end)
        if isinstance(way, Gap) or abs(way.seconds - expected) > 1.4:
            raise SystemExit(f"Another way is better or there is none: {start} {end} {expected} {way}")
        compared += 1
    return compared


def _timed(answer: Callable[[Any, Any], Any], asked: list[Any]) -> tuple[list[Any], list[float]]:
    """Answer each question, some once before to warm up; return the answers and milliseconds."""
    for question in asked[:20]:
        answer(*question)
    answers, spent = [], []
    for question in asked:
        begun = time.perf_counter_ns()
        answers.append(answer(*question))
        spent.append((time.perf_counter_ns() - begun) / 1e6)
    return answers, spent


def _row(name: str, spent: list[float], goal: str, **notes: Any) -> dict[str, Any]:
    p50, p99 = sorted(spent)[len(spent) // 2], sorted(spent)[len(spent) * 99 // 100]
    goal_ms = GOALS_MS[goal]
    return figure(
        name, p50, "ms", yardstick=goal_ms, n=len(spent), p50=p50, p99=p99, goal_ms=goal_ms, is_met=p50 <= goal_ms, **notes
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(sum(not row["is_met"] for row in main()))
