"""Journeys that pass places on the way: one search after another, each from where the one before ended."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from mobility.engine.journeys.approaches import Approaches
from mobility.engine.journeys.asking import Ask
from mobility.engine.journeys.filters import lanes_for
from mobility.engine.journeys.plans import Leg, Plan
from mobility.engine.network import Network
from mobility.engine.timetable import Lanes

Search = Callable[[Network, Ask, Approaches, Approaches], Iterator[Plan]]
Passed = tuple[Approaches, Approaches]
"""The ways to a place and on from it."""
MOST_BEGUN = 12
"""So many beginnings are followed to their end."""


def through(
    network: Network, ask: Ask, ends: tuple[Approaches, Approaches], passed: Sequence[Passed], search: Search
) -> Iterator[Plan]:
    """Give out journeys that pass all of ``ask.via`` in order; each part leaves as soon as the stay before it is over.

    ``passed`` are the ways to and from each of these places. Where one arrives, the parts are sought from the last to the first,
    each arriving in time for the next.
    """
    begins, goals = (ends[0], *(on for _there, on in passed)), (*(there for there, _on in passed), ends[1])
    stages = list(zip(begins, goals, strict=True))
    stays = [via.stay_s for via in ask.via]
    if ask.is_arriving:
        parts = list(search(network, ask, *stages[-1]))
        for (first, last), stay_s in zip(reversed(stages[:-1]), reversed(stays), strict=True):
            parts = list(_before(network, ask, parts, (first, last), stay_s, search))
    else:
        parts = list(search(network, ask, *stages[0]))
        for (first, last), stay_s in zip(stages[1:], stays, strict=True):
            parts = list(_after(network, ask, parts, (first, last), stay_s, search))
    yield from parts


def _after(
    network: Network, ask: Ask, parts: Sequence[Plan], ends: tuple[Approaches, Approaches], stay_s: int, search: Search
) -> Iterator[Plan]:
    """Go on from each arrival with whatever arrives first."""
    for part in sorted(parts, key=lambda plan: plan.arrive_at)[:MOST_BEGUN]:
        found = search(network, replace(ask, at=part.arrive_at + stay_s), *ends)
        on = list(_joined(lanes_for(network, ask), ((part, each) for each in found), stay_s))
        if on:
            yield min(on, key=lambda plan: (plan.arrive_at, -plan.leave_at, plan.changes))


def _before(
    network: Network, ask: Ask, parts: Sequence[Plan], ends: tuple[Approaches, Approaches], stay_s: int, search: Search
) -> Iterator[Plan]:
    """Come to each departure with whatever leaves last."""
    for part in sorted(parts, key=lambda plan: -plan.leave_at)[:MOST_BEGUN]:
        found = search(network, replace(ask, at=part.leave_at - stay_s), *ends)
        there = list(_joined(lanes_for(network, ask), ((each, part) for each in found), stay_s))
        if there:
            yield max(there, key=lambda plan: (plan.leave_at, -plan.arrive_at, -plan.changes))


def _joined(lanes: Lanes, pairs: Iterable[tuple[Plan, Plan]], stay_s: int) -> Iterator[Plan]:
    """Give out the pairs that can be gone one after the other.

    Who does not stay and goes on with the vehicle they came with keeps their seat; from one ride to another they change, which
    takes its time, or walk to the other stop.
    """
    for before, after in pairs:
        last, first = before.legs[-1], after.legs[0]
        if last.way != "ride" or first.way != "ride":
            yield Plan((*before.legs, *after.legs))
        elif not stay_s and (last.trip, last.shift, last.alight) == (first.trip, first.shift, first.board):
            whole = replace(last, end=first.end, arrive_at=first.arrive_at, alight=first.alight)
            yield Plan((*before.legs[:-1], whole, *after.legs[1:]))
        else:
            walked = _changed(lanes, last, first)
            if walked is not None:
                yield Plan((*before.legs, *walked, *after.legs))


def _changed(lanes: Lanes, last: Leg, first: Leg) -> tuple[Leg, ...] | None:
    """Return the walk from one ride to another, none at the same stop; None where there is no time for it."""
    a, b = last.end.stop, first.start.stop
    walked: tuple[Leg, ...] = ()
    if a == b:
        needs = int(lanes.change_s[a])
    else:
        ways = [int(lanes.walk_s[j]) for j in range(*lanes.walk_start[a : a + 2]) if lanes.walk_to[j] == b]
        needs = min(ways, default=-1)
        walked = (Leg("walk", last.end, first.start, last.arrive_at, last.arrive_at + needs),)
    return walked if 0 <= needs <= first.depart_at - last.arrive_at else None
