"""A thousand journeys that are followed over the merged feed of Kumamoto, when a generation of five hundred late trips comes.

The yardstick is the goal: all of them found again and reckoned in a part of the second until the loop goes round once more. What is
found for one that is broken is measured too; it is sought where somebody listens, not by the loop.
"""

import os
import random
import time
from collections.abc import Sequence
from typing import Any

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()  # for what is told in words; nothing asks the database

from bench.journeys import DAY, _feed  # noqa: E402
from bench.live import TRIPS, _changes, _message  # noqa: E402
from bench.report import figure, table, write  # noqa: E402
from mobility.engine.journeys import Ask, Leg, Plan, plan  # noqa: E402
from mobility.engine.journeys.approaches import spot_of  # noqa: E402
from mobility.engine.journeys.following import Standing  # noqa: E402
from mobility.engine.journeys.instead import instead  # noqa: E402
from mobility.engine.live import overlaid  # noqa: E402
from mobility.engine.live.members import catalogues  # noqa: E402
from mobility.engine.network import Network  # noqa: E402
from mobility.engine.streets import Straight  # noqa: E402
from mobility.engine.timetable.compiling import timetable_of  # noqa: E402
from mobility.selectors.journeys.asking import instant_of  # noqa: E402
from mobility.selectors.journeys.follow_words import FollowAsked, LegTaken, TripTaken  # noqa: E402
from mobility.selectors.journeys.following import stands  # noqa: E402
from mobility.selectors.journeys.taking import FollowKept, taken, taken_again  # noqa: E402
from mobility.selectors.journeys.words import JourneysAsked, PlaceAsked  # noqa: E402

JOURNEYS, TIMES, GOAL_MS, INSTEAD_GOAL_MS = 1000, 7, 300.0, 40.0
MORNING = 7 * 3600


def main() -> list[dict[str, Any]]:
    """Measure, check, print and keep the figures."""
    feed = _feed()
    base = Network(feed, timetable_of(feed), Straight())
    (catalogue,) = catalogues(base.feed, base.timetable).values()
    at = catalogue.midnight(DAY) + MORNING + 3600
    lives = [
        base.with_live(overlaid(base.timetable, _changes(catalogue, _message(base.timetable, feed, at, seed), at)))
        for seed in range(TIMES)
    ]
    asked = _followed(base)
    spent, broken, at_seven = [], 0, instant_of(DAY, MORNING)
    found = [taken(base, kept) for kept, _ask in asked]
    for live in lives:
        begin = time.perf_counter()
        found = [taken_again(each, live) for each in found]
        standing = [stands(each, (), at=at_seven) for each in found]
        spent.append(1000 * (time.perf_counter() - begin))
        broken = max(broken, sum(each.trouble is not None for each in standing))
    if not broken:
        raise SystemExit(f"{TRIPS} late trips broke none of {JOURNEYS} journeys.")
    sought = _instead(lives[-1], asked, standing)
    rows = [
        _row("following.generation1000.p50_ms", spent[1:], GOAL_MS, broken=broken),
        _row("following.instead.p50_ms", sought, INSTEAD_GOAL_MS),
    ]
    write("following", rows)
    print(table(rows))
    return rows


def _followed(network: Network) -> list[tuple[FollowKept, Ask]]:
    """Return journeys with a change, as whoever takes them sends them."""
    dice, found = random.Random(1), list[tuple[FollowKept, Ask]]()
    stops = network.boarded.tolist()
    while len(found) < JOURNEYS:
        start, goal = (spot_of(network, stop) for stop in dice.sample(stops, 2))
        ask = Ask(start, goal, DAY, MORNING)
        plans = plan(network, ask, {}, lambda _legs: None).plans
        found += [(_kept(network, each), ask) for each in plans if each.changes]
    return found[:JOURNEYS]


def _kept(network: Network, plan: Plan) -> FollowKept:
    ends = plan.legs[0].start, plan.legs[-1].end
    question = JourneysAsked(*(PlaceAsked(lat=each.lat, lon=each.lon) for each in ends))
    return FollowKept(FollowAsked(question, [_taken(network, leg) for leg in plan.legs]), "ja")


def _taken(network: Network, leg: Leg) -> LegTaken:
    places = [
        PlaceAsked(network.feed.stop_id[each.stop] if each.stop >= 0 else "", each.lat, each.lon)
        for each in (leg.start, leg.end)
    ]
    times = instant_of(DAY, leg.depart_at), instant_of(DAY, leg.arrive_at)
    trip = TripTaken(network.trip_name(leg.trip), instant_of(DAY, leg.shift).date()) if leg.way == "ride" else None
    return LegTaken(leg.way, *places, *times, *times, trip, leg.metres)


def _instead(live: Network, asked: Sequence[tuple[FollowKept, Ask]], standing: Sequence[Standing]) -> list[float]:
    """Seek ways on for those that are broken, and tell how long each took."""
    spent, found = [], 0
    for (_kept, ask), each in zip(asked, standing, strict=True):
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
