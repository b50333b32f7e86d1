"""Notices about a stop: about itself or a platform of it, about a line that calls there, about everything."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np

from mobility.engine.gtfs.places import STATION
from mobility.engine.live_results import Touched
from mobility.engine.network import Network
from mobility.engine.places import StopGroup
from mobility.selectors.live.alerts import AlertTold, alerts_now


def alerts_at(network: Network, group: StopGroup, *, at: datetime, language: str) -> list[AlertTold]:
    """Return the notices that stand and matter to whoever waits there, what was said last first."""
    return [each for each in alerts_now(at=at, language=language).alerts if is_about(network, group, each.touched)]


def is_about(network: Network, group: StopGroup, touched: Iterable[Touched]) -> bool:
    """Tell whether a notice matters there; one that names nothing is about everything."""
    entries = list(touched)
    feed = network.feed
    stops = {feed.stop_id[each] for each in (group.head, *group.stops, *_stations(network, group))}
    routes = routes_at(network, group)
    ids = {feed.route_id[route]: int(feed.route_kind[route]) for route in routes}
    agencies = {feed.directory.agencies[n].id for n in feed.directory.route_agency[routes].tolist() if n >= 0}
    return not entries or any(_fits(each, stops, ids, agencies) for each in entries)


def routes_at(network: Network, group: StopGroup) -> list[int]:
    """Return the lines that call at a stop, by their numbers."""
    calls = np.isin(network.feed.stop, group.stops)
    trip = np.repeat(np.arange(len(network.feed.trip_id)), np.diff(network.feed.trip_call))
    routes: list[int] = np.unique(network.feed.trip_route[trip[calls]]).tolist()
    return routes


def _stations(network: Network, group: StopGroup) -> Sequence[int]:
    found = {network.station_of(stop) for stop in group.stops}
    return [each for each in found if network.feed.stop_kind[each] == STATION]


def _fits(each: Touched, stops: set[str], routes: dict[str, int], agencies: set[str]) -> bool:
    """Tell whether one entry fits in all that it names; a single trip matters where its line does."""
    return (
        each.stop in {"", *stops}
        and each.route in {"", *routes}
        and each.route_type in {-1, *routes.values()}
        and each.agency in {"", *agencies}
    )
