"""A journey in the reader's words: names in their language, instants in place of seconds, lines for the map."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from mobility.engine.journeys import Leg, Plan, Spot
from mobility.engine.journeys.kinds import kind_of
from mobility.engine.journeys.lines import encoded, ride_line
from mobility.engine.network import Network
from mobility.engine.streets import Gap, Profile, Way
from mobility.selectors.journeys.asking import instant_of
from mobility.selectors.journeys.fares import FareOf
from mobility.selectors.journeys.words import Call, Here, Journey, LegTold, Line, Trip, WalkStep

READING = "ja-Hrkt"
POSSIBLE: Sequence[Literal["unknown", "possible", "not_possible"]] = ("unknown", "possible", "not_possible")


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
    names: dict[Spot, str] = field(default_factory=dict)
    _ways: dict[tuple[Spot, Spot], Way | Gap] = field(default_factory=dict)

    def journey(self, plan: Plan, best: Sequence[Any] = ()) -> Journey:
        """Return a journey."""
        legs = [self._leg(leg) for leg in plan.legs]
        walks = [leg for leg in legs if leg.way == "walk"]
        return Journey(
            id=_id_of(plan, self.network, self.day), leaves_at=legs[0].leaves_at, arrives_at=legs[-1].arrives_at,
            minutes=_minutes(plan.arrive_at - plan.leave_at), changes=plan.changes, walk_minutes=_minutes(plan.walk_s),
            walk_metres=sum(leg.metres for leg in walks), risk_m=plan.risk_m,
            is_live=any(leg.trip is not None and leg.trip.state != "planned" for leg in legs),
            fare=self.fare_of(plan.legs), best=list(best), legs=legs,
        )  # fmt: skip

    def here(self, spot: Spot) -> Here:
        """Return a place; a stop by its name in the reader's language, with its reading where that is Japanese."""
        called = self.names.get(spot, "")
        if spot.stop < 0:
            return Here(called, spot.lat, spot.lon)
        names = self.network.feed.directory.names
        reading = names.of("stop", spot.stop, READING) if self.language.startswith("ja") else ""
        name = names.of("stop", spot.stop, self.language)
        return Here(
            called or name, spot.lat, spot.lon, stop=self.network.feed.stop_id[spot.stop],
            platform=names.of("platform", spot.stop, self.language), reading="" if reading == name else reading,
        )  # fmt: skip

    def line(self, route: int) -> Line:
        """Return a line."""
        directory = self.network.feed.directory
        agency = int(directory.route_agency[route])
        return Line(
            id=self.network.feed.route_id[route], name=directory.route_name(route, self.language),
            long_name=directory.names.of("route_long", route, self.language),
            kind=kind_of(int(self.network.feed.route_kind[route])),  # type: ignore[arg-type]
            color=directory.route_color[route], text_color=directory.route_text_color[route],
            agency=directory.names.of("agency", agency, self.language) if agency >= 0 else "",
            agency_url=directory.agencies[agency].url if agency >= 0 else "",
        )  # fmt: skip

    def trip(self, leg: Leg) -> Trip:
        """Return which vehicle a ride is on."""
        feed, directory = self.network.feed, self.network.feed.directory
        first = int(feed.trip_call[leg.trip])
        return Trip(
            id=feed.trip_id[leg.trip], day=self.day + timedelta(seconds=leg.shift), line=self.line(int(feed.trip_route[leg.trip])),
            headsign=directory.headsign(leg.trip, self.language, first + leg.board), state="planned", delay_s=0,
            wheelchair=POSSIBLE[int(directory.trip_wheelchair[leg.trip])], bicycles=POSSIBLE[int(directory.trip_bikes[leg.trip])],
            stops=leg.alight - leg.board,
        )  # fmt: skip

    def calls(self, leg: Leg) -> list[Call]:
        """Return the stops between boarding and alighting."""
        feed = self.network.feed
        first = int(feed.trip_call[leg.trip])
        found = []
        for call in range(first + leg.board + 1, first + leg.alight):
            arrives, leaves = (instant_of(self.day, int(at[call]) + leg.shift) for at in (feed.arrival, feed.departure))
            stop = int(feed.stop[call])
            spot = Spot(float(feed.stop_lat[stop]), float(feed.stop_lon[stop]), stop)
            found.append(Call(self.here(spot), arrives, leaves, arrives, leaves))
        return found

    def _leg(self, leg: Leg) -> LegTold:
        is_ride = leg.way == "ride"
        way = None if is_ride else self._way(leg)
        points = ride_line(self.network, leg.trip, leg.board, leg.alight) if is_ride else _points(leg, way)
        planned = self._planned(leg)
        return LegTold(
            way=leg.way, start=self.here(leg.start), end=self.here(leg.end), leaves_at=instant_of(self.day, leg.depart_at),
            arrives_at=instant_of(self.day, leg.arrive_at), planned_leaves_at=planned[0], planned_arrives_at=planned[1],
            minutes=_minutes(leg.seconds), metres=leg.metres or (way.metres if way else 0), line=encoded(points),
            is_estimate=way.is_estimate if way else not is_ride, risk_m=leg.risk_m, trip=self.trip(leg) if is_ride else None,
            calls=self.calls(leg) if is_ride else [], steps=_steps(way, self.language), offer=leg.offer,
            fare=leg.price, alerts=[],
        )  # fmt: skip

    def _planned(self, leg: Leg) -> tuple[datetime, datetime]:
        """Return when a leg begins and ends by the timetable."""
        if leg.way != "ride":
            return instant_of(self.day, leg.depart_at), instant_of(self.day, leg.arrive_at)
        first = int(self.network.feed.trip_call[leg.trip])
        leaves = int(self.network.feed.departure[first + leg.board]) + leg.shift
        arrives = int(self.network.feed.arrival[first + leg.alight]) + leg.shift
        return instant_of(self.day, leaves), instant_of(self.day, arrives)

    def _way(self, leg: Leg) -> Way | None:
        """Return the way of whoever goes by themself; None where nobody can tell it."""
        if leg.way != "walk":
            return None
        key = (leg.start, leg.end)
        if key not in self._ways:
            self._ways[key] = self.network.streets.way(leg.start[:2], leg.end[:2], self.profile)
        found = self._ways[key]
        return None if isinstance(found, Gap) else found


def _points(leg: Leg, way: Way | None) -> Sequence[tuple[float, float]]:
    return way.line if way else (leg.start[:2], leg.end[:2])


def _steps(way: Way | None, language: str) -> list[WalkStep]:
    if way is None:
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
    """Return by what a journey is found again: its rides, by trip, day and calls; a way without any by its ends."""
    rides = [
        f"{network.feed.trip_id[leg.trip]}@{day + timedelta(seconds=leg.shift):%Y%m%d}:{leg.board}-{leg.alight}"
        for leg in plan.rides
    ]
    return "~".join(rides) or f"{plan.legs[0].way}@{plan.leave_at}"
