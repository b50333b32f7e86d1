"""What runs now over the merged feed of Kumamoto: a generation of five hundred trips, from bytes to lanes, and questions meanwhile.

The yardstick of the whole is the goal; that of the questions are the same questions while nothing is laid over.
"""

import random
import threading
import time
from datetime import timedelta
from typing import Any

import numpy as np

from bench.journeys import DAY, _feed, _questions
from bench.report import figure, table, write
from mobility.engine.gtfs import Feed
from mobility.engine.live import Gathering, overlaid, packed, unpacked
from mobility.engine.live.members import catalogues
from mobility.engine.live.news import CallNews, Message, TripNews, TripRef
from mobility.engine.search import Ends, search_range
from mobility.engine.timetable import Timetable, lanes_of
from mobility.engine.timetable.compiling import timetable_of
from mobility.gateways.gtfs_realtime import read_message, write_message

TRIPS, TIMES, GOAL_MS = 500, 20, 100.0
STALL_GOAL_MS = 25.0
"""A question of two hours may wait so long at the most, once in a hundred times, for a generation that comes meanwhile."""


def main() -> list[dict[str, Any]]:
    """Measure, check, print and keep the figures."""
    feed = _feed()
    timetable = timetable_of(feed)
    (catalogue,) = catalogues(feed, timetable).values()
    at = catalogue.midnight(DAY) + 8 * 3600
    told = [_message(timetable, feed, at, seed) for seed in range(TIMES)]
    parts = [_generation(timetable, catalogue, data, at) for data in told][2:]
    gathered, laid = ([each[n] for each in parts] for n in (0, 1))
    rows = [
        _row("live.generation.p50_ms", [a + b for a, b in zip(gathered, laid, strict=True)], GOAL_MS),
        _row("live.gathered.p50_ms", gathered, GOAL_MS),
        _row("live.laid_over.p50_ms", laid, GOAL_MS),
        *_meanwhile(timetable, feed, packed(_changes(catalogue, told[0], at))),
    ]
    write("live", rows)
    print(table(rows))
    missed = [row["name"] for row in rows if not row["is_met"]]
    if missed:
        print(f"Missed: {', '.join(missed)}")
    return rows


def _message(timetable: Timetable, feed: Feed, at: int, seed: int) -> bytes:
    """Return a message that tells every call of five hundred trips of the day."""
    dice = random.Random(seed)
    running = np.flatnonzero(timetable.services_on(DAY)[timetable.trip_service]).tolist()
    trips = {}
    for trip in dice.sample(running, TRIPS):
        begin, end = feed.trip_call[trip : trip + 2].tolist()
        late = dice.randrange(900)
        calls = tuple(
            CallNews(int(n), arrival_delay_s=late + dice.randrange(60), departure_delay_s=late + 60)
            for n in feed.directory.call_sequence[begin:end]
        )
        trips[feed.trip_id[trip]] = TripNews(TripRef(feed.trip_id[trip], start_day=DAY), calls=calls)
    return write_message(Message(at, trips=trips), at)


def _changes(catalogue: Any, data: bytes, at: int) -> Any:
    gathering = Gathering()
    matched = gathering.take(read_message(data).message.trips.values(), catalogue, at)
    if (matched.trips, matched.unmatched) != (TRIPS, {}):
        raise SystemExit(f"Not everything was found: {matched}")
    return gathering.changes()


def _generation(timetable: Timetable, catalogue: Any, data: bytes, at: int) -> tuple[float, float]:
    """Return the milliseconds of gathering, in one process, and of laying over and laying a day out both ways, in another."""
    begin = time.perf_counter()
    sent = packed(_changes(catalogue, data, at))
    middle = time.perf_counter()
    overlay = overlaid(timetable, unpacked(sent))
    late = [overlay.lanes(DAY, is_mirrored=is_mirrored) for is_mirrored in (False, True)]
    end = time.perf_counter()
    if len(late[0].trip) != len(lanes_of(timetable, DAY).trip):
        raise SystemExit("Rides were lost.")
    return 1000 * (middle - begin), 1000 * (end - middle)


def _meanwhile(timetable: Timetable, feed: Feed, sent: bytes) -> list[dict[str, Any]]:
    """Ask in one thread while another lays generation after generation over, and while it does not."""
    asked = _questions(timetable, feed)
    lanes, mirrored = lanes_of(timetable, DAY), lanes_of(timetable, DAY, is_mirrored=True)

    def ask() -> list[float]:
        spent = []
        for begin, end, at in asked:
            started = time.perf_counter()
            search_range(lanes, Ends.around(lanes, begin), Ends.around(mirrored, end), at, at + 7200)
            spent.append(1000 * (time.perf_counter() - started))
        return spent

    ask()
    quiet, done = ask(), threading.Event()
    count = [0]

    def lay_over() -> None:
        while not done.wait(0.2):
            overlay = overlaid(timetable, unpacked(sent))
            for day in (DAY, DAY + timedelta(days=1)):
                for is_mirrored in (False, True):
                    overlay.lanes(day, is_mirrored=is_mirrored)
            count[0] += 1

    thread = threading.Thread(target=lay_over)
    thread.start()
    busy = [each for _ in range(3) for each in ask()]
    done.set()
    thread.join()
    if not count[0]:
        raise SystemExit("Nothing was laid over meanwhile.")
    p99 = float(np.percentile(busy, 99))
    return [
        figure(
            "live.questions_meanwhile.p99_ms", p99, "ms", yardstick=float(np.percentile(quiet, 99)), n=len(busy),
            p50=float(np.median(busy)), p99=p99, generations=count[0], is_met=p99 <= STALL_GOAL_MS,
        )
    ]  # fmt: skip


def _row(name: str, spent: list[float], goal_ms: float) -> dict[str, Any]:
    p50, p99 = float(np.median(spent)), float(np.percentile(spent, 99))
    return figure(name, p50, "ms", yardstick=goal_ms, n=len(spent), p50=p50, p99=p99, is_met=p50 <= goal_ms)


if __name__ == "__main__":
    main()
