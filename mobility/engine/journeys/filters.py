"""A day's lanes for one person: without rides they cannot or will not take, with walks at their pace, none too long for them."""

import numpy as np

from mobility.engine.footpaths import slower
from mobility.engine.journeys.asking import Ask
from mobility.engine.network import Network
from mobility.engine.timetable import Lanes
from mobility.engine.timetable.arrays import I32, Array

NOT_POSSIBLE = 2


def lanes_for(network: Network, ask: Ask, *, is_mirrored: bool = False, only_preferred: bool = False) -> Lanes:
    """Return the lanes of the asked day as somebody may use them."""
    lanes = network.seats.lanes(ask.day, is_mirrored=is_mirrored)
    lanes = _without_stops(network, ask, lanes)
    kept = _may_ride(network, ask, only_preferred=only_preferred)
    if kept is not None:
        lanes = with_rides(lanes, network.seats.kept(kept)[lanes.trip])
    lanes = network.footpaths(ask.walk).under(lanes, ask.most_walk_s)
    return lanes._replace(change_s=slower(lanes.change_s, ask.walk).astype(I32))


def with_rides(lanes: Lanes, is_kept: Array) -> Lanes:
    """Return the lanes with some of their rides alone; they stay in order."""
    before = np.concatenate(([0], np.cumsum(is_kept)))
    return lanes._replace(
        ride=before[lanes.ride].astype(I32),
        trip=lanes.trip[is_kept],
        first=lanes.first[is_kept],
        shift=lanes.shift[is_kept],
    )


def _may_ride(network: Network, ask: Ask, *, only_preferred: bool) -> Array | None:
    """Return by trip whether it may be taken; None for all of them."""
    directory, route = network.feed.directory, network.feed.trip_route
    masks = []
    if ask.avoided:
        masks.append(~np.isin(route, list(ask.avoided)))
    if only_preferred:
        masks.append(np.isin(route, list(ask.preferred)))
    if ask.kinds is not None:
        masks.append(np.isin(network.feed.route_kind[route], list(ask.kinds)))
    if ask.is_wheelchair:
        masks.append(directory.trip_wheelchair != NOT_POSSIBLE)
    if ask.has_bicycle:
        masks.append(directory.trip_bikes == 1)
    if not masks:
        return None
    kept = np.logical_and.reduce(masks)
    besides = network.live.timetable.trips - network.timetable.trips if network.live else 0
    return np.append(kept, np.full(besides, fill_value=_takes_unknown(ask, only_preferred=only_preferred)))


def _takes_unknown(ask: Ask, *, only_preferred: bool) -> bool:
    """Tell whether somebody rides what runs besides the timetable, of which nothing is known but where it calls."""
    return not (only_preferred or ask.kinds is not None or ask.has_bicycle)


def _without_stops(network: Network, ask: Ask, lanes: Lanes) -> Lanes:
    """Let nobody on or off where a wheelchair cannot, or where the stop is not to be used."""
    barred = np.zeros(network.timetable.stops, dtype=np.bool_)
    if ask.is_wheelchair:
        barred |= network.feed.directory.stop_wheelchair == NOT_POSSIBLE
    barred[list(ask.banned_stops)] = True
    if not barred.any():
        return lanes
    return lanes._replace(leave=np.where(barred[lanes.stop], 0, lanes.leave).astype(lanes.leave.dtype))
