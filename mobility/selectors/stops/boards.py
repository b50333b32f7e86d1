"""The departures of a stop, and the stops near a place."""

from datetime import datetime, timedelta

from kernel.clock import jst_date
from mobility.engine.departures import board_of, next_service
from mobility.engine.live import Overlay
from mobility.engine.network import Network
from mobility.engine.places import StopGroup
from mobility.engine.streets import PROFILES, Gap, Straight
from mobility.engine.streets.words import Point
from mobility.selectors.journeys.asking import instant_of
from mobility.selectors.stops.keeping import group_named, kept_of
from mobility.selectors.stops.telling import StopTeller, seconds_of
from mobility.selectors.stops.words import Departures, DepartureTold, ServiceTold, StopNear, StopsNear

NEAR_DEPARTURES, MOST_NEAR = 3, 20


def departures_of(
    network: Network, stop_id: str, *, at: datetime, most: int, language: str, running: Overlay | None = None
) -> Departures:
    """Return what leaves a stop from ``at`` on, all its platforms together; :raises StopUnknown: for none of that id."""
    group = group_named(network, stop_id)
    day, teller = jst_date(at), StopTeller(network, language, running)
    board = board_of(network, group.stops, day, seconds_of(at, day), most, running=running)
    last = board.last
    return Departures(
        stop=teller.stop(group), at=at, service_day=day + timedelta(seconds=board.service_shift),
        departures=[teller.departure(each, day, last) for each in board.departures], is_cut=board.is_cut,
        last=teller.departure(last, day, last) if last else None,
        next_service=None if board.departures else _next(network, group, at),
    )  # fmt: skip


def stops_near(
    network: Network, here: Point, *, metres: int, at: datetime, language: str, running: Overlay | None = None
) -> StopsNear:
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
    teller = StopTeller(network, language, running)
    found = [_near(teller, groups.groups[number], way, at) for number, way in chosen]
    return StopsNear(found, "" if found else "no_stop_near", is_estimate, attribution)


def _near(teller: StopTeller, group: StopGroup, way: tuple[int, int], at: datetime) -> StopNear:
    day = jst_date(at)
    board = board_of(teller.network, group.stops, day, seconds_of(at, day), NEAR_DEPARTURES, running=teller.running)
    told: list[DepartureTold] = [teller.departure(each, day, board.last) for each in board.departures]
    return StopNear(teller.stop(group), way[1], way[0], told)


def _next(network: Network, group: StopGroup, at: datetime) -> ServiceTold | None:
    found = next_service(network, group.stops, jst_date(at))
    return ServiceTold(found.day, instant_of(found.day, found.first_at)) if found else None
