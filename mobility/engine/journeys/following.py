"""How a journey that somebody follows stands at an instant: each leg as it runs, whether changes hold, what is in its way.

A journey is followed as the legs that were planned. What lies behind the traveller is *held*: sources forget calls that were made,
so a vehicle once boarded stays boarded, whatever its next message says of the stop that it left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from mobility.engine.footpaths import WALK
from mobility.engine.journeys.approaches import spot_of
from mobility.engine.journeys.asking import Spot
from mobility.engine.journeys.plans import Leg
from mobility.engine.live import Times
from mobility.engine.network import Network
from mobility.engine.streets import Profile
from mobility.engine.timetable.arrays import ALIGHT, BOARD

RideState = Literal["planned", "live", "cancelled", "gone", "no_boarding", "no_alighting"]
PhaseKind = Literal["before", "walking", "waiting", "riding", "stranded", "arrived"]
TroubleKind = Literal["missed", "cancelled", "gone", "skipped"]
MINUTE_S = 60
UNBOARDABLE: dict[RideState, TroubleKind] = {"cancelled": "cancelled", "gone": "gone", "no_boarding": "skipped"}


class Held(NamedTuple):
    """When a leg was begun and ended, as far as it was; seconds after the midnight of the journey's day."""

    left_at: int | None = None
    arrived_at: int | None = None


class LegNow(NamedTuple):
    """A leg with its times as they are now; ``state`` is ``planned`` for whoever goes by themself."""

    leg: Leg
    state: RideState = "planned"


class Change(NamedTuple):
    """A change from one ride into another: what it takes, and what is left over (less than nothing where it is missed)."""

    before: int
    after: int
    needed_s: int
    slack_s: int


class Phase(NamedTuple):
    """Where the traveller is: at which leg, doing what; ``next_call`` is the call of a ride that comes next, -1 for none."""

    kind: PhaseKind
    leg: int
    next_call: int = -1


class Trouble(NamedTuple):
    """The first thing that stands in the way, and at which ride."""

    kind: TroubleKind
    leg: int


@dataclass(frozen=True)
class Standing:
    """A followed journey at an instant. ``until`` is when it stands otherwise by itself, None where it does not any more."""

    legs: tuple[LegNow, ...]
    changes: tuple[Change, ...]
    phase: Phase
    trouble: Trouble | None
    held: tuple[Held, ...]
    until: int | None


def standing_of(
    network: Network, day: date, legs: Sequence[Leg], held: Sequence[Held], second: int, walk: Profile = WALK
) -> Standing:
    """Return how a journey stands ``second`` seconds after the midnight of ``day``.

    ``legs`` have the times that were planned; a ride that this timetable does not know has no trip (-1). ``held`` is what an
    earlier standing held, blank where the journey is followed from now on.
    """
    past = tuple(held) or (Held(),) * len(legs)
    now = _own_ways(legs, _rides(network, day, legs, past, second), past)
    changes = tuple(_changes(network, now, walk))
    trouble = _trouble(now, changes, past)
    phase = _phase(network, day, now, _barred(now, trouble, past), second)
    return Standing(
        now, changes, phase, trouble, _held(now, past, phase), _until(network, day, now, trouble, phase, second)
    )


def calls_of(network: Network, day: date, leg: Leg) -> Times:
    """Return how the vehicle of a ride runs; by the timetable where it was cancelled."""
    times = network.times(leg.trip, day + timedelta(seconds=leg.shift))
    planned = None if len(times.stop) else network.planned(leg.trip)
    return times if planned is None else planned


def _rides(network: Network, day: date, legs: Sequence[Leg], past: Sequence[Held], second: int) -> dict[int, LegNow]:
    """Return the rides by the number of their leg, as they run now or ran."""
    rides = {n: leg for n, leg in enumerate(legs) if leg.way == "ride"}
    return {n: _with_past(_ride(network, day, leg), past[n], second) for n, leg in rides.items()}


