"""All journeys for one question: by vehicle with whatever brings one there and away, and from door to door without any."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mobility.engine.journeys.approaches import Approach, Approaches, Carrier, ends_of, on_foot
from mobility.engine.journeys.asking import Ask, Mode
from mobility.engine.journeys.bag import worth_showing
from mobility.engine.journeys.building import build
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.journeys.plans import Leg, Plan
from mobility.engine.journeys.vias import through
from mobility.engine.network import Network
from mobility.engine.search import search_range
from mobility.engine.streets import Gap

Price = Callable[[Sequence[Leg]], int | None]
"""Tells what legs cost in all, None where some of it is not known."""
SPANS = (1, 3, 12)
"""Where nothing leaves within the span asked for, so many times as long is looked at."""
SHORT_WALK_S = 300
MOST_S = 43_200
"""Nobody is shown a journey of more than twelve hours: that one could wait a night at a stop is no answer."""


@dataclass(frozen=True)
class Answer:
    """What was found: journeys by vehicle, ways from door to door, and why there may be none.

    ``begin`` and ``end`` are the seconds within which one leaves (or arrives); ``is_cut`` says that more are in there.
    """

    plans: Sequence[Plan]
    direct: Sequence[Plan]
    begin: int
    end: int
    is_cut: bool = False
    gap: str = ""


def plan(network: Network, ask: Ask, carriers: Mapping[Mode, Carrier], price: Price) -> Answer:
    """Return the answer to one question."""
    direct = tuple(_direct(network, ask, carriers, price))
    starts, goals = (_ways(network, ask, carriers, is_arriving=side) for side in (False, True))
    if isinstance(starts, Gap) or isinstance(goals, Gap):
        gap = starts if isinstance(starts, Gap) else goals
        return Answer((), direct, ask.at, ask.at, gap=gap.reason if isinstance(gap, Gap) else "")
    begin = end = ask.at
    for times in SPANS:
        span = replace(ask, span_s=ask.span_s * times)
        begin, end = (ask.at - span.span_s, ask.at) if ask.is_arriving else (ask.at, ask.at + span.span_s)
        found = (
            through(network, span, starts[0], goals[0], searched) if ask.via else _found(network, span, starts, goals)
        )
        plans = [replace(each, fare=price(each.legs)) for each in found]
        worth = worth_showing(_not_slower(plans, direct), ask.wanted, is_arriving=ask.is_arriving)
        if worth.plans:
            return Answer(worth.plans, direct, begin, end, worth.is_cut)
    return Answer((), direct, begin, end, gap="no_service")


def _ways(
    network: Network, ask: Ask, carriers: Mapping[Mode, Carrier], *, is_arriving: bool
) -> Sequence[Approaches] | Gap:
    """Return the ways at one end, walking first; a gap where no stop can be reached in any way."""
    spot, modes = (ask.goal, ask.egress) if is_arriving else (ask.start, ask.access)
    walked = on_foot(network, ask, spot, is_arriving=is_arriving)
    ways: list[Approaches] = [] if isinstance(walked, Gap) else [walked]
    ridden = [mode for mode in sorted(modes - {"walk"}) if mode in carriers]
    ways.extend(carriers[mode].approaches(network, ask, spot, is_arriving=is_arriving) for mode in ridden)
    ways = [each for each in ways if each]
    if ways:
        return ways
    return walked if isinstance(walked, Gap) else Gap("no_stop_near")


def _found(network: Network, ask: Ask, starts: Sequence[Approaches], goals: Sequence[Approaches]) -> Iterator[Plan]:
    """Search with each way of getting there and away; at most one of the two is by a carrier, unless only carriers lead there."""
    pairs = [(start, goal) for start in starts for goal in goals if start is starts[0] or goal is goals[0]]
    for start, goal in pairs:
        yield from searched(network, ask, start, goal)
    if ask.most_walk_s > SHORT_WALK_S:
        yield from searched(network, ask, _near(starts[0]), _near(goals[0]))
    if ask.preferred:
        for each in searched(network, ask, starts[0], goals[0], only_preferred=True):
            yield replace(each, is_preferred=True)


def searched(
    network: Network, ask: Ask, start: Approaches, goal: Approaches, *, only_preferred: bool = False
) -> Iterator[Plan]:
    """Give out the journeys of one span between two ends."""
    if not start or not goal:
        return
    lanes = lanes_for(network, ask, only_preferred=only_preferred)
    if ask.is_arriving:
        mirrored = lanes_for(network, ask, is_mirrored=True, only_preferred=only_preferred)
        found = search_range(
            mirrored, ends_of(goal), ends_of(start), -ask.at, ask.span_s - ask.at, most_rides=ask.most_rides
        )
    else:
        found = search_range(
            lanes, ends_of(start), ends_of(goal), ask.at, ask.at + ask.span_s, most_rides=ask.most_rides
        )
    for each in found:
        built = build(network, lanes, ask.day, each, (start, goal))
        before, after = start[built.rides[0].start.stop], goal[built.rides[-1].end.stop]
        is_offered = built.leave_at >= before.not_before and built.rides[-1].arrive_at >= after.not_before
        if is_offered and built.arrive_at - built.leave_at <= MOST_S:
            yield built


def _near(approaches: Approaches) -> Approaches:
    """Return the stops that are a short walk away."""
    return {stop: each for stop, each in approaches.items() if each.seconds <= SHORT_WALK_S}


def _not_slower(plans: Sequence[Plan], direct: Sequence[Plan]) -> Iterator[Plan]:
    """Give out the plans that take less time than walking all the way."""
    walk = min((each.arrive_at - each.leave_at for each in direct if each.legs[0].way == "walk"), default=None)
    for each in plans:
        if walk is None or each.arrive_at - each.leave_at < walk:
            yield each


def _direct(network: Network, ask: Ask, carriers: Mapping[Mode, Carrier], price: Price) -> Iterator[Plan]:
    """Give out the ways from door to door that are not too long, leaving or arriving when asked."""
    ways: list[Approach] = []
    if "walk" in ask.direct and not ask.via:
        way = network.streets.way(ask.start[:2], ask.goal[:2], ask.walk)
        if not isinstance(way, Gap) and way.seconds <= ask.most_direct_s:
            ways.append(Approach((Leg("walk", ask.start, ask.goal, 0, way.seconds, way.metres, way.risk_m),)))
    for mode in sorted(ask.direct - {"walk"}):
        if mode in carriers and not ask.via:
            ways.extend(carriers[mode].direct(network, ask))
    for each in ways:
        by = ask.at - each.seconds if ask.is_arriving else max(ask.at, each.not_before)
        if by >= each.not_before:
            moved = tuple(leg.moved(by) for leg in each.legs)
            yield Plan(moved, fare=price(moved))
