"""Whole answers of the API over real HTTP, four clients at once: journeys with fares and alternatives over the five feeds of
Kumamoto, where walks are estimated, and over Porto Alegre with the streets of its map.

Each answer is looked at: it is one, its legs follow one another, and most questions have journeys. Questions are between stops that
vehicles call at, at random over a day. Without the open data this says so and fails.
"""

import json
import os
import random
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from bench.ground import ROOT, ground, web
from bench.load import hammer, request
from bench.report import figure, table, write
from kernel.clock import JST
from mobility.engine.gtfs import Faults, read_feed
from mobility.engine.streets.earth import metres_between
from mobility.gateways.feed_files import read_files

CLIENTS, SECONDS, LAYOUT = 4, 20, (2, 4)
GOALS_MS = {"p50": 40, "p99": 150}
NEAREST_M = 100
"""Nobody asks for a shorter way."""
LOOKED_AT = 100


@dataclass(frozen=True)
class Town:
    """A town's files, and a day on which everything runs."""

    name: str
    feeds: tuple[str, ...]
    day: date
    map: str = ""


TOWNS = (
    Town(
        "kumamoto",
        tuple(
            f"{name}.gtfs.zip" for name in ("dentetsubus", "kumabus", "toshibus", "kumamotoshiden", "kumamotodentetsu")
        ),
        date(2026, 6, 10),
    ),
    Town("porto_alegre", ("poa_eptc.zip", "poa_trensurb.zip"), date(2019, 5, 15), "poa_osm.pbf"),
)


def main() -> list[dict[str, Any]]:
    """Measure both towns, print and keep the figures."""
    data = Path(os.environ.get("MACHI_OPEN_DATA", ROOT.parent / "shared" / "data"))
    if not (data / "gtfs").is_dir():
        raise SystemExit(f"No open data in {data}")
    figures = [row for town in TOWNS for row in _measured(town, data)]
    write("journeys_http", figures)
    print(table(figures))
    return figures


def _measured(town: Town, data: Path) -> list[dict[str, Any]]:
    with ground(database=f"machi_bench_{town.name}", environment={"MACHI_TRUSTED_PROXIES": "1"}) as here:
        if town.map:
            here.manage("import_streets", str(data / "osm" / town.map))
        for feed in town.feeds:
            here.manage(
                "import_gtfs", str(data / "gtfs" / feed), "--now", "--slug", feed.partition(".")[0].replace("_", "-")
            )
        with web(here, workers=LAYOUT[0], threads=LAYOUT[1]) as port:
            return _asked(town, _stops(town, data), port)


def _asked(town: Town, stops: list[tuple[float, float]], port: int) -> list[dict[str, Any]]:
    """Warm both workers up, look at a hundred answers, then let four clients ask."""
    dice = random.Random(5)

    def question() -> bytes:
        start, goal = dice.sample(stops, 2)
        while metres_between(*start, *goal) < NEAREST_M:  # two stops of one name may stand at one place
            start, goal = dice.sample(stops, 2)
        at = datetime.combine(town.day, datetime.min.time(), JST) + timedelta(
            seconds=dice.randrange(6 * 3600, 21 * 3600)
        )
        return json.dumps({"from": _place(start), "to": _place(goal), "at": at.isoformat(), "wanted": 5}).encode()

    def make(_client: int, _turn: int) -> bytes:
        someone = ".".join(str(dice.randrange(1, 250)) for _ in range(4))
        return request("POST", "/api/v1/mobility/journeys", question(), X_Forwarded_For=someone)

    hammer(port, make, clients=CLIENTS, seconds=10, expect=200)
    found = sum(_look_at(port, question()) for _ in range(LOOKED_AT))
    if found < LOOKED_AT // 2:
        raise SystemExit(f"Of {LOOKED_AT} questions only {found} have journeys.")
    load = hammer(port, make, clients=CLIENTS, seconds=SECONDS, expect=200)
    if load.other:
        raise SystemExit(f"Other answers: {load.other} {load.example[:300]!r}")
    told = {
        "measured_against": "the goal",
        "clients": CLIENTS,
        "workers": LAYOUT[0],
        "threads": LAYOUT[1],
        "with_journeys": found,
    }
    rows = []
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        value, goal = load.percentile_ms(share), GOALS_MS[name]
        rows.append(
            figure(
                f"journeys.api.{town.name}.{name}_ms", value, "ms", yardstick=goal, n=len(load.latencies),
                p50=load.percentile_ms(0.5), p99=load.percentile_ms(0.99), is_met=value <= goal, **told,
            )
        )  # fmt: skip
    return rows


def _stops(town: Town, data: Path) -> list[tuple[float, float]]:
    """Return the places of all stops at which vehicles call."""
    found: list[tuple[float, float]] = []
    for name in town.feeds:
        feed = read_feed(read_files(data / "gtfs" / name), Faults())
        if feed is None:
            raise SystemExit(f"{name} is not what it was.")
        called = sorted(set(feed.stop.tolist()))
        found += zip(feed.stop_lat[called].tolist(), feed.stop_lon[called].tolist(), strict=True)
    return found


def _look_at(port: int, body: bytes) -> int:
    """Ask once; tell whether there are journeys, after seeing that each one's legs follow one another."""
    asked = Request(f"http://127.0.0.1:{port}/api/v1/mobility/journeys", body, {"Content-Type": "application/json"})
    with urlopen(asked, timeout=30) as answer:  # noqa: S310 - an address of our own
        journeys = json.load(answer)["journeys"]
    for journey in journeys:
        times = [at for leg in journey["legs"] for at in (leg["leaves_at"], leg["arrives_at"])]
        if times != sorted(times):
            raise SystemExit(f"Legs do not follow one another: {journey['id']}")
    return int(bool(journeys))


def _place(point: tuple[float, float]) -> dict[str, float]:
    return {"lat": round(point[0] + 0.0005, 6), "lon": round(point[1] + 0.0005, 6)}


if __name__ == "__main__":
    sys.exit(sum(not row["is_met"] for row in main()))