def _ride(network: Network, day: date, leg: Leg) -> tuple[LegNow, bool, bool]:
    """Return a ride as it runs now, and whether its ends are told by running data."""
    if leg.trip < 0:
        return LegNow(leg, "gone"), False, False
    times = network.times(leg.trip, day + timedelta(seconds=leg.shift))
    if not len(times.stop):
        return LegNow(leg, "cancelled"), False, False
    board = _call(network, times, leg.board, leg.start.stop)
    alight = _call(network, times, leg.alight, leg.end.stop)
    state: RideState = "live" if times.is_told.any() else "planned"
    if alight is None or not times.leave[alight] & ALIGHT:
        state = "no_alighting"
    if board is None or not times.leave[board] & BOARD:
        state = "no_boarding"
    a, b = leg.board if board is None else board, leg.alight if alight is None else alight
    if not a < b < len(times.stop):
        return LegNow(leg, "no_boarding"), False, False
    found = replace(
        leg, board=a, alight=b, start=_stop(network, times, board, leg.start.stop), end=_stop(network, times, alight, leg.end.stop),
        depart_at=int(times.departure[a]) + leg.shift, arrive_at=int(times.arrival[b]) + leg.shift,
    )  # fmt: skip
    return LegNow(found, state), bool(times.is_told[a]), bool(times.is_told[b])


def _call(network: Network, times: Times, call: int, stop: int) -> int | None:
    """Return which call is made at a stop, or at another platform of its station; the nearest to the planned one."""
    if call < len(times.stop) and int(times.stop[call]) == stop:
        return call
    station = network.station_of(stop)
    same = [n for n, each in enumerate(times.stop.tolist()) if network.station_of(each) == station]
    return min(same, key=lambda n: abs(n - call), default=None)


def _stop(network: Network, times: Times, call: int | None, planned: int) -> Spot:
    return spot_of(network, planned if call is None else int(times.stop[call]))


def _with_past(found: tuple[LegNow, bool, bool], past: Held, second: int) -> LegNow:
    """Let a ride have left and arrived as it did, unless its source says that it did not yet."""
    (leg, state), board_told, alight_told = found
    if past.left_at is not None and not (board_told and leg.depart_at > second):
        leg = replace(leg, depart_at=past.left_at)
    if past.arrived_at is not None and not (alight_told and leg.arrive_at > second):
        leg = replace(leg, arrive_at=past.arrived_at)
    return LegNow(leg, state)


def _own_ways(legs: Sequence[Leg], rides: dict[int, LegNow], past: Sequence[Held]) -> tuple[LegNow, ...]:
    """Put the ways on foot (or by bicycle, taxi) between the rides: before the first ride as late as it lets one, else at once."""
    found: list[LegNow] = []
    first = next(iter(rides), len(legs))
    wait = rides[first].leg.depart_at - legs[first].depart_at if first in rides else 0
    for n, leg in enumerate(legs):
        if n in rides:
            found.append(rides[n])
        elif past[n].left_at is not None:
            found.append(LegNow(leg.moved((past[n].left_at or 0) - leg.depart_at)))
        elif n < first:
            found.append(LegNow(leg.moved(wait)))
        else:
            before = found[n - 1].leg.arrive_at if n else leg.depart_at
            at_once = n > 0 and legs[n - 1].arrive_at == leg.depart_at
            found.append(LegNow(leg.moved((before if at_once else max(before, leg.depart_at)) - leg.depart_at)))
    return tuple(found)


def _changes(network: Network, legs: Sequence[LegNow], walk: Profile) -> Iterator[Change]:
    """Give out the changes between rides that run."""
    rides = [n for n, each in enumerate(legs) if each.leg.way == "ride"]
    for before, after in pairwise(rides):
        if legs[after].leg.is_seated or legs[before].state in UNBOARDABLE or legs[after].state in UNBOARDABLE:
            continue
        between = [each.leg.seconds for each in legs[before + 1 : after]]
        needed = sum(between) if between else _change_s(network, legs[before].leg.end.stop, walk)
        yield Change(before, after, needed, legs[after].leg.depart_at - legs[before].leg.arrive_at - needed)


