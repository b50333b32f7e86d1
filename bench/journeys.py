"""Journeys over the merged feed of Kumamoto: the earliest arrival beside another planner, ranges, every stop, fifty towns at once.

The other planner is the npm package ``raptor-journey-planner``, installed for this measurement alone and fed with the same trips of
one day; both answer the same questions without walks, and their answers are compared. Without the open data, or without the
package, this says so and fails.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.report import RESULTS, figure, table, write
from mobility.engine.gtfs import Faults, Feed, read_feed
from mobility.engine.live import overlaid
from mobility.engine.live.changes import Changes
from mobility.engine.search import NOT_REACHED, Ends, earliest_arrival, reach_all, search_range
from mobility.engine.timetable import DAY_S, Otherwise, Timetable, lanes_of
from mobility.engine.timetable.arrays import I32
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.feed_files import read_files

PEER = "raptor-journey-planner@2.2.3"
HERE = Path(__file__).parent
DAY, QUESTIONS, TILES = date(2026, 6, 10), 400, 50
GOALS_MS = {"earliest": 0.5, "range": 8.0, "all": 2.0, "tiled": 60.0}
TIMES_FASTER, BYTES_AN_EVENT = 25, 16
TRIPS_LATE = 500  # in each of the towns


def main() -> list[dict[str, Any]]:
    """Measure, compare, print and keep the figures."""
    feed = _feed()
    timetable = timetable_of(feed)
    asked = _questions(timetable, feed)
    rows = [*_beside_the_peer(timetable, feed, asked), *_alone(timetable, asked), *_tiled(timetable, asked)]
    write("journeys", rows)
    print(table(rows))
    missed = [row["name"] for row in rows if not row.get("is_met", True)]
    if missed:
        print(f"Missed: {', '.join(missed)}")
    return rows


def _feed() -> Feed:
    folder = Path(os.environ.get("MACHI_OPEN_DATA", HERE.parent.parent / "shared" / "data"))
    faults = Faults()
    feed = read_feed(read_files(folder / "gtfs" / "kumamoto_merged.gtfs.zip"), faults)
    if feed is None:
        raise SystemExit(f"The feed is not what it was: {faults.found[:3]}")
    return feed


def _questions(timetable: Timetable, feed: Feed) -> list[tuple[int, int, int]]:
    """Ask from and to stops that trips call at, between six and twenty."""
    dice = random.Random(20261201)
    used = sorted({int(stop) for stop in feed.stop})
    return [(*dice.sample(used, 2), dice.randrange(6 * 3600, 20 * 3600)) for _ in range(QUESTIONS)]


def _beside_the_peer(timetable: Timetable, feed: Feed, asked: list[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """Answer the same questions without walks; ours is never later, and mostly the same to the second."""
    empty = np.zeros(0, dtype=np.int32)
    bare = replace(
        timetable, walk_start=np.zeros(timetable.stops + 1, dtype=np.int32), walk_to=empty, walk_s=empty,
        change_s=np.maximum(timetable.change_s, 0),
    )  # fmt: skip
    lanes = lanes_of(bare, DAY)

    def soonest(begin: int, end: int, at: int) -> int:
        return earliest_arrival(lanes, Ends.of({begin: 0}), Ends.of({end: 0}), at)

    ours, spent = _timed(soonest, asked)
    peer = _peer(bare, asked)
    spent += _timed(soonest, asked)[1]  # before and after the other, so that a busy machine is busy for both
    theirs = [NOT_REACHED if at is None else at for at in peer["arrivals"]]
    on_the_day = [(a, b) for a, b in zip(ours, theirs, strict=True) if a < DAY_S or b < NOT_REACHED]
    later = [pair for pair in on_the_day if pair[0] > pair[1]]
    if later:
        raise SystemExit(f"The other planner arrives sooner: {later[:5]}")
    p50, beside = _middle(spent), _middle(peer["spent_ms"])
    same = sum(a == b for a, b in on_the_day)
    return [
        _row(
            "journeys.earliest.p50_ms", spent, goal_ms=GOALS_MS["earliest"], yardstick=beside, same=same, compared=len(on_the_day)
        ),
        figure(
            "journeys.earliest.ratio", 1000 / p50, "questions/s", yardstick=1000 / beside, n=len(spent), p50=p50, goal=TIMES_FASTER,
            measured_against=PEER,
        ),
    ]  # fmt: skip


def _alone(timetable: Timetable, asked: list[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """Walks included: the earliest arrival, all worth taking of two hours, and every stop at once."""
    lanes, mirrored = lanes_of(timetable, DAY), lanes_of(timetable, DAY, is_mirrored=True)

    def span(begin: int, end: int, at: int) -> Any:
        return search_range(lanes, Ends.around(lanes, begin), Ends.around(mirrored, end), at, at + 7200)

    def soonest(begin: int, end: int, at: int) -> Any:
        return earliest_arrival(lanes, Ends.around(lanes, begin), Ends.around(mirrored, end), at)

    found, spans = _timed(span, asked)
    soon, spent = _timed(soonest, asked)
    reached, alls = _timed(lambda begin, _end, at: reach_all(lanes, Ends.around(lanes, begin), at), asked)
    for (begin, end, at), journeys, first, times in zip(asked, found, soon, reached, strict=True):
        if journeys and min(each.arrive_at for each in journeys) < first:
            raise SystemExit(f"A range knows better than the earliest arrival: {begin} {end} {at}")
        if int(times[end]) > first:
            raise SystemExit(f"Every stop at once is later than one alone: {begin} {end} {at}")
    return [
        _row("journeys.walking.p50_ms", spent, goal_ms=GOALS_MS["earliest"]),
        _row("journeys.range2h.p50_ms", spans, goal_ms=GOALS_MS["range"], journeys=sum(map(len, found))),
        _row("journeys.one_to_all.p50_ms", alls, goal_ms=GOALS_MS["all"]),
    ]


def _tiled(timetable: Timetable, asked: list[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """Lay fifty towns beside one another, joined by walks from one to the next, and ask as planned and while vehicles run late."""
    tiled = tile(timetable, TILES)
    dice = random.Random(7)
    far = []
    for begin, end, at in asked:
        town = dice.randrange(TILES)
        there = (town + dice.choice((0, 0, 1))) % TILES
        far.append((begin + town * timetable.stops, end + there * timetable.stops, at))
    late = overlaid(tiled, _late(tiled, TRIPS_LATE * TILES))
    planned, rows = _far("journeys.tiled50", tiled, (tiled, None), far)
    otherwise, more = _far("journeys.tiled50_late", tiled, (late.timetable, late.otherwise), far)
    if planned == otherwise:
        raise SystemExit("Nobody is late.")
    return [*rows, *more]


def _far(
    name: str, plan: Timetable, now: tuple[Timetable, Otherwise | None], far: list[tuple[int, int, int]]
) -> tuple[list[int], list[dict[str, Any]]]:
    """Ask within and across towns; return the answers, how long they take, and the bytes of all that a question may walk through.

    ``plan_beside`` are the bytes of the plan that a question no longer looks at; all workers share them, they are the file's.
    """
    timetable, otherwise = now
    events = len(plan.arrival)
    lanes, mirrored = (lanes_of(timetable, DAY, is_mirrored=side, otherwise=otherwise) for side in (False, True))

    def soonest(begin: int, end: int, at: int) -> Any:
        return earliest_arrival(lanes, Ends.around(lanes, begin), Ends.around(mirrored, end), at)

    found, spent = _timed(soonest, far)
    held = _bytes(vars(timetable).values(), lanes)
    an_event = held / events
    beside = (_bytes(vars(timetable).values(), vars(plan).values(), lanes) - held) / events
    reached = sum(at < NOT_REACHED for at in found)
    row = _row(f"{name}.p50_ms", spent, goal_ms=GOALS_MS["tiled"], events=events, reached=reached)
    memory = figure(
        f"{name}.bytes", an_event, "bytes an event", yardstick=BYTES_AN_EVENT, n=events,
        goal_bytes=BYTES_AN_EVENT, is_met=an_event <= BYTES_AN_EVENT, plan_beside=round(beside, 3),
    )  # fmt: skip
    return found, [row, memory]


def _bytes(*places: Iterable[Any]) -> int:
    """Return what the arrays in several places take in memory, each counted once."""
    arrays = [value for place in places for value in place if isinstance(value, np.ndarray)]
    return sum({id(value): value.nbytes for value in arrays}.values())


def _late(timetable: Timetable, count: int) -> Changes:
    """Return so many trips of the day with every call told, each up to a quarter of an hour late."""
    dice = np.random.default_rng(8)
    running = np.flatnonzero(timetable.services_on(DAY)[timetable.trip_service])
    trip = np.sort(dice.choice(running, count, replace=False)).astype(I32)
    pattern = timetable.trip_pattern[trip]
    lengths = np.diff(timetable.pattern_start)[pattern]
    call = np.concatenate(([0], np.cumsum(lengths))).astype(I32)
    within = np.arange(call[-1]) - np.repeat(call[:-1], lengths)
    calls, events = (
        np.repeat(starts, lengths) + within for starts in (timetable.pattern_start[pattern], timetable.trip_event[trip])
    )
    late = np.repeat(dice.integers(60, 900, count), lengths).astype(I32)
    return Changes(
        trip=trip, day=np.full(count, DAY.toordinal(), dtype=I32), call=call, has_own_calls=np.zeros(count, dtype=np.bool_),
        stop=timetable.pattern_stop[calls], leave=timetable.pattern_leave[calls], arrival=timetable.arrival[events] + late,
        departure=timetable.departure[events] + late, is_told=np.ones(call[-1], dtype=np.bool_), name=[""] * count,
        route=np.full(count, -1, dtype=I32), vehicle=[""] * count,
    )  # fmt: skip


def tile(timetable: Timetable, count: int) -> Timetable:
    """Return so many copies of a town in one timetable, each a walk of ten minutes from the next at one stop."""
    stops, events = timetable.stops, len(timetable.arrival)
    patterns, calls = len(timetable.pattern_start) - 1, int(timetable.pattern_start[-1])

    def each(values: Any, step: int, *, tail: bool = False) -> Any:
        body = values[:-1] if tail else values
        moved = (body[None, :].astype(np.int64) + np.arange(count)[:, None] * step).ravel()
        return (
            np.concatenate((moved, [int(values[-1]) + (count - 1) * step])).astype(np.int32)
            if tail
            else moved.astype(values.dtype)
        )

    walks = len(timetable.walk_to)
    return replace(
        timetable, pattern_start=each(timetable.pattern_start, calls, tail=True), pattern_stop=each(timetable.pattern_stop, stops),
        pattern_leave=each(timetable.pattern_leave, 0), trip_pattern=each(timetable.trip_pattern, patterns),
        trip_service=each(timetable.trip_service, 0), trip_event=each(timetable.trip_event, events),
        arrival=each(timetable.arrival, 0), departure=each(timetable.departure, 0), change_s=each(timetable.change_s, 0),
        walk_start=each(timetable.walk_start, walks, tail=True), walk_to=each(timetable.walk_to, stops),
        walk_s=each(timetable.walk_s, 0),
    )  # fmt: skip


def _peer(timetable: Timetable, asked: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Let the other planner answer, with the trips of the day alone, as its maker advises."""
    folder = RESULTS / "peer"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / PEER.partition("@")[0]).exists():
        subprocess.run(
            ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), PEER], check=True
        )
    running = np.flatnonzero(timetable.services_on(DAY)[timetable.trip_service])
    trips = []
    for trip in running.tolist():
        pattern, event = int(timetable.trip_pattern[trip]), int(timetable.trip_event[trip])
        begin, end = timetable.pattern_start[pattern : pattern + 2].tolist()
        trips.append([
            [str(timetable.pattern_stop[call]), int(timetable.arrival[event + n]), int(timetable.departure[event + n]),
             bool(timetable.pattern_leave[call] & 1), bool(timetable.pattern_leave[call] & 2)]
            for n, call in enumerate(range(begin, end))
        ])  # fmt: skip
    told = {
        "trips": trips, "interchange": {str(n): int(s) for n, s in enumerate(timetable.change_s)}, "day": int(f"{DAY:%Y%m%d}"),
        "questions": [[str(begin), str(end), at] for begin, end, at in asked],
    }  # fmt: skip
    script = (HERE / "peers" / "raptor.cjs").resolve()
    done = subprocess.run(
        ["node", str(script)], input=json.dumps(told).encode(), capture_output=True, check=True,
        env=os.environ | {"NODE_PATH": str((folder / "node_modules").resolve()), "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _timed(answer: Callable[[int, int, int], Any], asked: list[tuple[int, int, int]]) -> tuple[list[Any], list[float]]:
    """Answer each question, once to warm up and once for the clock; return the answers and milliseconds."""
    for question in asked[:50]:
        answer(*question)
    answers, spent = [], []
    for question in asked:
        begun = time.perf_counter_ns()
        answers.append(answer(*question))
        spent.append((time.perf_counter_ns() - begun) / 1e6)
    return answers, spent


def _middle(spent: list[float]) -> float:
    return sorted(spent)[len(spent) // 2]


def _row(
    name: str, spent: list[float], *, goal_ms: float, yardstick: float | None = None, **notes: Any
) -> dict[str, Any]:
    p50, p99 = _middle(spent), sorted(spent)[len(spent) * 99 // 100]
    return figure(
        name,
        p50,
        "ms",
        yardstick=yardstick or goal_ms,
        n=len(spent),
        p50=p50,
        p99=p99,
        goal_ms=goal_ms,
        is_met=p50 <= goal_ms,
        **notes,
    )


if __name__ == "__main__":
    sys.exit(sum(not row.get("is_met", row["ratio"] >= row.get("goal", 0)) for row in main()))
