"""Journeys that pass places on the way: one search after another, each from where the one before ended."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from mobility.engine.journeys.approaches import Approaches
from mobility.engine.journeys.asking import Ask
from mobility.engine.journeys.plans import Plan
from mobility.engine.network import Network

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
        on = list(search(network, replace(ask, at=part.arrive_at + stay_s), *ends))
        if on:
            best = min(on, key=lambda plan: (plan.arrive_at, -plan.leave_at, plan.changes))
            yield Plan((*part.legs, *best.legs))


def _before(
    network: Network, ask: Ask, parts: Sequence[Plan], ends: tuple[Approaches, Approaches], stay_s: int, search: Search
) -> Iterator[Plan]:
    """Come to each departure with whatever leaves last."""
    for part in sorted(parts, key=lambda plan: -plan.leave_at)[:MOST_BEGUN]:
        there = list(search(network, replace(ask, at=part.leave_at - stay_s), *ends))
        if there:
            best = max(there, key=lambda plan: (plan.leave_at, -plan.arrive_at, -plan.changes))
            yield Plan((*best.legs, *part.legs))