def _change_s(network: Network, stop: int, walk: Profile) -> int:
    """Return what a change at one stop takes at somebody's pace."""
    return max(0, int(network.timetable.change_s[stop])) * WALK.speed // walk.speed


def _trouble(legs: Sequence[LegNow], changes: Sequence[Change], past: Sequence[Held]) -> Trouble | None:
    """Return the first thing that stands in the way of who has not passed it."""
    missed = {change.after for change in changes if change.slack_s < 0}
    for n, (leg, state) in enumerate(legs):
        if leg.way != "ride" or past[n].arrived_at is not None:
            continue
        is_aboard = past[n].left_at is not None
        if state in UNBOARDABLE and not (is_aboard and state != "cancelled"):
            return Trouble(UNBOARDABLE[state], n)
        if n in missed and not is_aboard:
            return Trouble("missed", n)
        if state == "no_alighting":
            return Trouble("skipped", n)
    return None


def _barred(legs: Sequence[LegNow], trouble: Trouble | None, past: Sequence[Held]) -> int:
    """Return the leg at which the traveller cannot get on, -1 for none."""
    if trouble is None or past[trouble.leg].left_at is not None or legs[trouble.leg].state == "no_alighting":
        return -1
    return trouble.leg


def _phase(network: Network, day: date, legs: Sequence[LegNow], barred: int, second: int) -> Phase:
    """Return where the traveller is who goes as planned, up to the ride that cannot be boarded (-1 for none)."""
    if legs and second < legs[0].leg.depart_at and legs[0].leg.way != "ride":
        return Phase("before", 0)
    for n, (leg, state) in enumerate(legs):
        if leg.way != "ride":
            if second < leg.arrive_at:
                return Phase("walking", n)
            continue
        if n == barred and (n or second >= leg.depart_at):
            return Phase("stranded", n)
        if second < leg.depart_at and not leg.is_seated:
            return Phase("waiting", n)
        if second < leg.arrive_at or state == "no_alighting":
            return Phase("riding", n, _next_call(network, day, leg, second))
    return Phase("arrived", len(legs) - 1)


def _next_call(network: Network, day: date, leg: Leg, second: int) -> int:
    """Return the call that a vehicle comes to next, the last where it is there; -1 where the timetable knows it no more."""
    if leg.trip < 0:
        return -1
    arrivals = calls_of(network, day, leg).arrival
    at = int(np.searchsorted(arrivals, second - leg.shift, side="right"))
    return min(max(at, leg.board + 1), len(arrivals) - 1)


def _held(legs: Sequence[LegNow], past: Sequence[Held], phase: Phase) -> tuple[Held, ...]:
    """Hold what lies behind the traveller."""
    found = list(past)
    for n, (leg, _state) in enumerate(legs):
        is_over = n < phase.leg or phase.kind == "arrived"
        is_begun = is_over or (n == phase.leg and phase.kind in {"walking", "riding"})
        found[n] = Held(leg.depart_at if is_begun else None, leg.arrive_at if is_over else None)
    return tuple(found)


def _until(
    network: Network, day: date, legs: Sequence[LegNow], trouble: Trouble | None, phase: Phase, second: int
) -> int | None:
    """Return when the traveller comes to something else; what else one could do is looked at every minute."""
    if phase.kind == "arrived":
        return None
    leg = legs[phase.leg].leg
    moments = [leg.depart_at, leg.arrive_at]
    if phase.next_call >= 0:
        moments.append(int(calls_of(network, day, leg).arrival[phase.next_call]) + leg.shift)
    if trouble is not None:
        moments.append((second // MINUTE_S + 1) * MINUTE_S)
    return min((each for each in moments if each > second), default=(second // MINUTE_S + 1) * MINUTE_S)
