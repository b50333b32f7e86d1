"""A journey that somebody follows, told as it stands, with what can be done instead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from kernel.problems import DomainError
from mobility.engine.journeys import Plan, Spot
from mobility.engine.journeys.approaches import Carrier
from mobility.engine.journeys.asking import Mode
from mobility.engine.journeys.following import Held, Standing, standing_of
from mobility.engine.journeys.instead import instead
from mobility.selectors.journeys.asking import ask_of
from mobility.selectors.journeys.fares import RIDERS, fares_for
from mobility.selectors.journeys.follow_words import ChangeTold, Followed, PhaseTold, TroubleTold
from mobility.selectors.journeys.notices import Notices
from mobility.selectors.journeys.taking import Taken
from mobility.selectors.journeys.telling import Teller
from mobility.selectors.journeys.words import FareTold, Journey
from mobility.selectors.stops.keeping import kept_of

UNKNOWN_FARE = FareTold(None, 0, "JPY", [])


def stands(found: Taken, held: Sequence[Held], *, at: datetime) -> Standing:
    """Return how a followed journey stands at an instant."""
    return standing_of(found.network, found.day, found.legs, held, found.kept.second(at), found.walk)


def tell_followed(found: Taken, held: Sequence[Held], carriers: Mapping[Mode, Carrier], *, at: datetime) -> Followed:
    """Return a followed journey as it stands, and what can be done instead where something is in its way."""
    standing, language = stands(found, held, at=at), found.kept.language
    notices, fare = Notices(at, language), _fare(found)
    teller = Teller(found.network, found.day, language, found.walk, lambda _legs: fare, notices, _called(found))
    is_known = all(leg.trip >= 0 for leg in found.legs if leg.way == "ride")
    return Followed(
        at=at, journey=teller.journey(Plan(tuple(each.leg for each in standing.legs))) if is_known else None,
        phase=_phase(standing, teller),
        changes=[ChangeTold(*each, holds=each.slack_s >= 0) for each in standing.changes],
        trouble=TroubleTold(*standing.trouble) if standing.trouble else None,
        instead=_instead(found, standing, carriers, teller, at) if standing.trouble else [], alerts=notices.told,
    )  # fmt: skip


def _phase(standing: Standing, teller: Teller) -> PhaseTold:
    kind, n, call = standing.phase
    if call < 0:
        return PhaseTold(kind, n)
    leg = standing.legs[n].leg
    here = teller.calls(replace(leg, board=call, alight=call), with_ends=True)
    return PhaseTold(kind, n, here[0], max(0, leg.alight - call))


def _instead(
    found: Taken, standing: Standing, carriers: Mapping[Mode, Carrier], teller: Teller, at: datetime
) -> list[Journey]:
    """Return journeys to take in place of one that is broken; none where the question cannot be answered any more."""
    network, question = found.network, msgspec.structs.replace(found.kept.asked.question, at=at, cursor="")
    try:
        ask = ask_of(network, question, at=at)
    except DomainError:
        return []
    second, fare_of = found.kept.second(at), fares_for(network, found.day, RIDERS[question.rider])
    ask = replace(ask, day=found.day, at=second)
    plans = instead(network, ask, standing, second, carriers, lambda legs: fare_of(legs).total)
    told = replace(teller, fare_of=fare_of, names=teller.names | _names(found, ask.start, ask.goal))
    return [told.journey(each) for each in plans]


def _called(found: Taken) -> dict[Spot, str]:
    return _names(found, found.legs[0].start, found.legs[-1].end)


def _names(found: Taken, start: Spot, goal: Spot) -> dict[Spot, str]:
    """Return what the traveller calls the two ends, where these are no stops."""
    question = found.kept.asked.question
    named = ((start, question.start.name), (goal, question.goal.name))
    return {spot: name for spot, name in named if name and spot.stop < 0}


def _fare(found: Taken) -> FareTold:
    """Return what the journey costs, which no delay changes; unknown for rides that no timetable has."""
    plan = kept_of(found.network).plan
    if any(not 0 <= leg.trip < plan.timetable.trips for leg in found.legs if leg.way == "ride"):
        return UNKNOWN_FARE
    return fares_for(plan, found.day, RIDERS[found.kept.asked.question.rider])(found.legs)
