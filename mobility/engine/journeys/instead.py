"""What somebody can do instead whose journey is broken: from the vehicle they are on, the stop where they stand, or the start."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from mobility.engine.journeys.approaches import Approach, Carrier, on_foot, spot_of
from mobility.engine.journeys.asking import Ask, Mode, Spot, Via
from mobility.engine.journeys.bag import Worth, worth_showing
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.journeys.following import MINUTE_S, LegNow, Standing, calls_of
from mobility.engine.journeys.planning import SPANS, Price, plan, searched, ways_past
from mobility.engine.journeys.plans import Leg, Plan
from mobility.engine.journeys.vias import through
from mobility.engine.network import Network
from mobility.engine.streets import Gap
from mobility.engine.streets.earth import metres_between
from mobility.engine.timetable import Lanes
from mobility.engine.timetable.arrays import ALIGHT

MOST = 3
EARLIER_S = 900
"""Who has not set out yet is also shown what leaves so much earlier."""
PASSED_M = 50.0


class Got(NamedTuple):
    """How somebody on a vehicle gets to where they can board another: the legs, and when they are ready there."""

    ready_at: int
    legs: tuple[Leg, ...]


def instead(
    network: Network, ask: Ask, standing: Standing, second: int, carriers: Mapping[Mode, Carrier], price: Price
) -> Sequence[Plan]:
    """Return the best ways on, those that arrive first before others.

    ``ask`` is the question that the journey answered. Within one minute the same is found.
    """
    now = standing.legs[standing.phase.leg]
    ask = replace(ask, is_arriving=False, wanted=MOST, via=_to_pass(ask, standing))
    if standing.phase.next_call >= 0 and now.state != "cancelled":
        found = _from_aboard(network, replace(ask, at=second - second % MINUTE_S), now, standing.phase.next_call, price)
        if found:
            return found
    start, at = _stands(network, ask, standing, -(-second // MINUTE_S) * MINUTE_S)
    answer = plan(network, replace(ask, start=start, at=at), carriers, price)
    first = min((each.arrive_at for each in answer.plans), default=None)
    direct = [each for each in answer.direct if first is None or each.arrive_at <= first]
    return _first([*answer.plans, *direct])


def _first(plans: Sequence[Plan]) -> Sequence[Plan]:
    return sorted(plans, key=lambda each: (each.arrive_at, each.changes, -each.leave_at))[:MOST]


def _stands(network: Network, ask: Ask, standing: Standing, minute: int) -> tuple[Spot, int]:
    """Return from where and when somebody goes on who is on no vehicle that they could change from."""
    phase, (leg, state) = standing.phase, standing.legs[standing.phase.leg]
    if phase.kind == "before":
        return ask.start, max(minute, leg.depart_at - EARLIER_S)
    if phase.next_call >= 0 and state == "cancelled":  # under way: everybody has to get off at the next stop
        leg = next(_rides_on(network, ask, leg, phase.next_call), leg)
    elif phase.next_call >= 0:  # the stop is left out, and so are all after it: everybody had to get off before
        leg = [leg, *_rides_on(network, ask, leg, leg.board + 1)][-1]
    if phase.kind in {"walking", "riding"}:
        return leg.end, max(minute, leg.arrive_at)
    return leg.start, minute


def _to_pass(ask: Ask, standing: Standing) -> tuple[Via, ...]:
    """Return the places on the way that are still to be passed."""
    left = list(ask.via)
    for each in standing.legs[: standing.phase.leg]:
        end = each.leg.end
        if left and float(metres_between(end.lat, end.lon, left[0].spot.lat, left[0].spot.lon)) <= PASSED_M:
            left.pop(0)
    return tuple(left)


def _from_aboard(network: Network, ask: Ask, now: LegNow, next_call: int, price: Price) -> Sequence[Plan]:
    """Return the ways on of who sits in a vehicle: they get off where they like, and change there or walk."""
    for times in SPANS:
        span = replace(ask, span_s=ask.span_s * times)
        plans = [replace(each, fare=price(each.legs)) for each in _ways_on(network, span, now, next_call)]
        found: Worth = worth_showing(plans, len(plans))
        if found.plans:
            return _first(found.plans)
    return ()


def _ways_on(network: Network, ask: Ask, now: LegNow, next_call: int) -> Iterator[Plan]:
    rides = {each.end.stop: each for each in reversed(list(_rides_on(network, ask, now.leg, next_call)))}
    goal = on_foot(network, ask, ask.goal, is_arriving=True)
    if isinstance(goal, Gap):
        return
    got = _got(network, lanes_for(network, ask), rides)
    begin = {stop: Approach((_unseen(network, ask, stop, each.ready_at),)) for stop, each in got.items()}
    passed = ways_past(network, ask, {})
    if passed is None:
        return
    search = through(network, ask, (begin, goal), passed, searched) if passed else searched(network, ask, begin, goal)
    for each in search:
        yield Plan((*got[each.legs[1].start.stop].legs, *each.legs[1:]))
    for stop in () if ask.via else rides.keys() & goal.keys():
        yield Plan((rides[stop], *(leg.moved(rides[stop].arrive_at) for leg in goal[stop].legs)))


def _rides_on(network: Network, ask: Ask, leg: Leg, next_call: int) -> Iterator[Leg]:
    """Give out the ride with each end that it may still have."""
    times = calls_of(network, ask.day, leg)
    for call in range(next_call, len(times.stop)):
        if times.leave[call] & ALIGHT:
            end, at = spot_of(network, int(times.stop[call])), int(times.arrival[call]) + leg.shift
            yield replace(leg, end=end, alight=call, arrive_at=at)


def _got(network: Network, lanes: Lanes, rides: dict[int, Leg]) -> dict[int, Got]:
    """Return where another vehicle can be boarded, after a change at the stop or one walk from it."""
    found: dict[int, Got] = {}

    def take(stop: int, each: Got) -> None:
        if stop not in found or each.ready_at < found[stop].ready_at:
            found[stop] = each

    for stop, ride in rides.items():
        if lanes.change_s[stop] >= 0:
            take(stop, Got(ride.arrive_at + int(lanes.change_s[stop]), (ride,)))
        part = slice(int(lanes.walk_start[stop]), int(lanes.walk_start[stop + 1]))
        for to, seconds in zip(lanes.walk_to[part].tolist(), lanes.walk_s[part].tolist(), strict=True):
            if to != stop:
                end = spot_of(network, to)
                walk = Leg("walk", ride.end, end, ride.arrive_at, ride.arrive_at + seconds)
                take(to, Got(walk.arrive_at, (ride, walk)))
    return found


def _unseen(network: Network, ask: Ask, stop: int, ready_at: int) -> Leg:
    """Return the time until one is ready at a stop as a way there: the search takes it, nobody is shown it."""
    return Leg("walk", ask.start, spot_of(network, stop), 0, ready_at - ask.at)
