"""The departures of a stop, and the stops near a place."""

from datetime import datetime, timedelta

from kernel.clock import jst_date
from mobility.engine.departures import board_of, next_service
from mobility.engine.network import Network
from mobility.engine.places import StopGroup
from mobility.engine.streets import PROFILES, Gap, Straight
from mobility.engine.streets.words import Point
from mobility.errors import OutsideTimetable
from mobility.selectors.journeys.asking import instant_of
from mobility.selectors.stops.alerts import alerts_at
from mobility.selectors.stops.keeping import group_named, kept_of
from mobility.selectors.stops.telling import StopTeller, seconds_of
from mobility.selectors.stops.words import Departures, DepartureTold, ServiceTold, StopNear, StopsNear

NEAR_DEPARTURES, MOST_NEAR = 3, 20
ONE_DAY = timedelta(days=1)


def departures_of(network: Network, stop_id: str, *, at: datetime, most: int, language: str) -> Departures:
    """Return what leaves a stop from ``at`` on, all its platforms together.

    :raises StopUnknown: for none of that id; :raises OutsideTimetable: for a day of which the timetable says nothing.
    """
    group = group_named(network, stop_id)
    first_day, last_day = network.feed.first_day, network.last_day
    if not first_day - ONE_DAY <= jst_date(at) <= last_day + ONE_DAY:
        raise OutsideTimetable(first_day=first_day, last_day=last_day)
    day, teller = jst_date(at), StopTeller(network, language)
    board = board_of(kept_of(network).plan, group.stops, day, seconds_of(at, day), most, running=network)
    last = board.last
    return Departures(
        stop=teller.stop(group), at=at, service_day=day + timedelta(seconds=board.service_shift),
        departures=[teller.departure(each, day, last) for each in board.departures], is_cut=board.is_cut,
        last=teller.departure(last, day, last) if last else None,
        next_service=None if board.departures else _next(network, group, at),
        alerts=alerts_at(network, group, at=at, language=language),
    )  # fmt: skip


def stops_near(network: Network, here: Point, *, metres: int, at: datetime, language: str) -> StopsNear:
    """Return the stops within so many metres on foot, the nearest first, each with what leaves next."""
    walk = PROFILES["walk"]
    reached = network.streets.reach(*here, walk, -(-metres * 1000 // walk.speed) + walk.signal_s, network.targets)
    is_estimate, attribution = isinstance(network.streets, Straight), network.streets.attribution
    if isinstance(reached, Gap):
        nothing = "no_stop_near" if reached.reason == "no_stop_near" else "off_streets"
        return StopsNear([], nothing, is_estimate, attribution)  # type: ignore[arg-type]
    groups, nearest = kept_of(network).groups, dict[int, tuple[int, int]]()
    rows = zip(network.boarded[reached.target].tolist(), reached.seconds.tolist(), reached.metres.tolist(), strict=True)
    for stop, seconds, far in rows:
        number = groups.of_stop[stop]
        if far <= metres:
            nearest[number] = min(nearest.get(number, (seconds, far)), (seconds, far))
    chosen = sorted(nearest.items(), key=lambda each: (each[1], each[0]))[:MOST_NEAR]
    teller = StopTeller(network, language)
    found = [_near(teller, groups.groups[number], way, at) for number, way in chosen]
    return StopsNear(found, "" if found else "no_stop_near", is_estimate, attribution)


def _near(teller: StopTeller, group: StopGroup, way: tuple[int, int], at: datetime) -> StopNear:
    day = jst_date(at)
    plan = kept_of(teller.network).plan
    board = board_of(plan, group.stops, day, seconds_of(at, day), NEAR_DEPARTURES, running=teller.network)
    told: list[DepartureTold] = [teller.departure(each, day, board.last) for each in board.departures]
    return StopNear(teller.stop(group), way[1], way[0], told)


def _next(network: Network, group: StopGroup, at: datetime) -> ServiceTold | None:
    found = next_service(kept_of(network).plan, group.stops, jst_date(at))
    return ServiceTold(found.day, instant_of(found.day, found.first_at)) if found else None
