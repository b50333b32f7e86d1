"""Staying in one's seat: a vehicle that goes on as another trip of its block is ridden through, without a change.

A block (``block_id`` of GTFS) is what one vehicle does on a day, trip by trip. Where a trip ends at the stop at which the next one
begins, and goes on within :data:`MOST_REST_S`, both are laid out once more as one ride: one boards it in one trip and alights in a
later one. The trips themselves stay as they are. Between others the vehicle may stand in a depot: nobody is told to stay in it.

What a feed says of two trips (transfers.txt, types 4 and 5) comes before what blocks tell. Where it names the trips into which a
trip goes on, it goes on into those of them that run on the day and into no others, also where a train is divided; linked trips
may meet on two platforms of a station. Where it says that one must leave, nobody stays.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import count, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from mobility.engine.live import Times
from mobility.engine.search import Ride
from mobility.engine.timetable import Lanes, Timetable, lanes_of
from mobility.engine.timetable.arrays import ALIGHT, BOARD, I32, Array
from mobility.engine.timetable.days import Otherwise

if TYPE_CHECKING:
    from mobility.engine.network import Network

MOST_REST_S = 1800
"""Nobody is kept in a vehicle that rests for longer."""
MOST_KEPT = 16
MOST_JOINED, MOST_WAYS = 40, 64
"""More trips on end than any vehicle makes in a day without a break, and more ways to go on than any train is divided into."""
Chain = Sequence[tuple[int, Times]]
"""Trips that one vehicle makes one after another, each as it runs."""


@dataclass(eq=False)
class Seats:
    """What is ridden through in a network as it runs now; a ride through several trips has a number, from ``first`` on."""

    network: "Network"
    _lanes: dict[tuple[date, bool], Lanes] = field(default_factory=dict)
    _numbers: dict[tuple[tuple[int, int], ...], int] = field(default_factory=dict)
    _next: Iterator[int] = field(default_factory=count)

    @cached_property
    def first(self) -> int:
        """Return the first number that no trip has."""
        return self._base.trips

    @cached_property
    def blocks(self) -> Sequence[Array]:
        """Return the trips of each block in the order in which they leave; those that repeat have no block that could be told."""
        directory, timetable = self.network.feed.directory, self.network.timetable
        found: dict[str, list[int]] = {}
        for trip, block in enumerate(directory.trip_block):
            if block and not self._repeats[trip]:
                found.setdefault(block, []).append(trip)
        leaves = timetable.departure[np.minimum(timetable.trip_event, len(timetable.departure) - 1)] if found else ()
        return [np.array(sorted(each, key=lambda trip: leaves[trip])) for each in found.values() if len(each) > 1]

    @cached_property
    def links(self) -> Mapping[int, tuple[int, ...]]:
        """Return by trip the trips in which one may stay on, as the feed names them."""
        found: dict[int, tuple[int, ...]] = {}
        for one, other, may in self.network.feed.directory.stays.tolist():
            if may:
                found[one] = (*found.get(one, ()), other)
        return found

    @cached_property
    def parted(self) -> frozenset[tuple[int, int]]:
        """Return the pairs of trips between which one must leave."""
        return frozenset((one, other) for one, other, may in self.network.feed.directory.stays.tolist() if not may)

    @cached_property
    def _repeats(self) -> Array:
        """Return which trips repeat: they share the row of their member's file with others."""
        directory = self.network.feed.directory
        first = [each.first_trip for each in directory.members]
        member = np.searchsorted(first, np.arange(len(directory.trip_row)), side="right")
        _rows, at, counts = np.unique(
            np.stack((member, directory.trip_row)), axis=1, return_inverse=True, return_counts=True
        )
        repeats: Array = counts[at.reshape(-1)] > 1
        return repeats

    def lanes(self, day: date, *, is_mirrored: bool = False) -> Lanes:
        """Return a day's lanes with what is ridden through besides; where there are no blocks, the network's own."""
        if not self.blocks and not self.links:
            return self.network.lanes(day, is_mirrored=is_mirrored)
        key = (day, is_mirrored)
        if key not in self._lanes:
            timetable, otherwise = self._with_chains(day)
            for oldest in list(self._lanes)[: max(0, len(self._lanes) - MOST_KEPT + 1)]:
                self._lanes.pop(oldest, None)
            found = self._lanes[key] = lanes_of(timetable, day, is_mirrored=is_mirrored, otherwise=otherwise)
            return found
        return self._lanes[key]

    def parts(self, ride: Ride) -> list[tuple[int, int, int]]:
        """Return the trips that a ride is made on, each with the calls at which one comes into it and leaves it."""
        if ride.trip < self.first:
            return [(ride.trip, ride.board, ride.alight)]
        key = next(key for key, number in list(self._numbers.items()) if number == ride.trip - self.first)
        found, begin = [], 0
        for trip, calls in key:
            board, alight = max(ride.board - begin, 0), min(ride.alight - begin, calls - 1)
            if board < alight:
                found.append((trip, board, alight))
            begin += calls
        return found

    def kept(self, kept: Array) -> Array:
        """Return which rides may be taken, from which trips may: one that is ridden through needs all of its trips."""
        numbers = list(self._numbers.items())
        through = np.ones(max((number for _key, number in numbers), default=-1) + 1, dtype=np.bool_)
        for key, number in numbers:
            through[number] = all(kept[trip] for trip, _calls in key)
        return np.append(kept, through)

    @property
    def _base(self) -> Timetable:
        return self.network.timetable if self.network.live is None else self.network.live.timetable

    def _with_chains(self, day: date) -> tuple[Timetable, Otherwise]:
        """Return the timetable with all that is ridden through about a day behind it, and when that runs."""
        base, live = self._base, self.network.live
        days = [day + timedelta(days=n) for n in (-1, 0, 1)]
        chains = [(on, chain) for on in days for chain in self._chains(on)]
        laid = [_laid(chain) for _on, chain in chains]
        lengths = np.array([len(each[0]) for each in laid], dtype=I32)
        stop, leave, arrival, departure = (
            np.concatenate([np.zeros(0, dtype=I32), *(each[n] for each in laid)]) for n in range(4)
        )
        ends = np.cumsum(lengths, dtype=I32)
        timetable = replace(
            base, pattern_start=np.append(base.pattern_start, base.pattern_start[-1] + ends).astype(I32),
            pattern_stop=np.append(base.pattern_stop, stop).astype(I32),
            pattern_leave=np.append(base.pattern_leave, leave).astype(base.pattern_leave.dtype),
            arrival=np.append(base.arrival, arrival).astype(I32), departure=np.append(base.departure, departure).astype(I32),
        )  # fmt: skip
        own = Otherwise(
            np.array([self._number(chain) for _on, chain in chains], dtype=I32),
            np.array([on.toordinal() for on, _chain in chains], dtype=I32),
            (len(base.pattern_start) - 1 + np.arange(len(chains))).astype(I32),
            (len(base.arrival) + ends - lengths).astype(I32), np.zeros(0, dtype=I32), np.zeros(0, dtype=I32),
        )  # fmt: skip
        if live is None:
            return timetable, own
        return timetable, Otherwise(*(np.append(a, b) for a, b in zip(live.otherwise, own, strict=True)))

    def _number(self, chain: Chain) -> int:
        key = tuple((trip, len(times.stop)) for trip, times in chain)
        if key not in self._numbers:
            self._numbers.setdefault(key, next(self._next))
        return self.first + self._numbers[key]

    def _chains(self, day: date) -> Iterator[Chain]:
        """Give out what one vehicle does without a break on a service day, as far as its trips join: each way to go on once."""
        times = cache(lambda trip: self.network.times(trip, day))
        nexts = self._nexts(day, times)
        followed = {trip for found in nexts.values() for trip in found}
        for first in sorted(nexts.keys() - followed):
            for trips in islice(_ways(nexts, (first,)), MOST_WAYS):
                yield [(trip, times(trip)) for trip in trips]

    def _nexts(self, day: date, times: Callable[[int], Times]) -> dict[int, list[int]]:
        """Return by trip the trips of a service day into which its vehicle goes on with the people in it."""
        timetable, station = self.network.timetable, self.network.station_of
        running = timetable.services_on(day)[timetable.trip_service]
        found: dict[int, list[int]] = {}
        for one, others in self.links.items():
            today = [each for each in others if running[each]] if running[one] else []
            if today:
                found[one] = [each for each in today if _goes_on(times(one), times(each), station)]
        told = frozenset(found)
        for block in self.blocks:
            for one, other in pairwise(block[running[block]].tolist()):
                if one in told or (one, other) in self.parted:
                    continue
                if _goes_on(times(one), times(other), int):
                    found[one] = [other]
        return {one: others for one, others in found.items() if others}


