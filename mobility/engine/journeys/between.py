"""The demand taxi between two rides: one gets off where it comes to, and on again where it brings one, where no feet would.

A journey is two parts with a taxi in the middle. Which few pairs of stops are asked for is decided before anybody is asked, by how
early one gets to the first and how little is left from the second; for these the answer is exact: every part worth taking is found,
and joined with every other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from mobility.engine.journeys.approaches import Approach, Approaches, Carrier, ends_of
from mobility.engine.journeys.asking import SPAN_S, Ask, Spot
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.journeys.plans import Plan
from mobility.engine.network import Network
from mobility.engine.search import NOT_REACHED, reach_all
from mobility.engine.streets import PROFILES
from mobility.engine.streets.earth import metres_between
from mobility.engine.timetable.arrays import Array

Search = Callable[[Network, Ask, Approaches, Approaches], Iterator[Plan]]
MOST_FROM, MOST_TO = 4, 4
"""A taxi is asked for from so many stops, and from each to so many."""
LOOKED_AT = 60
"""So many stops on either side are weighed against one another."""
NEAR_M, FAR_M = 300, 8000
LEFT_S = 21_600
"""What is left from a stop is told by the last vehicles that are at the goal within so many seconds."""
DETOUR = 1.3
HERE: Approach = Approach(())


def by_taxi(
    network: Network, ask: Ask, start: Approaches, goal: Approaches, taxi: Carrier, search: Search
) -> Iterator[Plan]:
    """Give out the journeys with a taxi between two rides; there are none for who changes at most once."""
    if ask.most_rides < 3 or not start or not goal:
        return
    pairs = pairs_worth_asking(network, ask, start, goal)
    offers = taxi.between(network, ask, pairs) if pairs else []
    offered = {pair: offer for pair, offer in zip(pairs, offers, strict=True) if offer is not None}
    part = replace(ask, most_rides=ask.most_rides - 2)
    joined = _backwards if ask.is_arriving else _forwards
    for plan in joined(network, part, (start, goal), offered, search):
        if len(plan.rides) < ask.most_rides:
            yield plan


def pairs_worth_asking(network: Network, ask: Ask, start: Approaches, goal: Approaches) -> list[tuple[int, int]]:
    """Return the pairs of stops between which a taxi would bring most: those through which one can be at the goal first.

    From where one can be without a ride a taxi leads as a way to the stops, and so at the end.
    """
    here = ask.at - ask.span_s - LEFT_S if ask.is_arriving else ask.at
    there = ask.at if ask.is_arriving else ask.at + ask.span_s + LEFT_S
    boarded = network.boarded
    arrive, is_reached = _since_second(reach_all(lanes_for(network, ask), ends_of(start), here)[boarded], here)
    mirrored = lanes_for(network, ask, is_mirrored=True)
    left, is_left = _since_second(reach_all(mirrored, ends_of(goal), -there)[boarded], -there)
    first = _best(network, arrive + _drive(network, ask.goal), is_reached & ~np.isin(boarded, list(start)))
    second = _best(network, left + _drive(network, ask.start), is_left & ~np.isin(boarded, list(goal)))
    if not len(first) or not len(second):
        return []
    lat, lon = network.targets.lat, network.targets.lon
    metres = metres_between(lat[first][:, None], lon[first][:, None], lat[second], lon[second])
    weight = arrive[first][:, None] + left[second] + _seconds(metres)
    gains = arrive[first][:, None] + _seconds(metres) < arrive[second]
    weight = weight + np.where(gains, 0, LEFT_S)  # where a vehicle brings one as early, a taxi is asked for last
    weight[(metres < NEAR_M) | (metres > FAR_M)] = NOT_REACHED
    return _few(boarded[first].tolist(), boarded[second].tolist(), weight)


def _since_second(reached: Array, at: int) -> tuple[Array, Array]:
    """Return how long it takes to each, and whether it is reached at all."""
    return reached - at, reached < NOT_REACHED


def _few(first: Sequence[int], second: Sequence[int], weight: Array) -> list[tuple[int, int]]:
    """Return the best pairs, with so many first stops and so many second ones for each."""
    chosen: dict[int, list[int]] = {}
    for n in np.argsort(weight, axis=None, kind="stable").tolist():
        row, column = divmod(n, max(1, len(second)))
        if weight[row, column] >= NOT_REACHED:
            break
        if first[row] not in chosen and len(chosen) == MOST_FROM:
            continue
        there = chosen.setdefault(first[row], [])
        if len(there) < MOST_TO:
            there.append(second[column])
    return [(one, other) for one, others in chosen.items() for other in others]


def _best(network: Network, weight: Array, is_reached: Array) -> Array:
    """Return the best targets, one a station or name."""
    order = np.argsort(np.where(is_reached, weight, NOT_REACHED), kind="stable")[: 4 * LOOKED_AT]
    chosen: dict[object, int] = {}
    for target in order[is_reached[order]].tolist():
        stop = int(network.boarded[target])
        chosen.setdefault((network.station_of(stop), network.feed.stop_name[stop]), target)
    return np.array(list(chosen.values())[:LOOKED_AT], dtype=np.int64)


def _drive(network: Network, spot: Spot) -> Array:
    return _seconds(metres_between(spot.lat, spot.lon, network.targets.lat, network.targets.lon))


def _seconds(metres: Array) -> Array:
    """Return how long a car takes at the least, about."""
    told: Array = metres * DETOUR * 1000 / PROFILES["car"].speed
    return told


Offered = Mapping[tuple[int, int], Approach]


def _forwards(
    network: Network, ask: Ask, ends: tuple[Approaches, Approaches], offered: Offered, search: Search
) -> Iterator[Plan]:
    """From each first stop, go on from each arrival there with whatever arrives first."""
    for first in dict.fromkeys(pair[0] for pair in offered):
        parts = list(search(network, ask, ends[0], {first: HERE}))
        if not parts:
            continue
        begin, end = min(part.arrive_at for part in parts), max(part.arrive_at for part in parts) + SPAN_S
        for since, taxis in _since(offered, first):
            at = max(begin, since)
            onward = list(search(network, replace(ask, at=at, span_s=max(0, end - at)), taxis, ends[1]))
            for part in parts:
                yield from _joined(part, [each for each in onward if each.leave_at >= part.arrive_at])


def _since(offered: Offered, first: int) -> Iterator[tuple[int, Approaches]]:
    """Give out the taxis from a stop by the second from which they can be had."""
    for since in sorted({way.not_before for pair, way in offered.items() if pair[0] == first}):
        yield since, {b: way for (a, b), way in offered.items() if a == first and way.not_before == since}


def _backwards(
    network: Network, ask: Ask, ends: tuple[Approaches, Approaches], offered: Offered, search: Search
) -> Iterator[Plan]:
    """To each second stop, come in time for each departure there with whatever leaves last."""
    for second in dict.fromkeys(pair[1] for pair in offered):
        onward = list(search(network, ask, {second: HERE}, ends[1]))
        if not onward:
            continue
        begin, end = min(part.leave_at for part in onward) - SPAN_S, max(part.leave_at for part in onward)
        part = replace(ask, at=end, span_s=end - begin)
        parts = [
            _waiting(found, taxis)
            for taxis in _by(offered, second, begin)
            for found in search(network, part, ends[0], {stop: Approach(way.legs) for stop, way in taxis.items()})
        ]
        for last in onward:
            arriving = _latest([each for each in parts if each.arrive_at <= last.leave_at])
            yield from (Plan((*each.legs, *last.legs)) for each in arriving)


def _by(offered: Offered, second: int, begin: int) -> Iterator[Approaches]:
    """Give out the taxis to a stop: together those that can be had at any time, each by itself for which one may have to wait."""
    taxis = {a: way for (a, b), way in offered.items() if b == second}
    at_once = {a: way for a, way in taxis.items() if way.not_before <= begin}
    if at_once:
        yield at_once
    yield from ({a: way} for a, way in taxis.items() if a not in at_once)


def _waiting(part: Plan, taxis: Approaches) -> Plan:
    """Return a part whose taxi leaves no earlier than it can be had."""
    taxi, since = part.legs[-1], taxis[part.rides[-1].end.stop].not_before
    return part if taxi.depart_at >= since else Plan((*part.legs[:-1], taxi.moved(since - taxi.depart_at)))


def _joined(part: Plan, onward: Sequence[Plan]) -> Iterator[Plan]:
    """Give out the part with whatever goes on and arrives first, and with what arrives later and takes fewer rides."""
    rides = 2**10
    for each in sorted(onward, key=lambda plan: (plan.arrive_at, len(plan.rides), -plan.leave_at)):
        if len(each.rides) < rides:
            rides = len(each.rides)
            yield Plan((*part.legs, *each.legs))


def _latest(parts: Sequence[Plan]) -> Iterator[Plan]:
    rides = 2**10
    for each in sorted(parts, key=lambda plan: (-plan.leave_at, len(plan.rides), plan.arrive_at)):
        if len(each.rides) < rides:
            rides = len(each.rides)
            yield each
