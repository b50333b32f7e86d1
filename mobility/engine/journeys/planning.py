"""All journeys for one question: by vehicle with whatever brings one there and away, and from door to door without any."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from mobility.engine.journeys.approaches import Approach, Approaches, Carrier, ends_of, on_foot
from mobility.engine.journeys.asking import Ask, Mode
from mobility.engine.journeys.bag import is_settled, worth_showing
from mobility.engine.journeys.between import by_taxi
from mobility.engine.journeys.building import build
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.journeys.plans import Leg, Plan
from mobility.engine.journeys.vias import Passed, through
from mobility.engine.network import Network
from mobility.engine.search import Ahead, Ends, earliest_arrival, first_departure, look_ahead, search_range
from mobility.engine.streets import Gap
from mobility.engine.streets.earth import metres_between
from mobility.engine.timetable import Lanes

Price = Callable[[Sequence[Leg]], int | None]
"""Tells what legs cost in all, None where some of it is not known."""
SPANS = (1, 3, 12)
"""Where nothing leaves within the span asked for, so many times as long is looked at."""
PART_S = 2400
"""So many seconds are looked through at once: in a dense town that is enough for what is shown."""
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
    under_s, is_asking = _under_s(direct), bool(ask.between & carriers.keys())
    plans: dict[object, Plan] = {}
    pairs = [_Pair.of(network, ask, *pair) for pair in _pairs(starts, goals)]
    for span in _spans(ask, pairs):
        for each in _as_liked(network, ask, _looked(network, span, (starts, goals), pairs, carriers, under_s)):
            if each.key not in plans:  # several searches find the same
                plans[each.key] = replace(each, fare=price(each.legs))
        worth = worth_showing(plans.values(), ask.wanted, is_arriving=ask.is_arriving)
        if worth.plans and (
            span.is_last
            or (not is_asking and is_settled(worth, plans.values(), _over_by(span, pairs), is_arriving=ask.is_arriving))
        ):
            return Answer(worth.plans, direct, *span.whole, worth.more is not None)
    return Answer((), direct, *span.whole, gap="no_service")


class _Span(NamedTuple):
    """What to look through next; ``whole`` is what is looked through in the end, and ``is_last`` says that this is all of it."""

    ask: Ask
    whole: tuple[int, int]
    is_last: bool

    @property
    def at_once(self) -> Ask:
        """Return the question of all that is looked through."""
        begin, end = self.whole
        return replace(self.ask, at=end if self.ask.is_arriving else begin, span_s=end - begin)

    @property
    def seen_to(self) -> int:
        """Return to which second all is seen then."""
        return self.ask.at - self.ask.span_s if self.ask.is_arriving else self.ask.at + self.ask.span_s


class _Pair(NamedTuple):
    """A way there and a way away as a search takes them: its lanes, where it begins and ends, and what lies ahead of each stop."""

    start: Approaches
    goal: Approaches
    lanes: Lanes
    ends: tuple[Ends, Ends]
    ahead: Ahead

    @classmethod
    def of(cls, network: Network, ask: Ask, start: Approaches, goal: Approaches) -> "_Pair":
        """Make one; where one arrives, the search runs back from the goal."""
        lanes = lanes_for(network, ask, is_mirrored=ask.is_arriving)
        ends = (ends_of(goal), ends_of(start)) if ask.is_arriving else (ends_of(start), ends_of(goal))
        return cls(start, goal, lanes, ends, look_ahead(lanes, ends[1], ask.most_rides))


def _spans(ask: Ask, pairs: Sequence[_Pair]) -> Iterator[_Span]:
    """Give out what to look through, a part at a time, beginning where something leaves; where a place is passed, all at once:
    there each part of the journey has the whole time.
    """
    way, before = -1 if ask.is_arriving else 1, 0
    for times in SPANS:
        end = ask.span_s * times
        begin, end_at = sorted((ask.at, ask.at + way * end))
        if ask.via:
            yield _Span(replace(ask, span_s=end), (begin, end_at), is_last=True)
            continue
        while before <= end:
            first = min(first_departure(each.lanes, each.ends[0], way * ask.at + before) for each in pairs)
            before = min(first - way * ask.at, end)
            last = min(end, before + PART_S)
            yield _Span(replace(ask, at=ask.at + way * before, span_s=last - before), (begin, end_at), last == end)
            before = last + 1


def _over_by(span: _Span, pairs: Sequence[_Pair]) -> int:
    """Return by when a journey must be over so that none yet unseen arrives as soon (or leaves as late, where one arrives)."""
    way = -1 if span.ask.is_arriving else 1
    unseen = way * span.seen_to + 1
    return way * (min(earliest_arrival(each.lanes, *each.ends, unseen) for each in pairs) - 1)


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


def _looked(
    network: Network,
    span: _Span,
    ends: tuple[Sequence[Approaches], Sequence[Approaches]],
    pairs: Sequence[_Pair],
    carriers: Mapping[Mode, Carrier],
    under_s: int,
) -> Iterator[Plan]:
    """Look through a span; whoever offers rides between two others is asked once, for all that is looked through."""
    ask, (starts, goals) = span.ask, ends
    if ask.via:
        yield from _through(network, ask, starts, goals, carriers)
        return
    yield from _found(network, ask, pairs, under_s)
    if not span.is_last:
        return
    for mode in sorted(ask.between & carriers.keys()):
        for each in by_taxi(network, span.at_once, starts[0], goals[0], carriers[mode], searched):
            if each.arrive_at - each.leave_at < under_s:
                yield each


def _found(network: Network, ask: Ask, pairs: Sequence[_Pair], under_s: int) -> Iterator[Plan]:
    """Search with each way of getting there and away, with short walks and preferred lines alone."""
    for start, goal, _lanes, _ends, ahead in pairs:
        yield from searched(network, ask, start, goal, under_s, ahead=ahead)
        if ask.preferred:
            yield from searched(network, ask, start, goal, under_s, ahead=ahead, only_preferred=True)
    if ask.most_walk_s > SHORT_WALK_S:
        yield from searched(network, ask, _near(pairs[0].start), _near(pairs[0].goal), under_s, ahead=pairs[0].ahead)


def _through(
    network: Network,
    ask: Ask,
    starts: Sequence[Approaches],
    goals: Sequence[Approaches],
    carriers: Mapping[Mode, Carrier],
) -> Iterator[Plan]:
    """Search by all places to pass, with each way of getting there and away; to those places one walks where one can."""
    passed = ways_past(network, ask, carriers)
    if passed is None:
        return
    for start, goal in _pairs(starts, goals):
        yield from through(network, ask, (start, goal), passed, searched)


def ways_past(network: Network, ask: Ask, carriers: Mapping[Mode, Carrier]) -> list[Passed] | None:
    """Return the ways to and from each place to pass; None where one cannot be reached, or left."""
    passed = []
    for via in ask.via:
        passing = replace(ask, start=via.spot, goal=via.spot)
        there, on = (_ways(network, passing, carriers, is_arriving=side) for side in (True, False))
        if isinstance(there, Gap) or isinstance(on, Gap):
            return None
        passed.append((_merged(there), _merged(on)))
    return passed


def _merged(ways: Sequence[Approaches]) -> Approaches:
    """Return the first way to each stop."""
    return {stop: way for each in reversed(ways) for stop, way in each.items()}


def _pairs(starts: Sequence[Approaches], goals: Sequence[Approaches]) -> list[tuple[Approaches, Approaches]]:
    """Return ways there and away; at most one of the two is by a carrier, unless only carriers lead there."""
    return [(start, goal) for start in starts for goal in goals if start is starts[0] or goal is goals[0]]


def _as_liked(network: Network, ask: Ask, found: Iterable[Plan]) -> Iterator[Plan]:
    """Give out the plans with no more changes than somebody likes; those with a line that they prefer bear a mark."""
    for each in found:
        if each.changes < ask.most_rides:
            routes = {network.route_of(ride.trip, ask.day + timedelta(seconds=ride.shift)) for ride in each.rides}
            yield replace(each, is_preferred=not routes.isdisjoint(ask.preferred))


def searched(
    network: Network,
    ask: Ask,
    start: Approaches,
    goal: Approaches,
    under_s: int = MOST_S + 1,
    *,
    ahead: Ahead | None = None,
    only_preferred: bool = False,
) -> Iterator[Plan]:
    """Give out the journeys of one span between two ends that take less than ``under_s``."""
    if not start or not goal:
        return
    lanes = lanes_for(network, ask, only_preferred=only_preferred)
    if ask.is_arriving:
        ends, begin = (ends_of(goal), ends_of(start)), -ask.at
        mirrored = lanes_for(network, ask, is_mirrored=True, only_preferred=only_preferred)
    else:
        ends, begin, mirrored = (ends_of(start), ends_of(goal)), ask.at, lanes
    found = search_range(
        mirrored, *ends, begin, begin + ask.span_s, most_rides=ask.most_rides, under_s=under_s, ahead=ahead
    )
    for each in found:
        built = build(network, lanes, ask.day, each, (start, goal))
        before, after = start[built.rides[0].start.stop], goal[built.rides[-1].end.stop]
        if built.leave_at >= before.not_before and built.rides[-1].arrive_at >= after.not_before:
            yield built


def _near(approaches: Approaches) -> Approaches:
    """Return the stops that are a short walk away."""
    return {stop: each for stop, each in approaches.items() if each.seconds <= SHORT_WALK_S}


def _under_s(direct: Sequence[Plan]) -> int:
    """Return how long a journey is never worth taking: as long as walking all the way, and beyond what anybody is shown."""
    walks = (each for each in direct if all(leg.way == "walk" for leg in each.legs))
    return min((each.arrive_at - each.leave_at for each in walks), default=MOST_S + 1)


def _is_too_far(ask: Ask) -> bool:
    """Tell whether walking all the way takes too long even as the crow flies, about a hundredth left for rounding."""
    fastest = max(ask.walk.speed, ask.walk.off_street, ask.walk.steps)
    return float(metres_between(*ask.start[:2], *ask.goal[:2])) * 990 / fastest > ask.most_direct_s


def _direct(network: Network, ask: Ask, carriers: Mapping[Mode, Carrier], price: Price) -> Iterator[Plan]:
    """Give out the ways from door to door that are not too long, leaving or arriving when asked."""
    ways: list[Approach] = []
    if "walk" in ask.direct and not ask.via and not _is_too_far(ask):
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
