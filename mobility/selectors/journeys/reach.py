"""How far one gets in time: every stop with the minutes it takes."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
import numpy as np

from kernel.problems import FieldFault
from mobility.engine.journeys import Ask
from mobility.engine.journeys.approaches import ends_of, on_foot, spot_of
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.network import Network
from mobility.engine.search import NOT_REACHED, reach_all
from mobility.engine.streets import Gap, Targets
from mobility.engine.streets.isochrones import as_geojson, bands_of
from mobility.engine.timetable.arrays import Array
from mobility.errors import PlaceOffMap
from mobility.selectors.journeys.asking import ask_of, is_far_off
from mobility.selectors.journeys.telling import Teller
from mobility.selectors.journeys.words import FareTold, Here, JourneysAsked, Pace, PlaceAsked, Walking


class ReachAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """Where from, when, and within how many minutes."""

    start: PlaceAsked
    at: datetime | None = None
    minutes: Annotated[int, msgspec.Meta(ge=5, le=120)] = 30
    walk: Walking = "walk"
    pace: Pace = "usual"
    most_walk_minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 15


class StopReached(msgspec.Struct, frozen=True):
    """A stop, and after how many minutes one stands there."""

    place: Here
    minutes: int


class Reach(msgspec.Struct, frozen=True, rename={"start": "from"}):
    """All stops that are reached, the nearest in time first; ``area`` is a GeoJSON FeatureCollection of bands of five minutes."""

    start: Here
    at: datetime
    minutes: int
    stops: list[StopReached]
    area: dict[str, Any]
    attribution: str


def find_reach(network: Network, asked: ReachAsked, *, at: datetime, language: str) -> Reach:
    """Return the stops reached in time, on foot or by vehicle; :raises PlaceOffMap: and whatever :func:`ask_of` refuses."""
    question = JourneysAsked(
        asked.start, NOWHERE, at=asked.at, walk=asked.walk, pace=asked.pace, most_walk_minutes=asked.most_walk_minutes
    )
    ask = ask_of(network, question, at=at)
    near = on_foot(network, ask, ask.start)
    if isinstance(near, Gap) or is_far_off(network, ask.start):
        raise PlaceOffMap(errors=[FieldFault("from", "place_off_map", str(PlaceOffMap.title))])
    arrived = reach_all(lanes_for(network, ask), ends_of(near), ask.at)
    teller = Teller(network, ask.day, language, ask.walk, lambda _legs: FareTold(None, 0, "JPY", []))
    if asked.start.name:
        teller.names[ask.start] = asked.start.name
    limit = ask.at + asked.minutes * 60
    found = [
        (int(arrived[stop]), stop)
        for stop in network.boarded.tolist()
        if arrived[stop] < NOT_REACHED and arrived[stop] <= limit
    ]
    stops = [
        StopReached(teller.here(spot_of(network, stop)), -(-(second - ask.at) // 60)) for second, stop in sorted(found)
    ]
    return Reach(
        teller.here(ask.start), asked.at or at, asked.minutes, stops, _area(network, ask, arrived, limit),
        network.streets.attribution,
    )  # fmt: skip


def _area(network: Network, ask: Ask, arrived: Array, limit: int) -> dict[str, Any]:
    """Return where one is in time: around the start, and around each stop that is reached."""
    reached = network.boarded[arrived[network.boarded] <= limit]
    starts = Targets(
        np.append(ask.start.lat, network.feed.stop_lat[reached]),
        np.append(ask.start.lon, network.feed.stop_lon[reached]),
    )
    seconds = np.append(0, arrived[reached] - ask.at).astype(np.int32)
    return as_geojson(bands_of(network.streets, starts, seconds, ask.walk, limit - ask.at), network.streets.attribution)


NOWHERE = PlaceAsked(lat=0, lon=0)
