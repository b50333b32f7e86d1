"""Stops with their platforms and lines; lines with the ways they take."""

from datetime import date, datetime

import numpy as np

from kernel.clock import jst_date
from kernel.problems import NotFound
from mobility.engine.departures import Course, courses_of
from mobility.engine.journeys.lines import encoded, ride_line
from mobility.engine.network import Network
from mobility.selectors.journeys.telling import POSSIBLE
from mobility.selectors.stops.alerts import routes_at
from mobility.selectors.stops.keeping import group_named, kept_of
from mobility.selectors.stops.telling import StopTeller, names_of
from mobility.selectors.stops.words import CourseTold, LineDetail, Lines, PlatformTold, StopDetail, Weekday

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def stop_detail(network: Network, stop_id: str, *, language: str) -> StopDetail:
    """Return a stop, whichever of its platforms is named; :raises StopUnknown: for none of that id."""
    group, teller = group_named(network, stop_id), StopTeller(network, language)
    return StopDetail(
        stop=teller.stop(group), names=dict(names_of(network, group.head)),
        platforms=[_platform(teller, stop) for stop in group.stops],
        lines=[teller.line(route) for route in routes_at(network, group)],
    )  # fmt: skip


def all_lines(network: Network, *, language: str) -> Lines:
    """Return all lines that run, in the order of the feeds."""
    teller = StopTeller(network, language)
    return Lines([teller.line(route) for route in np.unique(network.feed.trip_route).tolist()])


def line_detail(network: Network, route_id: str, *, at: datetime, language: str) -> LineDetail:
    """Return a line and its ways from today on; :raises NotFound: for none of that id."""
    route = network.route_numbers.get(route_id)
    if route is None:
        raise NotFound
    teller, today = StopTeller(kept_of(network).plan, language), jst_date(at)
    description = network.feed.directory.names.of("route_desc", route, language)
    found = [_course(teller, each, today) for each in courses_of(network, route, today)]
    return LineDetail(teller.line(route), description, found)


def _course(teller: StopTeller, course: Course, today: date) -> CourseTold:
    line = ride_line(teller.network, course.trip, today, 0, len(course.stops) - 1)
    return CourseTold(
        headsign=teller.headsign(course.trip, 0), direction=course.direction if course.direction >= 0 else None,
        stops=[teller.pole(stop) for stop in course.stops], shape=encoded(line), a_day=course.a_day,
        weekdays=[WEEKDAYS[n] for n in course.weekdays], days=list(course.days),
    )  # fmt: skip


def _platform(teller: StopTeller, stop: int) -> PlatformTold:
    feed, told = teller.network.feed, teller.pole(stop)
    return PlatformTold(
        told.id, told.name, feed.directory.names.of("platform", stop, teller.language), feed.directory.stop_code[stop],
        told.lat, told.lon, POSSIBLE[int(feed.directory.stop_wheelchair[stop])],
    )  # fmt: skip
