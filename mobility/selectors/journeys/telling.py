"""A journey in the reader's words: names in their language, instants in place of seconds, lines for the map."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np

from mobility.engine.gtfs.directory import READING
from mobility.engine.journeys import Leg, Plan, Spot
from mobility.engine.journeys.kinds import kind_of
from mobility.engine.journeys.lines import encoded, ride_line
from mobility.engine.live import Times
from mobility.engine.network import Network
from mobility.engine.streets import PROFILES, Gap, Profile, Way
from mobility.engine.streets.words import Point
from mobility.engine.timetable.arrays import Array
from mobility.selectors.journeys.asking import instant_of, instants_of
from mobility.selectors.journeys.closures import Closures
from mobility.selectors.journeys.fares import FareOf
from mobility.selectors.journeys.notices import Notices
from mobility.selectors.journeys.words import CallTold, Here, Journey, LegTold, TransitLine, TripTold, WalkStep
from mobility.selectors.live.alerts import Subject

NO_LINE = TransitLine("", "", "", "other", "", "", "", "")
POSSIBLE: Sequence[Literal["unknown", "possible", "not_possible"]] = ("unknown", "possible", "not_possible")


class _Run(NamedTuple):
    """How the trip of a ride runs on its service day, and by the timetable; ``has_same_calls`` where both call alike."""

    day: date
    times: Times
    planned: Times | None
    has_same_calls: bool


def line_told(network: Network, route: int, language: str) -> TransitLine:
    """Return a line in a language; one that nobody knows (-1) is blank."""
    if route < 0:
        return NO_LINE
    key = ("line", route, language)
    if key not in network.remembered:
        network.remembered[key] = _line(network, route, language)
    told: TransitLine = network.remembered[key]
    return told


def stop_told(network: Network, stop: int, language: str) -> Here:
    """Return a stop by its name in a language, with its reading where that is Japanese and another."""
    key = ("stop", stop, language)
    if key not in network.remembered:
        network.remembered[key] = _stop(network, stop, language)
    told: Here = network.remembered[key]
    return told


def _stop(network: Network, stop: int, language: str) -> Here:
    feed, names = network.feed, network.feed.directory.names
    name, reading = names.of("stop", stop, language), names.of("stop", stop, READING)
    return Here(
        name, float(feed.stop_lat[stop]), float(feed.stop_lon[stop]), stop=feed.stop_id[stop],
        platform=names.of("platform", stop, language),
        reading=reading if language.startswith("ja") and reading != name else "",
    )  # fmt: skip


def _line(network: Network, route: int, language: str) -> TransitLine:
    directory = network.feed.directory
    agency = int(directory.route_agency[route])
    return TransitLine(
        id=network.feed.route_id[route], name=directory.route_name(route, language),
        long_name=directory.names.of("route_long", route, language),
        kind=kind_of(int(network.feed.route_kind[route])),  # type: ignore[arg-type]
        color=directory.route_color[route], text_color=directory.route_text_color[route],
        agency=directory.names.of("agency", agency, language) if agency >= 0 else "",
        agency_url=directory.agencies[agency].url if agency >= 0 else "",
    )  # fmt: skip


@dataclass
class Teller:
    """Tells journeys of one answer; ways on foot that several share are sought once.

    ``names`` are what the reader called the two ends; ``profile`` is how they walk.
    """

    network: Network
    day: date
    language: str
    profile: Profile
    fare_of: FareOf
    alerts: Notices | None = None
    names: dict[Spot, str] = field(default_factory=dict)
    closures: Closures | None = None
    _ways: dict[tuple[Spot, Spot, str], Way | Gap] = field(default_factory=dict)
    _runs: dict[tuple[int, int], _Run] = field(default_factory=dict)

    def journey(self, plan: Plan, best: Sequence[Any] = ()) -> Journey:
        """Return a journey."""
        legs = [self._leg(leg) for leg in plan.legs]
        walks = [leg for leg in legs if leg.way == "walk"]
        return Journey(
            id=_id_of(plan, self.network, self.day), leaves_at=legs[0].leaves_at, arrives_at=legs[-1].arrives_at,
            minutes=plan.arrive_at // 60 - plan.leave_at // 60, changes=plan.changes, walk_minutes=_minutes(plan.walk_s),
            walk_metres=sum(leg.metres for leg in walks), risk_m=plan.risk_m,
            is_live=any(leg.trip is not None and leg.trip.state != "planned" for leg in legs),
            fare=self.fare_of(plan.legs), best=list(best), legs=legs,
        )  # fmt: skip

    def here(self, spot: Spot) -> Here:
        """Return a place; a stop by its name in the reader's language, with its reading where that is Japanese."""
        called = self.names.get(spot, "")
        if spot.stop < 0:
            return Here(called, spot.lat, spot.lon)
        told = stop_told(self.network, spot.stop, self.language)
        return msgspec.structs.replace(told, name=called) if called else told

    def trip(self, leg: Leg) -> TripTold:
        """Return which vehicle a ride is on, and how it runs."""
        run = self._run(leg)
        day, times, planned = run.day, run.times, run.planned
        directory, route = self.network.feed.directory, self.network.route_of(leg.trip, day)
        is_told = bool(len(times.stop)) and bool(times.is_told.any())
        told: dict[str, Any] = {"headsign": "", "wheelchair": "unknown", "bicycles": "unknown"}
        if planned is not None:
            call = int(self.network.feed.trip_call[leg.trip]) + leg.board
            told = {
                "headsign": directory.headsign(leg.trip, self.language, call),
                "wheelchair": POSSIBLE[int(directory.trip_wheelchair[leg.trip])],
                "bicycles": POSSIBLE[int(directory.trip_bikes[leg.trip])],
            }
        return TripTold(
            id=self.network.trip_name(leg.trip), day=day, line=line_told(self.network, route, self.language),
            state="cancelled" if not len(times.stop) else "live" if is_told else "planned",
            delay_s=_delay(run, leg.board), stops=leg.alight - leg.board, **told,
        )  # fmt: skip

    def calls(self, leg: Leg, *, with_ends: bool = False) -> list[CallTold]:
        """Return the stops between boarding and alighting, or those two as well."""
        run = self._run(leg)
        times, planned = run.times, run.planned
        if not len(times.stop) and planned is not None:
            times = planned
        same = planned if planned is not None and (run.has_same_calls or times is planned) else times
        inner = 0 if with_ends else 1
        part = slice(leg.board + inner, leg.alight + 1 - inner)
        arrives, leaves = (instants_of(run.day, each[part].tolist()) for each in (times.arrival, times.departure))
        planned_arrives, planned_leaves = arrives, leaves
        if same is not times:
            planned_arrives = instants_of(run.day, same.arrival[part].tolist())
            planned_leaves = instants_of(run.day, same.departure[part].tolist())
        columns = zip(
            times.stop[part].tolist(), arrives, leaves, planned_arrives, planned_leaves, times.leave[part].tolist(),
            strict=True,
        )  # fmt: skip
        return [
            CallTold(
                stop_told(self.network, stop, self.language),
                comes,
                goes,
                planned_comes,
                planned_goes,
                is_skipped=not leave,
            )
            for stop, comes, goes, planned_comes, planned_goes, leave in columns
        ]

    def _run(self, leg: Leg) -> _Run:
        """Return how the trip of a ride runs; several journeys of an answer may be on it."""
        key = (leg.trip, leg.shift)
        if key not in self._runs:
            day = self._day_of(leg)
            planned = self.network.planned(leg.trip)
            times = self.network.times(leg.trip, day)
            if planned is not None and (self.network.live is None or self.network.live.row(leg.trip, day) is None):
                times = planned
            has_same_calls = times is planned or (planned is not None and np.array_equal(planned.stop, times.stop))
            self._runs[key] = _Run(day, times, planned, has_same_calls)
        return self._runs[key]

    def _day_of(self, leg: Leg) -> date:
        return self.day + timedelta(seconds=leg.shift)

    def _leg(self, leg: Leg) -> LegTold:
        is_ride = leg.way == "ride"
        way = None if is_ride else self._way(leg)
        points: Array | Sequence[Point] = _points(leg, way)
        if is_ride:
            points = ride_line(self.network, leg.trip, self._day_of(leg), leg.board, leg.alight)
        planned = self._planned(leg)
        return LegTold(
            way=leg.way, start=self.here(leg.start), end=self.here(leg.end), leaves_at=instant_of(self.day, leg.depart_at),
            arrives_at=instant_of(self.day, leg.arrive_at), planned_leaves_at=planned[0], planned_arrives_at=planned[1],
            minutes=_minutes(leg.seconds), metres=leg.metres or (way.metres if way else 0), line=encoded(points),
            is_estimate=way.is_estimate if way else not is_ride, risk_m=leg.risk_m, trip=self.trip(leg) if is_ride else None,
            calls=self.calls(leg) if is_ride else [], steps=_steps(leg, way, self.language), offer=leg.offer,
            fare=leg.price, alerts=self._alerts(leg), is_seated=leg.is_seated,
            closures=self.closures.about(leg, way, self._pace(leg)) if self.closures is not None and not is_ride else [],
        )  # fmt: skip

    def _alerts(self, leg: Leg) -> list[int]:
        """Return the notices about a ride, numbered as in the answer."""
        if self.alerts is None or leg.way != "ride" or not self.alerts.standing:
            return []
        feed, day = self.network.feed, self._day_of(leg)
        route = self.network.route_of(leg.trip, day)
        calls = self.network.stops(leg.trip, day)[leg.board : leg.alight + 1].tolist()
        stops = {feed.stop_id[stop] for stop in calls} | {feed.stop_id[self.network.station_of(stop)] for stop in calls}
        known = route >= 0
        agency = int(feed.directory.route_agency[route]) if known else -1
        return self.alerts.about(
            Subject(
                route=feed.route_id[route] if known else "", route_type=int(feed.route_kind[route]) if known else -1,
                agency=feed.directory.agencies[agency].id if agency >= 0 else "", stops=stops,
                trip=self.network.trip_name(leg.trip), day=day,
            )
        )  # fmt: skip

    def _planned(self, leg: Leg) -> tuple[datetime, datetime]:
        """Return when a leg begins and ends by the timetable; as it runs where its calls are others than planned."""
        run = self._run(leg) if leg.way == "ride" else None
        if run is not None and run.planned is not None and run.has_same_calls:
            leaves, arrives = int(run.planned.departure[leg.board]), int(run.planned.arrival[leg.alight])
            return instant_of(run.day, leaves), instant_of(run.day, arrives)
        return instant_of(self.day, leg.depart_at), instant_of(self.day, leg.arrive_at)

    def _pace(self, leg: Leg) -> Profile:
        """Return how one goes on a leg without a timetable."""
        return {"bicycle": PROFILES["bicycle"], "taxi": PROFILES["car"]}.get(leg.way, self.profile)

    def _way(self, leg: Leg) -> Way | None:
        """Return the way of a leg without a timetable; None where nobody can tell it."""
        key = (leg.start, leg.end, leg.way)
        if key not in self._ways:
            if leg.start.stop >= 0 and leg.end.stop >= 0:
                self._ways[key] = self.network.way_between(leg.start.stop, leg.end.stop, self._pace(leg))
            else:
                self._ways[key] = self.network.streets.way(leg.start[:2], leg.end[:2], self._pace(leg))
        found = self._ways[key]
        return None if isinstance(found, Gap) else found


