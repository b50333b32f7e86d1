"""All journeys for one question: by vehicle with whatever brings one there and away, and from door to door without any."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from mobility.engine.journeys.approaches import Approach, Approaches, Carrier, ends_of, on_foot
from mobility.engine.journeys.asking import Ask, Mode
from mobility.engine.journeys.bag import Worth, is_outdone, is_settled, worth_showing
from mobility.engine.journeys.between import by_taxi
from mobility.engine.journeys.building import build
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.journeys.plans import Leg, Plan
from mobility.engine.journeys.vias import Passed, through
from mobility.engine.network import Network
from mobility.engine.search import NOT_REACHED, Ahead, Ends, earliest_arrival, first_departure, look_ahead, search_range
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
    pairs = [_Pair.of(network, ask, *pair).looked_ahead(ask) for pair in _pairs(starts, goals)]
    among = _all_pairs(network, ask, pairs)
    for span in _spans(ask, pairs):
        for each in _as_liked(network, ask, _looked(network, span, (starts, goals), among, carriers, under_s)):
            if each.key not in plans:  # several searches find the same
                plans[each.key] = replace(each, fare=price(each.legs))
        shown = [each for each in plans.values() if not is_outdone(each, direct, is_arriving=ask.is_arriving)]
        worth = worth_showing(shown, ask.wanted, is_arriving=ask.is_arriving)
        if worth.plans and (
            span.is_last
            or (not is_asking and worth.more is not None and _is_settled(span, pairs, worth, plans.values()))
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
    """A way there and a way away as searches take them: the day's lanes, those that a search runs over (mirrored where one
    arrives), where it begins and ends in them, and what lies ahead of each stop.
    """

    start: Approaches
    goal: Approaches
    lanes: Lanes
    searched: Lanes
    ends: tuple[Ends, Ends]
    ahead: Ahead | None = None

    @classmethod
    def of(
        cls, network: Network, ask: Ask, start: Approaches, goal: Approaches, *, only_preferred: bool = False
    ) -> "_Pair":
        """Make one of which nobody knows yet what lies ahead."""
        lanes = own = lanes_for(network, ask, only_preferred=only_preferred)
        if ask.is_arriving:
            own = lanes_for(network, ask, is_mirrored=True, only_preferred=only_preferred)
        return cls(start, goal, lanes, own, _ends(ask, start, goal))

    def looked_ahead(self, ask: Ask) -> "_Pair":
        """Return the same, once for all spans that are looked through."""
        return self._replace(ahead=look_ahead(self.searched, self.ends[1], ask.most_rides))

    def first_at_least(self, leave_at: int) -> int:
        """Return before which second the search's goal is never reached by who leaves at one or later."""
        if self.ahead is None:
            return leave_at
        start = self.ends[0]
        return leave_at + int((start.seconds + self.ahead.ready_s[start.stops]).min(initial=NOT_REACHED))

    def first(self, leave_at: int) -> int:
        """Return the second at which it is reached first."""
        return earliest_arrival(self.searched, *self.ends, leave_at)

    def near(self, ask: Ask) -> "_Pair":
        """Return the same with short walks alone."""
        start, goal = _near(self.start), _near(self.goal)
        return self._replace(start=start, goal=goal, ends=_ends(ask, start, goal))


def _ends(ask: Ask, start: Approaches, goal: Approaches) -> tuple[Ends, Ends]:
    """Return where a search begins and ends; where one arrives, it runs back from the goal."""
    ends = ends_of(start), ends_of(goal)
    return (ends[1], ends[0]) if ask.is_arriving else ends


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
            first = min(first_departure(each.searched, each.ends[0], way * ask.at + before) for each in pairs)
            before = min(first - way * ask.at, end)
            last = min(end, before + PART_S)
            yield _Span(replace(ask, at=ask.at + way * before, span_s=last - before), (begin, end_at), last == end)
            before = last + 1


def _is_settled(span: _Span, pairs: Sequence[_Pair], worth: Worth, plans: Collection[Plan]) -> bool:
    """Tell whether nothing yet unseen changes what is shown: by the least that it may take, else by when it arrives first."""
    way = -1 if span.ask.is_arriving else 1
    unseen = way * span.seen_to + 1
    return any(
        is_settled(worth, plans, way * (min(first(each, unseen) for each in pairs) - 1), is_arriving=way == -1)
        for first in (_Pair.first_at_least, _Pair.first)
    )


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
    for pair in pairs:
        yield from _searched(network, ask, pair, under_s)
    if not span.is_last:
        return
    for mode in sorted(ask.between & carriers.keys()):
        for each in by_taxi(network, span.at_once, starts[0], goals[0], carriers[mode], searched):
            if each.arrive_at - each.leave_at < under_s:
                yield each


def _all_pairs(network: Network, ask: Ask, pairs: Sequence[_Pair]) -> list[_Pair]:
    """Return what is searched: each way of getting there and away, besides with short walks and with preferred lines alone."""
    among = list(pairs)
    if ask.preferred:
        preferred = (_Pair.of(network, ask, pair.start, pair.goal, only_preferred=True) for pair in pairs)
        among += [each._replace(ahead=pair.ahead) for each, pair in zip(preferred, pairs, strict=True)]
    if ask.most_walk_s > SHORT_WALK_S:
        among.append(pairs[0].near(ask))
    return among


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
    network: Network, ask: Ask, start: Approaches, goal: Approaches, under_s: int = MOST_S + 1
) -> Iterator[Plan]:
    """Give out the journeys of one span between two ends that take less than ``under_s``."""
    if start and goal:
        yield from _searched(network, ask, _Pair.of(network, ask, start, goal), under_s)


def _searched(network: Network, ask: Ask, pair: _Pair, under_s: int) -> Iterator[Plan]:
    if not pair.start or not pair.goal:
        return
    begin = -ask.at if ask.is_arriving else ask.at
    found = search_range(
        pair.searched,
        *pair.ends,
        begin,
        begin + ask.span_s,
        most_rides=ask.most_rides,
        under_s=under_s,
        ahead=pair.ahead,
    )
    for each in found:
        built = build(network, pair.lanes, ask.day, each, (pair.start, pair.goal))
        before, after = pair.start[built.rides[0].start.stop], pair.goal[built.rides[-1].end.stop]
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
