"""Stops as people mean them: a station with its platforms, or poles of one name on both sides of a street, are one place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mobility.engine.gtfs.places import STATION
from mobility.engine.network import Network
from mobility.engine.places.places import Place
from mobility.engine.places.spelling import folded
from mobility.engine.streets.earth import METRES_A_DEGREE, metres_between
from mobility.engine.streets.words import Point
from mobility.engine.timetable import BOARD
from mobility.engine.timetable.arrays import Array

SAME_PLACE_M = 250


@dataclass(frozen=True)
class StopGroup:
    """Stops that people take for one. ``head`` is the one that stands for all, ``stops`` those at which vehicles call."""

    head: int
    stops: tuple[int, ...]
    at: Point
    departures: int


class StopGroups:
    """All groups of a network; ``of_stop`` finds by a stop, a platform or a station the group that it is in."""

    def __init__(self, network: Network) -> None:
        """Put together what is one."""
        self.feed = network.feed
        self._numbers = network.stop_numbers
        head = _joined(network)
        members: dict[int, list[int]] = {}
        for stop in network.boarded.tolist():
            members.setdefault(head[stop], []).append(stop)
        often = departures_a_day(network)
        self.groups = [
            StopGroup(_standing_for(network, stops), tuple(stops), _middle(network, stops), int(often[stops].sum()))
            for stops in members.values()
        ]
        number = {head_: n for n, head_ in enumerate(members)}
        self.of_stop: Mapping[int, int] = {
            stop: number[head[stop]] for stop in range(len(head)) if head[stop] in number
        }

    def find(self, stop_id: str) -> StopGroup | None:
        """Return the group that a stop, platform or station is in; None where there is no such stop."""
        stop = self._numbers.get(stop_id, -1)
        number = self.of_stop.get(stop, -1)
        return self.groups[number] if number >= 0 else None

    @cached_property
    def places(self) -> Sequence[Place]:
        """Return them as places to search, numbered as the groups are."""
        return [self._place(each) for each in self.groups]

    def _place(self, group: StopGroup) -> Place:
        feed = self.feed
        names = dict(feed.directory.names.forms("stop", group.head))
        return Place("stop", feed.stop_id[group.head], names, *group.at, importance=group.departures)


def departures_a_day(network: Network) -> Array:
    """Return how many vehicles one can board at each stop, on the average of all the feed's days, rounded up."""
    feed = network.feed
    days = feed.runs.sum(axis=1)
    trips = np.repeat(days[feed.trip_service], np.diff(feed.trip_call))
    may_board = (feed.leave & BOARD) > 0
    may_board[feed.trip_call[1:][np.diff(feed.trip_call) > 0] - 1] = False
    often = np.bincount(feed.stop, weights=trips * may_board, minlength=len(feed.stop_id))
    found: Array = np.ceil(often / max(1, feed.runs.shape[1])).astype(np.int64)
    return found


def _joined(network: Network) -> list[int]:
    """Return for each stop which one stands at the head of its group, for now."""
    head = list(range(len(network.feed.stop_id)))

    def top(stop: int) -> int:
        while head[stop] != stop:
            head[stop] = head[head[stop]]
            stop = head[stop]
        return stop

    for one, other in _pairs(network):
        a, b = sorted((top(one), top(other)))
        head[b] = a
    return [top(stop) for stop in range(len(head))]


def _pairs(network: Network) -> Iterator[tuple[int, int]]:
    """Give out the stops that are one place: by their station, and by name and nearness."""
    feed = network.feed
    for stop, parent in enumerate(feed.stop_parent.tolist()):
        if parent >= 0:
            yield parent, stop
    named: dict[str, list[int]] = {}
    for stop in network.boarded.tolist():
        named.setdefault(folded(feed.stop_name[stop]), []).append(stop)
    for name, stops in named.items():
        if name:
            yield from _near(feed.stop_lat, feed.stop_lon, stops)


def _near(lat: Array, lon: Array, stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give out pairs that lie near one another; only those in one band of latitude are measured."""
    by_lat = sorted(stops, key=lambda stop: lat[stop])
    for n, one in enumerate(by_lat):
        for other in by_lat[n + 1 :]:
            if (lat[other] - lat[one]) * METRES_A_DEGREE > SAME_PLACE_M:
                break
            if metres_between(lat[one], lon[one], lat[other], lon[other]) <= SAME_PLACE_M:
                yield one, other


def _standing_for(network: Network, stops: Sequence[int]) -> int:
    """Return which stop stands for a group: its station if it has one alone, else the stop with the smallest id."""
    stations = {network.station_of(stop) for stop in stops}
    stations = {each for each in stations if network.feed.stop_kind[each] == STATION}
    return min(stations or stops, key=lambda stop: (len(network.feed.stop_id[stop]), network.feed.stop_id[stop]))


def _middle(network: Network, stops: Sequence[int]) -> Point:
    lat, lon = network.feed.stop_lat[list(stops)], network.feed.stop_lon[list(stops)]
    return round(float(lat.mean()), 6), round(float(lon.mean()), 6)
