"""Which journeys are worth showing: those that nothing beats in everything, and of these no more than somebody can read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mobility.engine.journeys.plans import Plan

WALK_STEP_S, RISK_STEP_M = 120, 50
"""Differences below these are none: two minutes' walk, fifty metres of unknown street."""
CHANGE_S, WALK_WEIGHT, RISK_WEIGHT, PREFERRED_S, YEN_S = 300, 1.0, 2.0, 900, 2
"""How somebody weighs journeys against one another, in seconds: a change, walking (beside the time it takes), a metre of unknown
street, the pleasure of a preferred line, a yen."""
TOO_MUCH_S = 1800
"""A journey that weighs so much more than one that leaves no earlier and arrives no later is shown to nobody."""


class Worth(NamedTuple):
    """The plans to show, and the next beyond the last (or before the first) of them, None where there is no more."""

    plans: Sequence[Plan]
    more: Plan | None


def worth_showing(plans: Iterable[Plan], most: int, *, is_arriving: bool = False) -> Worth:
    """Return the plans that no other beats, sorted by departure and arrival: the first ``most``, or the last where one arrives.

    One beats another by being at least as good in departure and arrival (to the minute that people read), changes, walking, fare
    and risk, and better in one. A
    preferred line is never beaten by a journey without one. A fare that is not known is compared with nothing.
    """
    kept: list[Plan] = []
    for each in sorted(plans, key=lambda plan: (plan.arrive_at, -plan.leave_at, weight_of(plan))):
        if not any(_beats(other, each) for other in kept):
            kept = [other for other in kept if not _beats(each, other)]
            kept.append(each)
    kept.sort(key=lambda plan: (plan.leave_at, plan.arrive_at, plan.changes))
    if is_arriving:
        kept.sort(key=lambda plan: (plan.arrive_at, plan.leave_at))
        return Worth(kept[-most:], kept[-most - 1] if len(kept) > most else None)
    return Worth(kept[:most], kept[most] if len(kept) > most else None)


def is_settled(worth: Worth, plans: Iterable[Plan], over_by: int, *, is_arriving: bool = False) -> bool:
    """Tell whether unseen plans can change nothing of those to show: they leave later than any of these, and arrive after
    ``over_by`` (or arrive earlier than any of these, and leave before ``over_by``).

    Whatever beats a plan leaves no earlier and arrives no later: so nothing unseen beats one that is over by then.
    """
    more = worth.more
    if more is None:
        return False
    if is_arriving:
        return all(each.leave_at // 60 >= -(-over_by // 60) for each in plans if each.arrive_at >= more.arrive_at)
    return all(-(-each.arrive_at // 60) <= over_by // 60 for each in plans if each.leave_at <= more.leave_at)


def is_outdone(plan: Plan, direct: Iterable[Plan], *, is_arriving: bool = False) -> bool:
    """Tell whether a journey that takes a taxi for a part of the way weighs no less than one of ``direct`` by taxi all the way.

    That one comes when it is called: as late as somebody likes, but no sooner than it is offered (where one arrives by a time, as
    early as somebody likes). Whoever would be off before waits for it, and the wait weighs as much as it is long. Where a price is
    not known nothing is said.
    """
    if plan.fare is None or all(leg.way != "taxi" for leg in plan.legs):
        return False
    whole = (each for each in direct if each.fare is not None and all(leg.way == "taxi" for leg in each.legs))
    waited = ((each, 0 if is_arriving else max(each.leave_at - plan.leave_at, 0)) for each in whole)
    return any(weight_of(each) + wait_s <= weight_of(plan) for each, wait_s in waited)


def weight_of(plan: Plan) -> float:
    """Return what a journey costs somebody in all, in seconds; the least is the one to take if nothing else is said."""
    return (
        plan.arrive_at - plan.leave_at + CHANGE_S * plan.changes + WALK_WEIGHT * plan.walk_s + RISK_WEIGHT * plan.risk_m
        + YEN_S * (plan.fare or 0) - (PREFERRED_S if plan.is_preferred else 0)
    )  # fmt: skip


def _beats(one: Plan, other: Plan) -> bool:
    if one.leave_at // 60 < other.leave_at // 60 or -(-one.arrive_at // 60) > -(-other.arrive_at // 60):
        return False
    if other.is_preferred and not one.is_preferred:
        return False
    if weight_of(other) - weight_of(one) > TOO_MUCH_S:
        return True
    if (one.fare is None) != (other.fare is None):
        return False
    return all(mine <= theirs for mine, theirs in zip(_measures(one), _measures(other), strict=True))


def _measures(plan: Plan) -> tuple[int, ...]:
    return plan.changes, plan.walk_s // WALK_STEP_S, plan.fare or 0, plan.risk_m // RISK_STEP_M
