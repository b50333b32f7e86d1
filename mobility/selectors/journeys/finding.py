"""Journeys for a question: the engine's answer, told."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from kernel.problems import FieldFault
from mobility.engine.fares import Pass
from mobility.engine.journeys import Answer, Ask, Plan, plan
from mobility.engine.journeys.approaches import Carrier
from mobility.engine.journeys.asking import Mode
from mobility.engine.network import Network
from mobility.errors import PlaceOffMap
from mobility.selectors.journeys.asking import Cursor, ask_of, instant_of, is_far_off
from mobility.selectors.journeys.carriers import dock_names
from mobility.selectors.journeys.closures import Closures
from mobility.selectors.journeys.fares import RIDERS, fares_for
from mobility.selectors.journeys.notices import Notices
from mobility.selectors.journeys.telling import Teller
from mobility.selectors.journeys.words import Journeys, JourneysAsked

MEASURES: Mapping[str, Callable[[Plan], tuple[int, ...]]] = {
    "soonest": lambda plan: (plan.arrive_at, -plan.leave_at),
    "cheapest": lambda plan: (plan.fare is None, plan.fare or 0),
    "fewest_changes": lambda plan: (plan.changes,),
    "least_walking": lambda plan: (plan.walk_s // 60,),
}
OFF_MAP = {"start_off_streets": "from", "end_off_streets": "to"}


def find_journeys(
    network: Network,
    asked: JourneysAsked,
    *,
    at: datetime,
    language: str,
    carriers: Mapping[Mode, Carrier],
    passes: Sequence[Pass] = (),
) -> Journeys:
    """Return the journeys for a question at an instant, in a language.

    :raises PlaceOffMap: where nobody can walk to any street; and whatever :func:`ask_of` refuses.
    """
    ask = ask_of(network, asked, at=at)
    fare_of = fares_for(network, ask.day, RIDERS[asked.rider], passes)
    answer = plan(network, ask, carriers, lambda legs: fare_of(legs).total)
    if not answer.plans and not answer.direct:
        _refuse_far_off(network, ask, answer.gap)
    names = {ask.start: asked.start.name, ask.goal: asked.goal.name}
    called = dock_names(at=at, language=language) if "bicycle" in asked.own else {}
    called |= {spot: name for spot, name in names.items() if name}
    notices, closures = Notices(at, language), Closures(network, language)
    teller = Teller(network, ask.day, language, ask.walk, fare_of, notices, called, closures)
    earlier, later = _cursors(ask, answer)
    journeys = [teller.journey(each, _best(each, answer.plans)) for each in answer.plans]
    return Journeys(
        start=teller.here(ask.start), goal=teller.here(ask.goal), at=instant_of(ask.day, ask.at), is_arriving=ask.is_arriving,
        journeys=journeys,
        direct=[teller.journey(each) for each in answer.direct], earlier=earlier, later=later,
        nothing="" if answer.plans else answer.gap, attribution=network.streets.attribution, alerts=notices.told,
    )  # fmt: skip


def _refuse_far_off(network: Network, ask: Ask, gap: str) -> None:
    """Refuse a place from which nobody can walk to any street, or so far from every stop that it is no place of this town.

    :raises PlaceOffMap: naming which of the two it is.
    """
    fields = [OFF_MAP[gap]] if gap in OFF_MAP else []
    fields += [field for field, spot in (("from", ask.start), ("to", ask.goal)) if is_far_off(network, spot)]
    if fields:
        raise PlaceOffMap(errors=[FieldFault(field, "place_off_map", str(PlaceOffMap.title)) for field in fields])


def _cursors(ask: Ask, answer: Answer) -> tuple[str, str]:
    """Return where to go on: behind the last journey shown where there are more, else behind what was looked at.

    Earlier pages are asked for by arrival, a second before the first shown; later ones by departure.
    """
    begin, end = answer.begin, answer.end
    if answer.plans:
        last = answer.plans[-1].leave_at if ask.is_arriving or answer.is_cut else end
        first = min(each.arrive_at for each in answer.plans)
        return Cursor("e", instant_of(ask.day, first - 1)).text(), Cursor("l", instant_of(ask.day, last + 1)).text()
    return Cursor("e", instant_of(ask.day, begin)).text(), Cursor("l", instant_of(ask.day, end)).text()


def _best(one: Plan, plans: Sequence[Plan]) -> list[str]:
    """Return in what a journey is the best of those shown; nothing where there is no choice."""
    found = []
    for name, measure in MEASURES.items():
        values = [measure(each) for each in plans]
        if measure(one) == min(values) != max(values) and (name != "cheapest" or one.fare is not None):
            found.append(name)
    return found
