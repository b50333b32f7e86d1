"""A thousand journeys that are followed over the merged feed of Kumamoto, when a generation of five hundred late trips comes.

The yardstick is the goal: all of them reckoned anew in a part of the second until the loop goes round once more. What can be done
instead is measured for those that broke; it is sought where somebody listens, not by the loop.
"""

import random
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.journeys import DAY, _feed
from bench.live import TRIPS, _changes, _message
from bench.report import figure, table, write
from mobility.engine.journeys import Ask, Plan, plan
from mobility.engine.journeys.approaches import spot_of
from mobility.engine.journeys.following import Standing, standing_of
from mobility.engine.journeys.instead import instead
from mobility.engine.live import overlaid
from mobility.engine.live.members import catalogues
from mobility.engine.network import Network
from mobility.engine.streets import Straight
from mobility.engine.timetable.compiling import timetable_of

JOURNEYS, TIMES, GOAL_MS, INSTEAD_GOAL_MS = 1000, 7, 300.0, 40.0
MORNING = 7 * 3600


def main() -> list[dict[str, Any]]:
    """Measure, check, print and keep the figures."""
    feed = _feed()
    base = Network(feed, timetable_of(feed), Straight())
    (catalogue,) = catalogues(base.feed, base.timetable).values()
    at = catalogue.midnight(DAY) + MORNING + 3600
    followed, spent, broken = _followed(base), [], 0
    standing: list[Standing] = []
    for seed in range(TIMES):
        changes = _changes(catalogue, _message(base.timetable, feed, at, seed), at)
        live = base.with_live(overlaid(base.timetable, changes))
        begin = time.perf_counter()
        standing = [standing_of(live, DAY, found.legs, (), MORNING) for found, _ask in followed]
        spent.append(1000 * (time.perf_counter() - begin))
        broken = max(broken, sum(each.trouble is not None for each in standing))
    if not broken:
        raise SystemExit(f"{TRIPS} late trips broke none of {JOURNEYS} journeys.")
    rows = [
        _row("following.generation1000.p50_ms", spent[1:], GOAL_MS, broken=broken),
        _row("following.instead.p50_ms", _instead(live, followed, standing), INSTEAD_GOAL_MS),
    ]
    write("following", rows)
    print(table(rows))
    return rows


def _followed(network: Network) -> list[tuple[Plan, Ask]]:
    """Return journeys with a change, and the questions that they answer."""
    dice, found = random.Random(1), list[tuple[Plan, Ask]]()
    stops = network.boarded.tolist()
    while len(found) < JOURNEYS:
        start, goal = (spot_of(network, stop) for stop in dice.sample(stops, 2))
        ask = Ask(start, goal, DAY, MORNING)
        found += [(each, ask) for each in plan(network, ask, {}, lambda _legs: None).plans if each.changes]
    return found[:JOURNEYS]


def _instead(live: Network, followed: Sequence[tuple[Plan, Ask]], standing: Sequence[Standing]) -> list[float]:
    """Seek ways on for those that broke, and tell how long each took."""
    spent, found = [], 0
    for (_plan, ask), each in zip(followed, standing, strict=True):
        if each.trouble is not None:
            begin = time.perf_counter()
            found += bool(instead(live, ask, each, MORNING, {}, lambda _legs: None))
            spent.append(1000 * (time.perf_counter() - begin))
    if 10 * found < 9 * len(spent):
        raise SystemExit(f"Only {found} of {len(spent)} broken journeys have a way on.")
    return spent


def _row(name: str, spent: list[float], goal_ms: float, **notes: Any) -> dict[str, Any]:
    p50, p99 = float(np.median(spent)), float(np.percentile(spent, 99))
    return figure(name, p50, "ms", yardstick=goal_ms, n=len(spent), p50=p50, p99=p99, is_met=p50 <= goal_ms, **notes)


if __name__ == "__main__":
    main()
