"""A journey that somebody follows, found again by names and times in the timetable that is used now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import msgspec
import numpy as np

from kernel.clock import JST
from mobility.engine.journeys import Leg, Spot
from mobility.engine.journeys.approaches import spot_of
from mobility.engine.journeys.following import Held
from mobility.engine.live import Times
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES, Profile
from mobility.engine.timetable.days import DAY_S
from mobility.selectors.journeys.asking import PACES, instant_of
from mobility.selectors.journeys.follow_words import FollowAsked, LegTaken, TripTaken
from mobility.selectors.journeys.words import PlaceAsked

MOST_MOVED_S = 1800
"""A trip of the same name that leaves so much earlier or later than was planned is another one."""


class FollowKept(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a followed journey while it lasts; who follows it is not."""

    asked: FollowAsked
    language: str

    @property
    def day(self) -> date:
        """Return the day on which it begins; seconds are counted from its midnight."""
        return self.asked.legs[0].planned_leaves_at.astimezone(JST).date()

    @property
    def walk(self) -> Profile:
        """Return how somebody walks."""
        question = self.asked.question
        profile = PROFILES[question.walk]
        return profile if question.pace == "usual" else profile.at_speed(profile.speed * PACES[question.pace] // 100)

    def second(self, at: datetime) -> int:
        """Return an instant in seconds after the midnight of its day."""
        return int(at.timestamp() - instant_of(self.day, 0).timestamp())


@dataclass(frozen=True)
class Taken:
    """A followed journey in the numbers of one network."""

    network: Network
    kept: FollowKept
    legs: tuple[Leg, ...]

    @cached_property
    def day(self) -> date:
        """Return the day on which it begins."""
        return self.kept.day

    @cached_property
    def walk(self) -> Profile:
        """Return how somebody walks."""
        return self.kept.walk


def taken(network: Network, kept: FollowKept) -> Taken:
    """Find the legs of a followed journey in a network, as they were planned; a ride that it does not have is on trip -1."""
    told = kept.asked.legs
    rides = {n: _ride(network, kept, each) for n, each in enumerate(told) if each.way == "ride"}
    legs, before = [], next(iter(rides), None)
    for n, each in enumerate(told):
        before = n if n in rides else before
        legs.append(rides[n] if n in rides else _own_way(network, kept, each, _late_s(kept, told, rides, n, before)))
    return Taken(network, kept, tuple(legs))


def taken_again(found: Taken, network: Network) -> Taken:
    """Find the legs in another network: where it is the same timetable, which has all of them, they are where they were."""
    trips = [leg.trip for leg in found.legs if leg.way == "ride"]
    if found.network.feed is network.feed and all(0 <= trip < network.timetable.trips for trip in trips):
        return Taken(network, found.kept, found.legs)
    return taken(network, found.kept)


def begun(kept: FollowKept, *, at: datetime) -> tuple[Held, ...]:
    """Return what lay behind the traveller when they began to follow: no more than they can have reached."""
    found: list[Held] = []
    reached: datetime | None = None
    for leg in kept.asked.legs:
        if leg.leaves_at > at or (reached is not None and leg.leaves_at < reached):
            break
        found.append(Held(kept.second(leg.leaves_at), kept.second(leg.arrives_at) if leg.arrives_at <= at else None))
        reached = leg.arrives_at
    return (*found, *[Held()] * (len(kept.asked.legs) - len(found)))


def _late_s(kept: FollowKept, told: Sequence[LegTaken], rides: dict[int, Leg], n: int, ride: int | None) -> int:
    """Return how late the ride was that somebody's own way leads to or comes from, when the journey was taken."""
    if ride is None:
        return 0
    if n < ride:
        return kept.second(told[ride].leaves_at) - rides[ride].depart_at
    return kept.second(told[ride].arrives_at) - rides[ride].arrive_at


def _own_way(network: Network, kept: FollowKept, told: LegTaken, late_s: int) -> Leg:
    start, end = _spot(network, told.start), _spot(network, told.end)
    leave, arrive = (kept.second(each) - late_s for each in (told.leaves_at, told.arrives_at))
    return Leg(told.way, start, end, leave, arrive, told.metres, told.risk_m, offer=told.offer, price=told.fare)


def _spot(network: Network, place: PlaceAsked) -> Spot:
    stop = network.stop_numbers.get(place.stop, -1)
    return spot_of(network, stop) if stop >= 0 else Spot(place.lat or 0.0, place.lon or 0.0)


def _ride(network: Network, kept: FollowKept, told: LegTaken) -> Leg:
    """Return a ride with its trip and calls: of those of its name the one that leaves nearest to when it should."""
    leave, arrive = kept.second(told.planned_leaves_at), kept.second(told.planned_arrives_at)
    leg = Leg(
        "ride",
        _spot(network, told.start),
        _spot(network, told.end),
        leave,
        arrive,
        price=None,
        is_seated=told.is_seated,
    )
    if told.trip is None:
        return leg
    shift, day = (told.trip.day - kept.day).days * DAY_S, told.trip.day
    found = [each for n in _trips(network, told.trip) for each in _on(network, leg, n, day, shift)]
    best = min(found, key=lambda each: abs(each.depart_at - leave), default=leg)
    return best if abs(best.depart_at - leave) <= MOST_MOVED_S else leg


def _trips(network: Network, trip: TripTaken) -> Iterable[int]:
    """Return the trips of a name that run on a day: one of the timetable, with those that repeat it, or one besides."""
    n, ids = network.trip_numbers.get(trip.id), network.feed.trip_id
    if n is not None:
        running = network.timetable.services_on(trip.day)
        while n < len(ids) and ids[n] == trip.id:
            if running[network.feed.trip_service[n]]:
                yield n
            n += 1
    elif network.live is not None and trip.id in network.live.names:
        besides = network.timetable.trips + list(network.live.names).index(trip.id)
        if network.live.row(besides, trip.day) is not None:
            yield besides


def _on(network: Network, leg: Leg, trip: int, day: date, shift: int) -> Iterable[Leg]:
    """Give out the ride on one trip, if that calls at both its stops in this order."""
    times = network.planned(trip) or network.times(trip, day)
    boards = _calls_at(network, times, leg.start.stop)
    board = min(boards, key=lambda n: abs(int(times.departure[n]) + shift - leg.depart_at), default=-1)
    alight = next((n for n in _calls_at(network, times, leg.end.stop) if n > board), -1)
    if 0 <= board < alight:
        yield replace(
            leg, trip=trip, shift=shift, board=board, alight=alight, start=spot_of(network, int(times.stop[board])),
            end=spot_of(network, int(times.stop[alight])), depart_at=int(times.departure[board]) + shift,
            arrive_at=int(times.arrival[alight]) + shift,
        )  # fmt: skip


def _calls_at(network: Network, times: Times, stop: int) -> list[int]:
    """Return the calls at a stop, else at other platforms of its station."""
    if stop < 0:
        return []
    exact: list[int] = np.flatnonzero(times.stop == stop).tolist()
    if exact:
        return exact
    station = network.station_of(stop)
    return [n for n, each in enumerate(times.stop.tolist()) if network.station_of(each) == station]