def _goes_on(one: Times, other: Times, place: Callable[[int], int]) -> bool:
    """Tell whether a vehicle that made one trip makes the other with the same people in it, where both meet at one place."""
    if min(len(one.stop), len(other.stop)) < 2 or not (one.leave[-1] and other.leave[0]):
        return False
    if place(int(one.stop[-1])) != place(int(other.stop[0])):
        return False
    return bool(0 <= other.departure[0] - one.arrival[-1] <= MOST_REST_S)


def _ways(nexts: Mapping[int, Sequence[int]], trips: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Give out all ways to go on from the last of some trips, to the end; a circle is gone round no second time."""
    going = [each for each in nexts.get(trips[-1], ()) if each not in trips] if len(trips) < MOST_JOINED else []
    if not going:
        yield trips
    for each in going:
        yield from _ways(nexts, (*trips, each))


def _laid(chain: Chain) -> tuple[Array, Array, Array, Array]:
    """Return stops, leave, arrivals and departures of all calls; nobody boards where a trip ends, nor alights where one begins.

    In the first trip one only boards, in the last one only alights: everything else is a ride of the trip itself.
    """
    leaves: list[Array] = []
    arrivals: list[Array] = []
    departures: list[Array] = []
    for n, (_trip, times) in enumerate(chain):
        leave, arrival, departure = times.leave.copy(), times.arrival.copy(), times.departure.copy()
        if n == 0:
            leave &= BOARD
        else:
            leave[0] &= BOARD
            arrival[0] = max(arrival[0], arrivals[-1][-1])
        if n == len(chain) - 1:
            leave &= ALIGHT
        else:
            leave[-1] &= ALIGHT
            departure[-1] = arrival[-1]
        leaves.append(leave)
        arrivals.append(arrival)
        departures.append(departure)
    return (
        np.concatenate([times.stop for _trip, times in chain]), np.concatenate(leaves), np.concatenate(arrivals),
        np.concatenate(departures),
    )  # fmt: skip