def _delay(run: _Run, call: int) -> int:
    """Return how late a vehicle leaves a call, in seconds; 0 where nobody tells, or where it calls elsewhere than planned."""
    if run.planned is None or not run.has_same_calls:
        return 0
    return int(run.times.departure[call] - run.planned.departure[call])


def _points(leg: Leg, way: Way | None) -> Sequence[Point]:
    return way.line if way else (leg.start[:2], leg.end[:2])


def _steps(leg: Leg, way: Way | None, language: str) -> list[WalkStep]:
    """Return a way street by street; who is driven need not know."""
    if way is None or leg.way == "taxi":
        return []
    return [
        WalkStep(
            step.kind,
            step.name_en if step.name_en and not language.startswith("ja") else step.name,
            step.metres,
            step.seconds,
            step.turn_degrees,
        )
        for step in way.steps
    ]


def _minutes(seconds: int) -> int:
    """Return minutes, a begun one counted whole."""
    return -(-seconds // 60)


def _id_of(plan: Plan, network: Network, day: date) -> str:
    """Return by what a journey is found again: its rides, by trip, day and calls, and what else it goes by, else its second."""
    parts = [
        f"{network.trip_name(leg.trip)}@{day + timedelta(seconds=leg.shift):%Y%m%d}:{leg.board}-{leg.alight}"
        if leg.way == "ride"
        else leg.way
        for leg in plan.legs
        if leg.way != "walk"
    ]
    return "~".join(parts) if plan.rides else f"{'~'.join(parts) or 'walk'}@{plan.leave_at}"
